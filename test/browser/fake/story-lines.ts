import type { StoryLine } from '../../../companion/protocol/index.ts';
import { sampleStoryLine } from '../../fixtures/samples.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Told = Pick<StoryLine, 'speaker' | 'text' | 'plain' | 'importance'> &
  Partial<Pick<StoryLine, 'about' | 'live' | 'workspace'>>;

/** Two days of the atlas repository: the Friday before, whole, and this morning. `now` is Monday, 09:12. */
export function atlasStory(now: number, workspace: string): StoryLine[] {
  const friday = now - 3 * DAY;
  const loop = (id: string) => ({ kind: 'loop', id }) as const;
  const commit = (id: string) => ({ kind: 'commit', id }) as const;
  const told: [at: number, line: Told][] = [
    [
      friday - 21 * MINUTE,
      {
        speaker: 'Cal',
        text: 'The nightly run is through; memory is in order.',
        plain: 'The nightly run is through',
        importance: 0.45,
        workspace: null,
        live: false,
      },
    ],
    [
      friday + 9 * MINUTE,
      {
        speaker: 'Arty',
        text: 'Something new: "split encoding from mapping".',
        plain: 'Thread opened: "split encoding from mapping"',
        importance: 0.45,
        about: loop('loop_import'),
      },
    ],
    [
      friday + 2 * HOUR + 8 * MINUTE,
      {
        speaker: 'Cal',
        text: 'On feature/import: reader.ts and detect-encoding.ts, +212 −38, committed.',
        plain: 'reader.ts and detect-encoding.ts committed on feature/import (+212 −38)',
        importance: 0.4,
        about: commit('77be01d4c2aa'),
      },
    ],
    [
      friday + 4 * HOUR + 40 * MINUTE,
      {
        speaker: 'Arty',
        text: '"feature/import" wanders: 4 of 9 edited files lie outside of src/import. Split it, or own it?',
        plain: '"feature/import" goes beyond its scope: 4 of 9 edited files lie outside of src/import',
        importance: 0.8,
        about: loop('loop_import'),
      },
    ],
    [
      friday + 5 * HOUR + 2 * MINUTE,
      {
        speaker: 'Arty',
        text: 'They quarrel over "Keep or drop feature/import?": fork, 41 % of the vote. Good, it was worth asking.',
        plain: 'The advisers disagree on "Keep or drop feature/import?": fork, 41 % of the vote',
        importance: 0.7,
        about: { kind: 'proposal', id: 'prop_import1' },
      },
    ],
    [
      friday + 6 * HOUR + 31 * MINUTE,
      {
        speaker: 'Cal',
        text: 'Done as you allowed: fix 14 lint errors in 6 files. 6 files; it can still be taken back.',
        plain: 'Done with your leave: fix 14 lint errors in 6 files. (6 files)',
        importance: 0.7,
        about: { kind: 'run', id: 'run_done01' },
      },
    ],
    [
      friday + 9 * HOUR + 28 * MINUTE,
      {
        speaker: 'Cal',
        text: 'clock.test.ts committed on fix/clock, +41 −12. That much is safe.',
        plain: 'clock.test.ts committed on fix/clock (+41 −12)',
        importance: 0.4,
        about: commit('a41c9e2f00b1'),
      },
    ],
    [
      friday + 9 * HOUR + 30 * MINUTE,
      {
        speaker: 'Cal',
        text: 'Tests are green again in atlas.',
        plain: 'Tests are green again',
        importance: 0.7,
      },
    ],
    [
      now - 70 * MINUTE,
      {
        speaker: 'Cal',
        text: 'From now on it counts: You write the failing test before the fix.',
        plain: 'Learned, with your Yes: You write the failing test before the fix',
        importance: 0.6,
        workspace: null,
        about: { kind: 'hypothesis', id: 'hypothesis_tests1' },
        live: false,
      },
    ],
    [
      now - 26 * MINUTE,
      {
        speaker: 'Cal',
        text: '3 files in "fix/clock" exist only on this disk (38 h). It would be safer pushed.',
        plain: '3 files in "fix/clock" exist only on this disk (38 h)',
        importance: 0.75,
        about: loop('loop_clock1'),
      },
    ],
    [
      now - 19 * MINUTE,
      {
        speaker: 'Arty',
        text: 'A thought for "fix/clock": "`tick` is called `advance` on main now"',
        plain: 'Note in "fix/clock": "`tick` is called `advance` on main now"',
        importance: 0.3,
        about: loop('loop_clock1'),
      },
    ],
    [
      now - 6 * MINUTE,
      {
        speaker: 'Cal',
        text: 'On record: Which clock do the tests use? → a frozen one, set by the test',
        plain: 'Decided: Which clock do the tests use? → a frozen one, set by the test',
        importance: 0.6,
        about: { kind: 'memory', id: 'mem_clock1' },
      },
    ],
  ];
  return told.map(([at, line], i) =>
    sampleStoryLine({ id: `story_${i + 1}`, seq: i + 1, at, workspace, subject: 'x', ...line }),
  );
}

/** Lines as they come while somebody looks. */
export function comingLines(now: number, workspace: string): StoryLine[] {
  const line = (change: Partial<StoryLine> & { seq: number }) =>
    sampleStoryLine({ id: `story_${change.seq}`, at: now, workspace, subject: 'x', ...change });
  return [
    line({
      seq: 41,
      text: 'Green after red in atlas.',
      plain: 'Tests are green again',
      importance: 0.7,
    }),
    line({
      seq: 42,
      speaker: 'Arty',
      text: 'fix/clock moves: scheduler.ts and clock.test.ts committed, +41 −12.',
      plain: 'scheduler.ts and clock.test.ts committed on fix/clock (+41 −12)',
      importance: 0.6,
      about: { kind: 'commit', id: 'a41c9e2f00b1' },
    }),
    line({
      seq: 43,
      text: '"fix/clock" is through.',
      plain: '"fix/clock" is done: the repository does not show it any more',
      importance: 0.75,
      about: { kind: 'loop', id: 'loop_clock1' },
    }),
  ];
}
