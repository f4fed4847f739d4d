import assert from 'node:assert/strict';
import { clip, count, duration, listing } from '../../../companion/kernel/index.ts';
import { composeBrief } from '../../../companion/loops/brief.ts';
import { nextSteps } from '../../../companion/loops/next-steps.ts';
import { summarise } from '../../../companion/loops/summary.ts';
import type { Loop } from '../../../companion/protocol/index.ts';
import { sampleLoop } from '../../fixtures/samples.ts';
import { branch, DAY, HOUR, NOW, scan, uncommitted } from './scan-fixture.ts';

function loop(change: Partial<Loop>): Loop {
  const branchAt = { branch: 'fix/clock' };
  return sampleLoop({
    anchors: [{ kind: 'branch', ...branchAt }],
    evidence: [branchAt],
    rank: 1,
    createdAt: NOW,
    touchedAt: NOW - 3 * DAY,
    ...change,
  });
}

describe('words', () => {
  const cases: [number, string][] = [
    [0, '1 min'],
    [59 * 60_000, '59 min'],
    [31 * HOUR, '31 h'],
    [47.6 * HOUR, '48 h'],
    [6 * DAY, '6 days'],
    [119 * DAY, '119 days'],
    [200 * DAY, '7 months'],
    [1500 * DAY, '4 years'],
  ];
  for (const [ms, text] of cases) it(`${ms} ms is ${text}`, () => assert.equal(duration(ms), text));
  it('counts, clips and lists', () => {
    assert.equal(count(1, 'file'), '1 file');
    assert.equal(count(0, 'file'), '0 files');
    assert.equal(clip('👩‍💻 emoji', 3), '👩‍…');
    assert.equal(listing(['a'], 2), 'a');
    assert.equal(listing(['a', 'b'], 2), 'a and b');
    assert.equal(listing(['a', 'b', 'c', 'd'], 2), 'a, b and 2 more');
  });
});

describe('summary of a loop', () => {
  const check = (change: Partial<Loop>, expected: string) =>
    it(expected, () => assert.equal(summarise(loop(change), NOW), expected));
  check(
    {
      facts: {
        current: true,
        uncommittedFiles: 2,
        insertions: 14,
        deletions: 3,
        uncommittedSince: NOW - 38 * HOUR,
        unpushed: 1,
        unpushedSince: NOW - 4 * DAY,
      },
    },
    '2 files uncommitted, +14 −3 (38 h), 1 commit not pushed (4 days)',
  );
  check({ facts: { ahead: 5, behind: 2 } }, '5 commits ahead, 2 behind, last touched 3 days ago');
  check({ facts: { current: true } }, 'checked out, nothing on it yet');
  check(
    { facts: { current: true, conflicts: 1, uncommittedFiles: 1 } },
    '1 file in conflict, 1 file uncommitted',
  );
  check(
    { source: 'todo', facts: { writtenAt: NOW - 88 * DAY, author: 'Ana', changesSince: 14 } },
    '88 days old by Ana, file changed 14 times since',
  );
  check({ source: 'todo', facts: { changesSince: 0 } }, 'not committed yet');
  check({ source: 'todo', facts: {} }, 'file changed 3 days ago');
  check(
    { source: 'stash', createdAt: NOW - 2 * DAY, facts: { uncommittedFiles: 3 } },
    '3 files set aside 2 days ago',
  );
  check({ source: 'whisper', createdAt: NOW - HOUR }, 'noted 60 min ago'.replace('60 min', '1 h'));
});

describe('next steps', () => {
  const overlap = {
    commit: 'c0ffee1'.padEnd(40, '0'),
    subject: 's',
    file: 'src/scheduler.ts',
    with: 'fix/clock',
  };
  const moved = {
    commits: 6,
    authors: [
      { author: 'ana', commits: 5 },
      { author: 'bo', commits: 1 },
    ],
    newest: null,
    overlaps: [overlap],
  };
  const check = (name: string, change: Parameters<typeof scan>[0], loops: Loop[], expected: string) =>
    it(name, () => assert.equal(nextSteps(scan(change), loops, 3)[0]?.text, expected));

  check(
    'commit, then rebase',
    { uncommitted: uncommitted(['src/scheduler.ts', 'clock.test.ts']), moved },
    [loop({ facts: { uncommittedFiles: 2 } })],
    'Commit the 2 files of fix/clock (scheduler.ts and clock.test.ts), then rebase: c0ffee1 touches scheduler.ts, which fix/clock also changes.',
  );
  check(
    'push what only this disk has',
    {},
    [loop({ facts: { unpushed: 3, ahead: 3 } })],
    'Push fix/clock: 3 commits exist only on this disk.',
  );
  check(
    'finish what git is in the middle of',
    { operation: { kind: 'rebase', step: 2, of: 5 }, uncommitted: uncommitted(['a.ts'], { conflicts: 1 }) },
    [loop({ facts: { ahead: 1 } })],
    'Finish or abort the rebase (step 2 of 5); 1 file in conflict.',
  );
  check(
    'merge what is ready',
    {},
    [loop({ facts: { ahead: 2, behind: 1 } })],
    'Merge fix/clock or ask for a review: 2 commits ahead, 1 behind.',
  );
  check(
    'a note',
    {},
    [
      loop({
        source: 'todo',
        title: 'TODO parser.ts:41 handle CRLF',
        anchors: [{ kind: 'line', file: 'src/parser.ts', line: 41, text: '', lost: false }],
      }),
    ],
    'Do it or delete the note at parser.ts:41: "handle CRLF".',
  );
  check(
    'nothing open',
    {},
    [],
    'Nothing is open. Go on where you left off at a.ts:3: "freeze time in scheduler tests".',
  );
});

describe('brief', () => {
  const base = {
    workspace: '/w',
    name: 'atlas',
    now: NOW,
    scanning: false,
    loops: [],
    shown: 7,
    lastActiveAt: null,
    notes: [],
  };

  it('says what is missing before the first reading', () => {
    assert.deepEqual(composeBrief({ ...base, scan: null }).notes, ['This folder has not been read yet.']);
    assert.equal(composeBrief({ ...base, scan: null, scanning: true }).coverage, 'scanning');
  });

  it('tells who moved the default branch while you were away', () => {
    const newest = {
      commit: 'd'.repeat(40),
      subject: 's',
      author: 'ana',
      own: false,
      at: NOW - HOUR,
      places: [],
    };
    const moved = {
      commits: 6,
      authors: [
        { author: 'ana', commits: 5 },
        { author: 'bo', commits: 1 },
      ],
      newest,
      overlaps: [],
    };
    const brief = composeBrief({ ...base, scan: scan({ moved }), lastActiveAt: NOW - 62 * HOUR });
    assert.equal(brief.away[0]?.text, 'main moved 6 commits (ana: 5 and bo: 1)');
    assert.equal(brief.awayMs, 62 * HOUR);
  });

  it('names the branch of the last commit, shows seven loops and counts all', () => {
    const loops = Array.from({ length: 9 }, (_, i) => loop({ id: `loop_${i}`, facts: { ahead: 1 } }));
    const brief = composeBrief({
      ...base,
      scan: scan({ branches: [branch('main', { commit: 'c'.repeat(40) })] }),
      loops,
    });
    assert.equal(brief.last?.text, 'main: freeze time in scheduler tests');
    assert.deepEqual(
      [brief.loops.length, brief.openLoops, brief.next.length, brief.coverage],
      [7, 9, 3, 'fresh'],
    );
  });
});
