import type {
  Brief,
  Drift,
  Loop,
  SelfState,
  Status,
  Whisper,
  WorkspaceState,
} from '../../../companion/protocol/index.ts';
import { NOW, sampleDrift, sampleLoop, sampleStatus, sampleWorkspace } from '../../fixtures/samples.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export { NOW };
export const WORKSPACE = '/home/dev/atlas';

/** A loop of the atlas repository; what is not given is unremarkable. */
export function aLoop(change: Partial<Loop> & Pick<Loop, 'id' | 'title'>): Loop {
  const [createdAt, touchedAt] = [NOW - 20 * DAY, NOW - 3 * DAY];
  return sampleLoop({ workspace: WORKSPACE, createdAt, touchedAt, ...change });
}

export function atlasLoops(): Loop[] {
  return [
    aLoop({
      id: 'loop_clock1',
      title: 'fix/clock',
      summary: '2 files uncommitted, not pushed (38 h)',
      context:
        'Freeze time in the scheduler tests, then look at the retry queue.\nThe flake is one in forty runs.',
      source: 'uncommitted',
      priority: 'high',
      anchors: [
        { kind: 'branch', branch: 'fix/clock' },
        {
          kind: 'line',
          file: 'src/core/scheduler.ts',
          line: 88,
          text: '  const next = this.tick(now);',
          lost: false,
        },
        { kind: 'file', file: 'test/clock.test.ts' },
      ],
      evidence: [{ commit: 'a41c9e2f00b1' }, { file: 'src/core/scheduler.ts', line: 88 }],
      facts: {
        current: true,
        uncommittedFiles: 2,
        insertions: 41,
        deletions: 12,
        uncommittedSince: NOW - 38 * HOUR,
        unpushed: 1,
        unpushedSince: NOW - 38 * HOUR,
        ahead: 3,
        behind: 6,
        author: 'Dana',
      },
      rank: 0.98,
      touchedAt: NOW - 62 * HOUR,
    }),
    aLoop({
      id: 'loop_import',
      title: 'feature/import',
      summary: '5 commits ahead of main, last touched Wednesday',
      anchors: [{ kind: 'branch', branch: 'feature/import' }],
      evidence: [{ commit: '77be01d4c2aa' }, { file: 'src/import/reader.ts', line: 12 }],
      facts: { ahead: 5, behind: 14, conflicts: 1 },
      rank: 0.8,
      touchedAt: NOW - 5 * DAY,
    }),
    aLoop({
      id: 'loop_crlf00',
      title: 'TODO parser.ts:41 “handle CRLF”',
      summary: '88 days old, file changed 14 times since',
      source: 'todo',
      status: 'proposed',
      anchors: [{ kind: 'line', file: 'src/parser.ts', line: 41, text: '// TODO: handle CRLF', lost: false }],
      evidence: [{ file: 'src/parser.ts', line: 41 }],
      facts: { writtenAt: NOW - 88 * DAY, changesSince: 14, author: 'Dana' },
      rank: 0.62,
      touchedAt: NOW - 9 * DAY,
    }),
    aLoop({
      id: 'loop_stash1',
      title: 'Stash: half of the grammar split',
      summary: '3 files stashed on main, 12 days ago',
      source: 'stash',
      status: 'stale',
      private: true,
      anchors: [{ kind: 'stash', commit: 'd00d1e5ab1e0', name: 'stash@{0}' }],
      evidence: [{ commit: 'd00d1e5ab1e0' }],
      facts: { uncommittedFiles: 3 },
      rank: 0.4,
      touchedAt: NOW - 12 * DAY,
    }),
    aLoop({
      id: 'loop_docs00',
      title: 'Write down why SQLite and not LMDB',
      summary: 'A note on docs/storage.md, no decision recorded yet',
      source: 'whisper',
      priority: 'low',
      anchors: [{ kind: 'line', file: 'docs/storage.md', line: 3, text: '## Storage', lost: true }],
      evidence: [{ file: 'docs/storage.md', line: 3 }],
      rank: 0.3,
      touchedAt: NOW - 26 * HOUR,
    }),
    aLoop({
      id: 'loop_later1',
      title: 'Upgrade the bundler',
      summary: 'Waits for the release of the next plugin version',
      source: 'manual',
      status: 'deferred',
      deferUntil: NOW + 4 * DAY,
      evidence: [{ branch: 'main' }],
      rank: 0.2,
    }),
    aLoop({
      id: 'loop_done01',
      title: 'fix/encoding',
      summary: 'Merged into main on Thursday',
      status: 'merged',
      evidence: [{ commit: 'c0ffee1234ab' }],
      rank: 0.1,
    }),
  ];
}

export function atlasBrief(): Brief {
  const loops = atlasLoops().filter(({ status }) => ['open', 'proposed', 'stale'].includes(status));
  return {
    workspace: WORKSPACE,
    name: 'atlas',
    at: NOW,
    branch: 'fix/clock',
    awayMs: 62 * HOUR,
    last: {
      text: 'fix/clock: freeze time in scheduler tests, tests green',
      at: NOW - 62 * HOUR,
      evidence: [{ commit: 'a41c9e2f00b1' }],
    },
    loops,
    openLoops: 9,
    away: [
      {
        text: 'main moved 6 commits (ana: 5, bo: 1)',
        at: NOW - 20 * HOUR,
        evidence: [{ branch: 'main' }],
      },
      {
        text: 'c0ffee1 touches scheduler.ts, which fix/clock also changes',
        at: NOW - 21 * HOUR,
        evidence: [{ commit: 'c0ffee1234ab' }, { file: 'src/core/scheduler.ts', line: 91 }],
      },
    ],
    next: [
      {
        text: 'Commit the two files of fix/clock, then rebase: c0ffee1 renamed `tick` to `advance` (3 of your uses)',
        loopId: 'loop_clock1',
        evidence: [{ commit: 'c0ffee1234ab' }, { file: 'src/core/scheduler.ts', line: 88 }],
      },
      {
        text: 'Resolve the one conflict of feature/import in reader.ts',
        loopId: 'loop_import',
        evidence: [{ file: 'src/import/reader.ts', line: 12 }],
      },
    ],
    coverage: 'fresh',
    notes: [],
  };
}

export function atlasWhispers(): Whisper[] {
  return [
    {
      id: 'whisper_0001',
      workspace: WORKSPACE,
      loopId: 'loop_clock1',
      text: 'The fake clock must also move the retry timer, or the flake stays.',
      branch: 'fix/clock',
      anchor: { kind: 'line', file: 'src/core/scheduler.ts', line: 91, text: 'retry();', lost: false },
      at: NOW - 61 * HOUR,
    },
    {
      id: 'whisper_0002',
      workspace: WORKSPACE,
      loopId: 'loop_clock1',
      text: 'Ask Ana whether `advance` is the final name.',
      branch: 'fix/clock',
      anchor: null,
      at: NOW - 64 * HOUR,
    },
  ];
}

export function atlasStatus(): Status {
  return sampleStatus({
    instance: 'fake',
    dataDirectory: '/home/dev/.local/share/progeny',
    clients: 2,
    seq: 100,
    workspaces: [aWorkspace(WORKSPACE, 'atlas'), aWorkspace('/home/dev/borealis', 'borealis')],
  });
}

export function aWorkspace(path: string, name: string): WorkspaceState {
  return sampleWorkspace({ path, name, openLoops: 9, topLoop: 'fix/clock', scannedAt: NOW - MINUTE });
}

/** Fourteen hours with work on feature/import, the newest first: calm, then further and further out. */
export function atlasDrift(): Drift[] {
  const hours = [0.02, 0.03, 0.02, 0.06, 0.04, 0.02, 0.08, 0.05, 0.11, 0.18, 0.29, 0.37, 0.44, 0.46];
  const bandOf = (rating: number) => (rating < 0.2 ? 'stable' : rating < 0.4 ? 'moderate' : 'volatile');
  return hours
    .map((rating, i) =>
      sampleDrift({
        subject: 'loop_import',
        rating,
        band: bandOf(rating),
        at: NOW - 12 * MINUTE - (hours.length - 1 - i) * HOUR,
        alert: i === 11,
        reasons: [
          '9 of 12 edited files lie outside of src/import and test/import',
          "At this pace 72 % of the next hour's edits would lie outside",
          'It was away from its scope in earlier hours too',
          'No vote of masks on it: the other parts weigh more',
        ],
      }),
    )
    .reverse();
}

/** How the companion stands after a week of little. */
export function atlasSelf(): SelfState {
  const levels = { trust: 0.54, warmth: 0.62, arousal: 0.5, valence: 0.55 };
  const stance = { tier: 'T0', posture: 'companion', mode: 'live' } as const;
  return { ...levels, ...stance, since: NOW - DAY, words: 'Live · beside you' };
}
