import assert from 'node:assert/strict';
import { reasonsOf, step } from '../../../companion/drift/index.ts';
import { seededRandom } from '../../../companion/kernel/index.ts';
import type { WorkEvent } from '../../../companion/timeline/index.ts';
import {
  BRANCH,
  commit,
  context,
  DAY,
  edit,
  edits,
  HOUR,
  inside,
  loop,
  MINUTE,
  MONDAY,
  OUTSIDE,
  outside,
  play,
  taught,
} from './support.ts';

const LATER = MONDAY + 4 * HOUR;
const creep = (from: number, n = 12) =>
  edits(
    from,
    Array.from({ length: n }, (_, i) => outside(i)),
  );

describe('drift/fold', () => {
  it('learns the scope at the start and freezes it', () => {
    const { thread } = play(taught());
    assert.deepEqual(thread.scope?.folders.toSorted(), ['src/parser'], 'one file is no folder of its own');
    assert.ok(thread.scope?.words.includes('parser'));
    const later = play([...taught(), ...creep(LATER), ...creep(LATER + HOUR)]).thread;
    assert.deepEqual(later.scope, thread.scope);
    assert.equal(later.since, thread.since);
  });

  it('work within the scope is stable, whatever of the scope it touches', () => {
    const files = [
      'src/parser/new.ts',
      'src/parser/deep/er.ts',
      'docs/parser.md',
      'lib/parsers/x.py',
      'README.md',
    ];
    const { thread, alerts } = play([...taught(), ...edits(LATER, files)]);
    assert.equal(thread.rating, 0);
    assert.deepEqual(alerts, []);
    assert.match(reasonsOf(thread, thread.parts, LATER)[0]!, /^The work keeps to src\/parser$/);
  });

  it('[C6] two windows in a row alert once; the reasons name files and scope', () => {
    const work = [...taught(), ...creep(LATER), ...creep(LATER + HOUR), ...creep(LATER + 2 * HOUR)];
    const { thread, alerts } = play(work);
    assert.equal(alerts.length, 1);
    assert.ok(alerts[0]! >= LATER + HOUR && alerts[0]! < LATER + 2 * HOUR);
    const reasons = reasonsOf(thread, thread.parts, thread.ratedAt);
    assert.ok(reasons.includes('4 of 4 edited files lie outside of src/parser'), reasons.join(' · '));
    assert.match(reasons.at(-1)!, /^No vote of masks on it/);
  });

  it('one window alone alerts nobody, nor do two with calm work between them', () => {
    const calm = edits(
      LATER + HOUR,
      Array.from({ length: 12 }, (_, i) => inside(i)),
    );
    assert.deepEqual(play([...taught(), ...creep(LATER)]).alerts, []);
    assert.deepEqual(play([...taught(), ...creep(LATER), ...calm, ...creep(LATER + 2 * HOUR)]).alerts, []);
  });

  it('after work that was back for a while a new creep is a new alert', () => {
    const calm = (hour: number) =>
      edits(
        LATER + hour * HOUR,
        Array.from({ length: 18 }, (_, i) => inside(i)),
      );
    const back = [3, 26, 27, 28, 29].flatMap(calm);
    const again = [...creep(LATER + 50 * HOUR), ...creep(LATER + 51 * HOUR)];
    const { alerts } = play([...taught(), ...creep(LATER), ...creep(LATER + HOUR), ...back, ...again]);
    assert.equal(alerts.length, 2);
  });

  it('no loop is active, or the work is on a branch without one: nothing is rated', () => {
    const work = [...taught().slice(1), ...creep(LATER), ...creep(LATER + HOUR)];
    for (const events of [work, [loop(MONDAY, 'dropped'), ...work], [loop(MONDAY, 'deferred'), ...work]]) {
      const { thread, alerts } = play(events);
      assert.deepEqual(alerts, []);
      assert.ok(!thread.active);
    }
    const onMain = [...taught(), ...creep(LATER), ...creep(LATER + HOUR)].map(
      (event): WorkEvent =>
        event.kind === 'edit' && event.at >= LATER ? { ...event, branch: 'main' } : event,
    );
    const { thread, alerts } = play(onMain);
    assert.deepEqual([alerts, thread.rating], [[], 0]);
  });

  it('a commit of work that nobody saw counts, also with what programs made in it', () => {
    const files = Array.from({ length: 8 }, (_, i) => `src/area-${i}/x.ts`);
    const made = ['package-lock.json', 'yarn.lock', 'dist/a.js'];
    const { thread } = play([...taught(), commit(LATER, [...made, ...files])]);
    assert.equal(
      thread.windows.reduce((sum, { out }) => sum + out, 0),
      8,
    );
  });

  it("formatters, checkouts, pulls and generated files are nobody's edits", () => {
    const files = Array.from({ length: 60 }, (_, i) => `src/area-${i}/x.ts`);
    const storm = (at: number) => files.map((file, i) => edit(at + i * 20, file));
    const checkout: WorkEvent[] = [
      { at: LATER + 2 * HOUR, workspace: 'ws', kind: 'branch', branch: BRANCH },
      ...OUTSIDE.map((file, i) => edit(LATER + 2 * HOUR + 100 * i, file)),
    ];
    const made = edits(LATER + 3 * HOUR, [
      'package-lock.json',
      'dist/a.js',
      'x/__snapshots__/a.snap',
      'yarn.lock',
    ]);
    const others = commit(LATER + 4 * HOUR, OUTSIDE, false);
    const formatted = commit(LATER + 4 * HOUR + 1, files);
    const { thread } = play([
      ...taught(),
      ...storm(LATER),
      ...storm(LATER + HOUR),
      ...checkout,
      ...made,
      others,
      formatted,
    ]);
    assert.equal(thread.rating, 0);
    assert.deepEqual(
      thread.windows.reduce((sum, { out }) => sum + out, 0),
      0,
    );
  });

  it('a commit of what nobody saw being edited counts as work, and only once', () => {
    const { thread } = play([...taught(), commit(LATER, OUTSIDE)]);
    assert.deepEqual([thread.windows.at(-1)?.n, thread.windows.at(-1)?.out], [4, 4]);
    const seen = play([...taught(), ...edits(LATER, OUTSIDE), commit(LATER + 20 * MINUTE, OUTSIDE)]).thread;
    assert.equal(seen.windows.at(-1)?.n, 4);
  });

  it('a blessing rebases: what it is now is what it is to be', () => {
    const drifted = [...taught(), ...creep(LATER), ...creep(LATER + HOUR)];
    const blessed = LATER + 3 * HOUR;
    const relearned = Array.from({ length: 30 }, (_, i) => edit(blessed + DAY + i * 3 * MINUTE, outside(i)));
    const { thread, alerts } = play([
      ...drifted,
      loop(blessed, 'blessed'),
      loop(blessed + DAY - 1, 'open'),
      ...relearned,
    ]);
    assert.equal(thread.since, blessed);
    assert.equal(alerts.length, 1);
    assert.equal(thread.rating, 0);
    assert.deepEqual(
      play([...drifted, loop(blessed, 'stale')]).thread.since,
      thread.since === blessed ? MONDAY : 0,
    );
  });

  it('age: a loop that nobody works on drifts slowly, and is never alerted of for that alone', () => {
    const days = Array.from({ length: 20 }, (_, i) => loop(MONDAY + (i + 1) * DAY, i > 6 ? 'stale' : 'open'));
    const { thread, alerts } = play([...taught(), ...edits(LATER, [inside(0)]), ...days]);
    assert.equal(thread.parts.age, 1);
    assert.ok(thread.rating > 0 && thread.rating < 0.25, `${thread.rating}`);
    assert.deepEqual(alerts, []);
    assert.match(reasonsOf(thread, thread.parts, thread.ratedAt)[0]!, /^Nobody worked on it for 20 days$/);
  });

  it('masks that disagree raise it, masks that agree lower it, and that nobody voted is said', () => {
    const work = [...taught(), ...creep(LATER), edit(LATER + 40 * MINUTE, outside(0))];
    const [none, agreed, split] = [null, 0, 1].map((conflict) => play(work, context(conflict)).thread.rating);
    assert.ok(agreed! < none! && none! < split!, `${agreed} ${none} ${split}`);
  });

  it('[C6] harmony never raises drift: an edit within the scope, whatever came before it', () => {
    for (let seed = 0; seed < 150; seed++) {
      const random = seededRandom(seed);
      let at = LATER;
      const events: WorkEvent[] = [...taught()];
      for (let i = 0; i < 40; i++) {
        at += random.next() < 0.1 ? HOUR * (1 + 20 * random.next()) : MINUTE * (1 + 8 * random.next());
        const file =
          random.next() < 0.5
            ? outside(Math.floor(4 * random.next()))
            : inside(Math.floor(3 * random.next()));
        events.push(edit(Math.round(at), file));
      }
      const conflict = seed % 3 === 0 ? random.next() : null;
      const before = play(events, context(conflict));
      let { threads } = before;
      let rating = before.thread.rating;
      for (let i = 0; i < 10; i++) {
        at += MINUTE * (1 + 70 * random.next());
        // Whatever the masks have come to say meanwhile.
        const by = context(seed % 2 === 0 ? conflict : random.next());
        const next = play([edit(Math.round(at), inside(i))], by, threads);
        assert.ok(next.thread.rating <= rating, `seed ${seed}: ${rating} -> ${next.thread.rating}`);
        assert.deepEqual(next.alerts, [], `seed ${seed}: an alert by harmony`);
        ({ threads } = next);
        rating = next.thread.rating;
      }
    }
  });

  it('[C6] agreement never raises drift', () => {
    for (let seed = 0; seed < 60; seed++) {
      const random = seededRandom(seed);
      const files = Array.from({ length: 12 }, () => (random.next() < 0.6 ? outside(seed) : inside(seed)));
      const work = [...taught(), ...edits(LATER, files)];
      const conflict = random.next();
      const more = play(work, context(conflict)).thread.rating;
      assert.ok(play(work, context(conflict * random.next())).thread.rating <= more);
    }
  });

  it('is the same in one go and interrupted at any event, through JSON', () => {
    const events = [...taught(), ...creep(LATER), ...creep(LATER + HOUR), commit(LATER + 2 * HOUR, OUTSIDE)];
    const whole = play(events);
    for (let cut = 1; cut < events.length; cut += 3) {
      let threads: Map<string, (typeof whole)['thread']> = new Map();
      const alerts: number[] = [];
      for (const part of [events.slice(0, cut), events.slice(cut)]) {
        const played = playPart(part, threads);
        alerts.push(...played.alerts);
        threads = new Map(JSON.parse(JSON.stringify([...played.threads])));
      }
      assert.deepEqual(play([], context(), threads).threads, playPart(events, new Map()).threads);
      assert.deepEqual(alerts, playPart(events, new Map()).alerts);
    }
  });
});

/** As `play`, without the end. */
function playPart(events: readonly WorkEvent[], from: ReturnType<typeof play>['threads']) {
  let threads = from;
  const alerts: number[] = [];
  for (const event of events) {
    const next = step(threads, event, context());
    threads = next.threads;
    alerts.push(...next.alerts.map(({ ratedAt }) => ratedAt));
  }
  return { threads, alerts };
}
