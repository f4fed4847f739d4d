import assert from 'node:assert/strict';
import { birthsIn } from '../../../companion/hypotheses/forming.ts';
import { GENERATORS } from '../../../companion/hypotheses/generators/all.ts';
import { weeksOf } from '../../../companion/hypotheses/weeks.ts';
import { randomInt } from '../../../companion/kernel/index.ts';
import type { WorkEvent } from '../../../companion/timeline/index.ts';
import { calendar, edit, HOUR, MINUTE, MONDAY, type Ways, work } from './work.ts';

const nothing = { held: [], kindsOf: () => new Set<never>(), forgottenAt: () => null };

/** What is formed from this work: generator and sentence. */
function formed(events: readonly WorkEvent[]): string[] {
  return birthsIn(weeksOf(events, calendar), GENERATORS, nothing).map(
    ({ generator, proposal }) => `${generator.name}: ${proposal.sentence}`,
  );
}

const habits: readonly [string, Ways, RegExp][] = [
  [
    'when the day starts',
    { start: 9, strays: 30 },
    /^rhythm: You usually start work around (08:[45]|09:[01])\d$/,
  ],
  ['when it ends', { start: 9, strays: 20 }, /^rhythm: You usually stop work around (16:[45]|17:[01])\d$/],
  [
    'peak hours',
    { start: 8, strays: 150, peak: 0.5 },
    /^peak_hours: You get most done between 10:00 and 12:00$/,
  ],
  ['tests first', { testFirst: 0.9 }, /^test_order: You write the tests before the code/],
  ['tests last', { testFirst: 0.1 }, /^test_order: You write the tests after the code/],
  [
    'small commits',
    { size: (r) => 4 + randomInt(r, 40) },
    /^commit_size: You make small commits, of \d+ to \d\d lines$/,
  ],
  ['large commits', { size: (r) => 300 + randomInt(r, 500) }, /^commit_size: You make large commits, /],
  ['a prefix', { branch: (_, n) => `feature/${n}` }, /^branch_habit: Your branches are named feature\/…$/],
  ['a ticket', { branch: (_, n) => `ABC-${n}-x` }, /^branch_habit: Your branches are named ABC-…$/],
  ['no branches', { branch: () => 'main' }, /^branch_habit: You work straight on the default branch$/],
  ['files together', { together: 0.9 }, /^files_together: When you change api\.ts, you change api\.md too$/],
];

describe('hypotheses/generators', () => {
  for (const [title, ways, expected] of habits)
    it(`[S5] finds ${title}, and nothing that is not there`, () => {
      for (const seed of [1, 2, 3]) {
        const found = formed(work({ ...ways, seed }));
        assert.ok(
          found.some((each) => expected.test(each)),
          found.join('; '),
        );
        const [generator] = expected.source.slice(1).split(':');
        assert.deepEqual(
          found.filter((each) => !each.startsWith(generator!)),
          [],
        );
      }
    });

  it('[S5] finds nothing in work that is left to chance', () => {
    const found = Array.from({ length: 40 }, (_, seed) => formed(work({ seed: seed + 10 })));
    assert.deepEqual(found.flat(), []);
  });

  it('[S5] one week is not enough, however much happened in it', () => {
    const ways: Ways = {
      weeks: 1,
      start: 9,
      strays: 5,
      testFirst: 1,
      branch: (_, n) => `f/${n}`,
      together: 1,
    };
    assert.deepEqual(formed(work(ways)), []);
  });

  it('[S5] commits of others are no evidence', () => {
    const found = formed(
      work({ own: false, testFirst: 1, size: () => 10, branch: () => 'main', together: 1 }),
    );
    assert.deepEqual(found, []);
  });

  it('two files that are in most commits do not belong together for that', () => {
    const events = work({ weeks: 6 }).map(
      (event): WorkEvent =>
        event.kind === 'commit'
          ? { ...event, files: [...event.files, 'CHANGELOG.md', ...(event.at % 5 ? [] : ['version.ts'])] }
          : event,
    );
    assert.deepEqual(formed(events), []);
  });

  it('of folders with different ways, each has its own', () => {
    const events = [
      ...work({ workspace: 'ws_a', branch: (_, n) => `fix/${n}` }),
      ...work({ workspace: 'ws_b', branch: () => 'main' }),
    ];
    assert.deepEqual(formed(events), [
      'branch_habit: Your branches are named fix/…',
      'branch_habit: You work straight on the default branch',
    ]);
  });

  it('a glance early in the morning is no start of a day; work after midnight is its end', () => {
    const events = work({ start: 10, strays: 10 }).concat(
      Array.from({ length: 20 }, (_, n) => {
        const midnight = MONDAY + (Math.floor(n / 5) * 7 + (n % 5)) * 24 * HOUR;
        return [
          edit(midnight + 6 * HOUR, 'ws_a', 'a.ts'),
          ...[18, 19, 20, 21, 22, 23, 24].map((hour) =>
            edit(midnight + hour * HOUR + 30 * MINUTE, 'ws_a', 'a.ts'),
          ),
        ];
      }).flat(),
    );
    const found = formed(events).filter((each) => each.startsWith('rhythm'));
    assert.deepEqual(found, [
      'rhythm: You usually start work around 10:00',
      'rhythm: You usually stop work around 00:30',
    ]);
  });

  it('evidence names moments, commits and files of the week', () => {
    const births = birthsIn(weeksOf(work({ together: 1 }), calendar), GENERATORS, nothing);
    const [pair] = births.filter(({ generator }) => generator.name === 'files_together');
    assert.equal(pair!.evidence.length, 4);
    for (const { refs, hits, of } of pair!.evidence) {
      assert.ok(refs.length > 0 && refs.length <= 5 && hits <= of);
      for (const { commit, files } of refs) {
        assert.match(commit!, /^[0-9a-f]{40}$/);
        assert.deepEqual(files, ['src/api.ts', 'docs/api.md']);
      }
    }
  });
});
