import assert from 'node:assert/strict';
import fc from 'fast-check';
import { detect, presentKeys } from '../../../companion/loops/detect.ts';
import { Closeness, diverse, todoScore } from '../../../companion/loops/rank.ts';
import { branch, DAY, NOW, scan, todo, uncommitted } from './scan-fixture.ts';

const options = { limit: 20, todoTouchedDays: 90 };
const titles = (change: Parameters<typeof scan>[0], limit = 20) =>
  detect(scan(change), NOW, { ...options, limit }).map((p) => p.title);

describe('detect', () => {
  it('nothing open, no proposals', () => assert.deepEqual(titles({}), []));

  it('work on a branch is one thread with what is not committed on it', () => {
    const found = detect(
      scan({
        branch: 'fix/clock',
        branches: [
          branch('main'),
          branch('fix/clock', { current: true, unpushed: 2, unpushedSince: NOW - DAY }),
        ],
        uncommitted: uncommitted(['scheduler.ts', 'clock.test.ts']),
      }),
      NOW,
      options,
    );
    assert.equal(found.length, 1);
    assert.deepEqual(
      [found[0]?.title, found[0]?.facts.uncommittedFiles, found[0]?.facts.unpushed, found[0]?.facts.current],
      ['fix/clock', 2, 2, true],
    );
    assert.deepEqual(found[0]?.evidence.slice(2), [
      { file: 'scheduler.ts', line: 7 },
      { file: 'clock.test.ts', line: 7 },
    ]);
  });

  it('uncommitted work on the default branch is a thread of its own, also when detached', () => {
    assert.deepEqual(titles({ uncommitted: uncommitted(['a.ts']) }), ['Uncommitted work on main']);
    assert.deepEqual(
      titles({ branch: null, branches: [branch('main')], uncommitted: uncommitted(['a.ts']) }),
      ['Uncommitted work on a detached HEAD'],
    );
  });

  it('commits that wait on the default branch to be pushed are a thread', () => {
    assert.deepEqual(
      titles({ hasRemote: true, branches: [branch('main', { current: true, ahead: 0, unpushed: 3 })] }),
      ['Unpushed commits on main'],
    );
  });

  it('branches of others and merged ones are none', () => {
    assert.deepEqual(
      titles({
        branches: [
          branch('main', { current: true }),
          branch('theirs', { own: false }),
          branch('merged', { ahead: 0 }),
          branch('mine'),
        ],
      }),
      ['mine'],
    );
  });

  it('the nearer the touch, the higher the rank; the current branch above all', () => {
    const branches = [
      branch('old', { touchedAt: NOW - 60 * DAY }),
      branch('fresh', { touchedAt: NOW - DAY }),
      branch('here', { current: true, touchedAt: NOW - 90 * DAY }),
    ];
    assert.deepEqual(titles({ branch: 'here', branches }), ['here', 'fresh', 'old']);
  });

  it('a note counts when it is the user’s, or its file still lives', () => {
    const todos = [
      todo('a.ts', 1, 'handle CRLF in the reader'),
      todo('b.ts', 1, 'somebody else wrote this one', { own: false, fileTouchedAt: NOW - 10 * DAY }),
      todo('c.ts', 1, 'somebody else, and forgotten', { own: false, fileTouchedAt: NOW - 200 * DAY }),
    ];
    assert.deepEqual(titles({ todos }), [
      'TODO a.ts:1 handle CRLF in the reader',
      'TODO b.ts:1 somebody else wrote this one',
    ]);
  });

  it('a repository that slept for years is judged as of its last day', () => {
    const slept = NOW - 700 * DAY;
    const last = { commit: 'c'.repeat(40), subject: 's', author: 'Ana', own: false, at: slept, places: [] };
    assert.equal(
      titles({
        last,
        recent: [last],
        todos: [
          todo('a.ts', 1, 'drop the old parser now', {
            own: false,
            fileTouchedAt: slept - DAY,
            writtenAt: slept - 40 * DAY,
          }),
        ],
      }).length,
      1,
    );
  });

  it('one file full of notes does not push the others out', () => {
    const todos = [
      ...Array.from({ length: 15 }, (_, i) => todo('crowded.ts', i + 1, `note number ${i} of many here`)),
      todo('lonely.ts', 1, 'a note of another file', { changesSince: 1 }),
    ];
    assert.ok(titles({ todos }, 3).some((title) => title.includes('lonely.ts')));
  });

  it('never more than the limit, each key once, ranks in order and within 0-1', () => {
    const anyTodo = fc.record({
      file: fc.constantFrom('a.ts', 'b/c.ts', 'test/x.ts'),
      line: fc.integer({ min: 1, max: 99 }),
      text: fc.string(),
      own: fc.boolean(),
      age: fc.integer({ min: -5, max: 3000 }),
      churn: fc.nat(500),
    });
    const anyBranch = fc.record({
      name: fc.string({ minLength: 1 }),
      own: fc.boolean(),
      current: fc.boolean(),
      age: fc.integer({ min: -5, max: 3000 }),
      ahead: fc.option(fc.nat(50)),
    });
    fc.assert(
      fc.property(
        fc.array(anyTodo, { maxLength: 60 }),
        fc.uniqueArray(anyBranch, { maxLength: 40, selector: (b) => b.name }),
        fc.nat(30),
        (todos, branches, limit) => {
          const found = detect(
            scan({
              todos: todos.map((t) =>
                todo(t.file, t.line, t.text, {
                  own: t.own,
                  writtenAt: NOW - t.age * DAY,
                  changesSince: t.churn,
                }),
              ),
              branches: branches.map((b) =>
                branch(b.name, {
                  own: b.own,
                  current: b.current,
                  touchedAt: NOW - b.age * DAY,
                  ahead: b.ahead,
                }),
              ),
            }),
            NOW,
            { ...options, limit },
          );
          assert.ok(found.length <= limit);
          for (const [i, p] of found.entries()) {
            assert.ok(p.rank >= 0 && p.rank <= 1, `${p.rank}`);
            assert.ok(i === 0 || (found[i - 1]?.rank ?? 0) >= p.rank);
          }
        },
      ),
    );
  });

  it('what is proposed is present', () => {
    const s = scan({
      branches: [branch('main'), branch('x', { current: true })],
      branch: 'x',
      uncommitted: uncommitted(['a']),
      todos: [todo('a.ts', 1, 'b')],
      stashes: [
        { commit: 'd'.repeat(40), name: 'stash@{0}', branch: 'x', message: 'wip', at: NOW, files: 1 },
      ],
    });
    const present = presentKeys(s);
    for (const { key } of detect(s, NOW, options)) assert.ok(present.has(key), key);
  });
});

describe('rank', () => {
  it('churn, age and closeness each raise a note; a marginal place lowers it', () => {
    const base = todo('src/a.ts', 1, 'handle CRLF in the reader');
    const score = (change = {}, closeness = 0.5) => todoScore({ ...base, ...change }, closeness, NOW);
    assert.ok(score({ changesSince: 30 }) > score({ changesSince: 1 }));
    assert.ok(score({ writtenAt: NOW - 90 * DAY }) > score({ writtenAt: NOW - DAY }));
    assert.ok(score({ writtenAt: NOW - 90 * DAY }) > score({ writtenAt: NOW - 2000 * DAY }));
    assert.ok(score({}, 0.9) > score({}, 0.1));
    assert.ok(score({ file: 'test/a.ts' }) < score());
    assert.ok(score({ text: 'x' }) < score());
  });

  it('closeness spreads to the folders around, and fades', () => {
    const closeness = new Closeness();
    closeness.touch('src/deep/a.ts', 0.9);
    const [same, sibling, cousin, stranger] = ['src/deep/a.ts', 'src/deep/b.ts', 'src/c.ts', 'lib/d.ts'].map(
      (file) => closeness.of(file),
    ) as [number, number, number, number];
    assert.ok(
      same > sibling && sibling > cousin && cousin > stranger && stranger >= 0,
      `${[same, sibling, cousin, stranger]}`,
    );
  });

  it('diversity keeps the order and loses nobody', () => {
    assert.deepEqual(
      diverse(['a1', 'a2', 'b1', 'a3'], 4, 1, (item) => item[0] as string),
      ['a1', 'b1', 'a2', 'a3'],
    );
  });
});
