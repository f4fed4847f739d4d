import assert from 'node:assert/strict';
import { explain, patternFold } from '../../../companion/patterns/index.ts';
import { commits, context, DAY, edit, event, HOUR, MINUTE, MONDAY, run, test, told } from './streams.ts';

const kinds = (step: ReturnType<typeof run>) => step.found.map(({ kind }) => kind);
const sentence = (step: ReturnType<typeof run>, now: number) =>
  explain(step.found[0]!, MONDAY + now * MINUTE, context.local);
/** A quiet fortnight before: four files an hour, two commits a day. */
const fortnight = Array.from({ length: 14 }, (_, day) => {
  const morning = (day - 14) * 24 * 60;
  return [
    ...[0, 1, 2, 3].flatMap((hour) =>
      [0, 1, 2, 3].map((i) => edit(morning + hour * 60 + i * 14, `src/${hour}${i}.ts`)),
    ),
    ...commits(morning + 30, 2, 90),
  ];
}).flat();

describe('patterns/fold', () => {
  describe('workload_spike', () => {
    it('is more than ten files in an hour, told with what is usual, and ends when the hour is calm again', () => {
      const many = Array.from({ length: 12 }, (_, i) => edit(i * 4, `lib/${i}.ts`));
      const step = run([...fortnight, ...many], 180);
      assert.deepEqual(told(step), ['workload_spike ws_test 44']);
      assert.match(sentence(step, 45), /^11 files edited since 09:00; a usual hour of yours has 4\.$/);
      assert.equal(step.resolved.length, 1);
    });

    it('is not what a program does at once, nor what this user does every hour', () => {
      const formatter = Array.from({ length: 40 }, (_, i) => edit(10 + i / 1000, `lib/${i}.ts`));
      assert.deepEqual(kinds(run([...fortnight, ...formatter], 60)), []);
      const busy = Array.from({ length: 10 }, (_, day) =>
        Array.from({ length: 12 }, (_, i) => edit((day - 10) * 24 * 60 + i * 4, `lib/${day}-${i}.ts`)),
      ).flat();
      const last = run([...busy, ...Array.from({ length: 14 }, (_, i) => edit(i * 4, `now/${i}.ts`))], 60);
      assert.ok(!last.found.some(({ at }) => at >= MONDAY));
    });

    it('is more commits than two weeks of days explain', () => {
      const step = run([...fortnight, ...commits(60, 12, 4)], 300);
      assert.deepEqual(kinds(step), ['workload_spike']);
      assert.match(sentence(step, 120), /commits since 10:00; your usual is \d\.$/);
      assert.deepEqual(kinds(run(commits(0, 30, 5), 300)), [], 'without a history nothing is usual');
    });
  });

  describe('stuck', () => {
    const working = (from: number, to: number) =>
      Array.from({ length: Math.floor((to - from) / 5) }, (_, i) => edit(from + i * 5, 'src/api.ts'));

    it('is a test that stays red for half an hour of work, until it is green', () => {
      const runs = [
        test(0, 'api', false),
        test(14, 'api', false),
        test(36, 'api', false),
        test(55, 'api', true),
      ];
      const step = run([...runs, ...working(0, 60)], 60);
      assert.deepEqual(told(step), ['stuck api 35']);
      assert.deepEqual(
        step.resolved.map(({ subject }) => subject),
        ['api'],
      );
      assert.deepEqual(step.recovered, ['ws_test']);
      assert.equal(sentence(step, 50), 'Test api has failed 2 times since 09:00.');
    });

    it('is not a test that is green in between, one that failed before lunch, or two tests in turn', () => {
      const green = [0, 15, 30, 45].flatMap((at) => [test(at, 'api', false), test(at + 6, 'api', true)]);
      assert.deepEqual(kinds(run([...green, ...working(0, 60)])), []);
      assert.deepEqual(kinds(run([test(0, 'api', false), test(90, 'api', false)], 100)), []);
      const turns = [test(0, 'a', false), test(20, 'a', true), test(20, 'b', false), test(45, 'b', false)];
      assert.deepEqual(kinds(run([...turns, ...working(0, 46)])), []);
    });

    it('is errors that stand while a file is worked on, above the level at which the workspace rests', () => {
      const rise = [event(0, 'errors', { count: 0 }), event(5, 'errors', { count: 3 })];
      const step = run([...rise, ...working(5, 60), event(70, 'errors', { count: 0 })], 80);
      assert.deepEqual(kinds(step), ['stuck']);
      assert.match(sentence(step, 60), /^3 errors stood through \d edits of api\.ts since 09:05\.$/);
      assert.equal(step.resolved.length, 1);
      const always = [
        event(0, 'errors', { count: 3 }),
        event(6, 'errors', { count: 4 }),
        event(9, 'errors', { count: 3 }),
      ];
      assert.deepEqual(kinds(run([...always, ...working(0, 90)])), []);
    });

    it('is a file that goes back to earlier sizes again and again', () => {
      const sizes = [100, 140, 100, 150, 100, 160, 100];
      const step = run(sizes.map((size, i) => edit(i * 4, 'src/lexer.ts', size)));
      assert.deepEqual(told(step), ['stuck src/lexer.ts 24']);
      assert.equal(sentence(step, 30), 'lexer.ts went back to an earlier state 3 times since 09:08.');
      const growing = [100, 140, 180, 170, 200, 240, 260].map((size, i) => edit(i * 4, 'src/lexer.ts', size));
      assert.deepEqual(kinds(run(growing)), []);
    });
  });

  describe('focus_shift', () => {
    const inFolder = (folder: string, from: number, to: number) =>
      Array.from({ length: Math.floor((to - from) / 2) }, (_, i) =>
        edit(from + i * 2, `${folder}/${i % 3}.ts`),
      );

    it('is a new dominant folder after a quarter of an hour in another', () => {
      const step = run([...inFolder('src/parser', 0, 40), ...inFolder('docs', 40, 70)], 200);
      assert.deepEqual(
        step.found.map(({ kind, subject }) => `${kind} ${subject}`),
        ['focus_shift docs'],
      );
      assert.equal(sentence(step, 60), 'The work moved from src/parser to docs at 09:40.');
      assert.equal(step.resolved.length, 1, 'it ends when the work does');
    });

    it('is not a glance elsewhere, a way back, a test beside its source, or a new start after a break', () => {
      const glance = [
        ...inFolder('src', 0, 40),
        edit(41, 'docs/a.md'),
        edit(42, 'docs/a.md'),
        ...inFolder('src', 44, 70),
      ];
      assert.deepEqual(kinds(run(glance)), []);
      const both = Array.from({ length: 60 }, (_, i) =>
        edit(i, i % 2 ? 'pkg/a/src/x.ts' : 'pkg/a/test/x.ts'),
      );
      assert.deepEqual(kinds(run(both)), []);
      assert.deepEqual(kinds(run([...inFolder('src', 0, 40), ...inFolder('docs', 90, 130)])), []);
      const back = run([...inFolder('src', 0, 40), ...inFolder('docs', 40, 70), ...inFolder('src', 70, 110)]);
      assert.deepEqual(
        back.found.map(({ subject }) => subject),
        ['docs'],
      );
    });
  });

  it('thrash is more than twenty hasty switches in an hour; long stays do not count', () => {
    const hasty = Array.from({ length: 25 }, (_, i) =>
      event(i * 2, 'switch', { file: `src/${i}.ts`, ms: 9000 }),
    );
    const step = run(hasty, 300);
    assert.deepEqual(told(step), ['thrash ws_test 40']);
    assert.equal(sentence(step, 45), '21 switches between files since 09:00, none after more than 9 s.');
    assert.equal(step.resolved.length, 1);
    const calm = Array.from({ length: 40 }, (_, i) =>
      event(i, 'switch', { file: `src/${i}.ts`, ms: 45_000 }),
    );
    assert.deepEqual(kinds(run(calm)), []);
  });

  it('reunion is a sign of the user after two days without one; what others commit is none', () => {
    const foreign = event(40 * 60, 'commit', {
      commit: 'c0ffee11',
      own: false,
      branch: 'main',
      files: [],
      insertions: 0,
      deletions: 0,
    });
    const step = run([edit(0, 'a.ts'), foreign, edit(63 * 60, 'a.ts')], 75 * 60);
    assert.deepEqual(told(step), [`reunion ws_test ${63 * 60}`]);
    assert.equal(sentence(step, 63 * 60), 'Back after 3 days; the last sign of work before was Mon 09:00.');
    assert.equal(step.resolved.length, 1);
    assert.deepEqual(kinds(run([edit(0, 'a.ts'), edit(40 * 60, 'a.ts')])), []);
  });

  it('abandonment is a loop that nobody touched for a week, until it is touched or settled', () => {
    const loop = (minutes: number, status: string, touchedAt: number) =>
      event(minutes, 'loop', { loop: 'loop_1', status, touchedAt: MONDAY + touchedAt });
    const stale = [loop(0, 'open', 0)];
    const step = run([...stale, loop(8 * 24 * 60, 'open', 8 * DAY)], 9 * 24 * 60);
    assert.deepEqual(told(step), [`abandonment loop_1 ${7 * 24 * 60 + 5}`]);
    assert.equal(step.resolved.length, 1);
    assert.deepEqual(kinds(run([loop(0, 'deferred', 0)], 9 * 24 * 60)), []);
  });

  it('work_at_risk is what was uncommitted for a day or unpushed for three, or a full disk at once', () => {
    const risk = (minutes: number, what: 'uncommitted' | 'unpushed' | 'disk', since: number | null) =>
      event(minutes, 'risk', { what, subject: what === 'disk' ? 'disk' : 'loop_1', since });
    const step = run(
      [risk(0, 'uncommitted', MONDAY - 2 * HOUR), risk(30 * 60, 'uncommitted', null)],
      31 * 60,
    );
    assert.deepEqual(told(step), [`work_at_risk loop_1 ${22 * 60}`]);
    assert.equal(sentence(step, 25 * 60), 'Uncommitted for 27 h.');
    assert.equal(step.resolved.length, 1);
    assert.deepEqual(told(run([risk(0, 'disk', MONDAY)])), ['work_at_risk disk 0']);
    assert.deepEqual(told(run([risk(0, 'unpushed', MONDAY)], 71 * 60)), []);
  });

  it('what was dismissed does not come back while it lasts, and may when it begins anew', () => {
    const loop = (minutes: number, touchedAt: number) =>
      event(minutes, 'loop', { loop: 'loop_1', status: 'open', touchedAt: MONDAY + touchedAt });
    const { state, found } = run([loop(0, 0)], 8 * 24 * 60);
    let dismissed = patternFold.dismiss(state, found[0]!);
    const later = patternFold.step(dismissed, 'tick', MONDAY + 20 * DAY, context);
    assert.deepEqual(later.found, []);
    dismissed = patternFold.step(later.state, loop(21 * 24 * 60, 21 * DAY), MONDAY + 21 * DAY, context).state;
    const again = patternFold.step(dismissed, 'tick', MONDAY + 29 * DAY, context);
    assert.equal(again.found.length, 1);
  });
});
