import type {
  Axis,
  Backup,
  Dream,
  Drift,
  InterruptionInWords,
  InterruptionStats,
  Job,
  Levels,
  LoopHistory,
  MemoryGrowth,
  MemoryKind,
  SelfMoment,
} from '../../../companion/protocol/index.ts';
import { sampleDrift } from '../../fixtures/samples.ts';
import { NOW, WORKSPACE } from './fixtures.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TODAY = Math.floor(NOW / DAY) * DAY;

/** Ups and downs that are the same at every run. */
function wave(n: number, low: number, high: number): number {
  const part = (Math.sin(n * 1.7) + Math.sin(n * 0.6 + 2) + 2) / 4;
  return Math.round(low + part * (high - low));
}

const CAUSES: readonly { cause: string; words: string; axis: Axis; by: number; days: number }[] = [
  { cause: 'tap.engaged', words: 'You took up a tap.', axis: 'warmth', by: 0.01, days: 0.3 },
  {
    cause: 'tests.recovered',
    words: 'Tests were green again after red.',
    axis: 'valence',
    by: 0.02,
    days: 0.6,
  },
  {
    cause: 'wheel.success',
    words: 'A run changed files, was verified and was kept.',
    axis: 'trust',
    by: 0.02,
    days: 1.1,
  },
  { cause: 'decision', words: 'You recorded a decision.', axis: 'warmth', by: 0.02, days: 2.4 },
  { cause: 'wheel.undone', words: 'You undid a run.', axis: 'trust', by: -0.03, days: 3.2 },
  { cause: 'burst', words: 'A burst of activity.', axis: 'arousal', by: 0.06, days: 3.9 },
  {
    cause: 'wheel.success',
    words: 'A run changed files, was verified and was kept.',
    axis: 'trust',
    by: 0.02,
    days: 6.2,
  },
  {
    cause: 'failing-long',
    words: 'The same check failed for more than 30 minutes.',
    axis: 'valence',
    by: -0.03,
    days: 7.5,
  },
  {
    cause: 'wheel.success',
    words: 'A run changed files, was verified and was kept.',
    axis: 'trust',
    by: 0.02,
    days: 9,
  },
  { cause: 'reunion', words: 'You came back after 48 hours or more.', axis: 'arousal', by: 0.4, days: 12 },
  { cause: 'wheel.failure', words: 'A run failed.', axis: 'trust', by: -0.04, days: 14.4 },
  {
    cause: 'wheel.success',
    words: 'A run changed files, was verified and was kept.',
    axis: 'trust',
    by: 0.02,
    days: 17.3,
  },
  { cause: 'loop.closed', words: 'You closed a thread.', axis: 'warmth', by: 0.01, days: 19 },
  {
    cause: 'wheel.success',
    words: 'A run changed files, was verified and was kept.',
    axis: 'trust',
    by: 0.02,
    days: 24.8,
  },
];

/** A month of moves, the newest first, that end where the levels of the fixtures stand; and one mark. */
export function atlasMoves(): SelfMoment[] {
  const levels: Levels = { trust: 0.54, warmth: 0.62, arousal: 0.5, valence: 0.55 };
  const moves = CAUSES.map(({ cause, words, axis, by, days }, i): SelfMoment => {
    const to = levels[axis];
    const from = Math.min(1, Math.max(0, to - by));
    const move = {
      kind: 'move' as const,
      at: Math.round(NOW - days * DAY),
      seq: 900 - i,
      cause,
      words,
      subject: 'run_1',
      changes: [{ axis, from, to }],
      levels: { ...levels },
    };
    levels[axis] = from;
    return move;
  });
  const mark: SelfMoment = {
    kind: 'mark',
    at: NOW - 10 * DAY,
    id: 'mark_team1',
    text: 'moved to the platform team',
  };
  return [...moves, mark].sort((a, b) => b.at - a.at);
}

function spansOf(days: number) {
  const step: 'day' | 'week' = days <= 31 ? 'day' : 'week';
  const length = step === 'day' ? 1 : 7;
  const count = Math.ceil(days / length);
  const starts = Array.from({ length: count }, (_, i) => TODAY - ((count - i) * length - 1) * DAY);
  return { step, until: TODAY + DAY, starts, length };
}

const GROWING: readonly [MemoryKind, number, number][] = [
  ['episode', 4, 30],
  ['conversation', 0, 18],
  ['whisper', 0, 6],
  ['observation', 0, 5],
  ['decision', 0, 2],
  ['fact', 0, 3],
];

export function atlasGrowth(days: number): MemoryGrowth {
  const { step, until, starts, length } = spansOf(days);
  const spans = starts.map((at, i) => ({
    at,
    kinds: GROWING.map(([kind, low, high], k) => ({ kind, n: wave(i + 5 * k, low, high) * length })).filter(
      ({ n }) => n > 0,
    ),
  }));
  const grown = spans.flatMap(({ kinds }) => kinds).reduce((sum, { n }) => sum + n, 0);
  return { step, until, before: 1840, total: 1840 + grown, spans };
}

export function atlasThreads(days: number): LoopHistory {
  const { step, until, starts } = spansOf(days);
  const spans = starts.map((at, i) => ({
    at,
    opened: wave(i, 0, 3),
    finished: wave(i + 3, 0, 2),
    dropped: wave(i + 9, 0, 1),
    open: wave(i, 4, 9),
    stale: wave(i * 0.5 + 1, 1, 4),
  }));
  return { step, until, spans };
}

export function atlasDrifts(): Drift[] {
  return [
    sampleDrift({
      subject: 'loop_import',
      rating: 0.62,
      band: 'volatile',
      reasons: ['9 of 12 edited files lie outside of src/import', 'The masks disagreed about it'],
    }),
    sampleDrift({
      subject: 'loop_clock1',
      rating: 0.38,
      band: 'moderate',
      reasons: ['4 of 9 edited files lie outside of src/core'],
    }),
  ];
}

const answers = (shown: number, engaged: number, dismissed: number, medianResponseMs: number | null) => ({
  ...{ shown, engaged, dismissed, medianResponseMs },
  ignored: shown - engaged - dismissed,
});

export function atlasTaps(): InterruptionStats {
  return {
    since: NOW - 30 * DAY,
    ...answers(23, 11, 8, 9400),
    byMoment: [
      { moment: 'commit', words: 'right after a commit', ...answers(10, 7, 2, 6000) },
      { moment: 'tests_green', words: 'right after a green test run', ...answers(7, 3, 2, 9000) },
      { moment: 'idle', words: 'when you paused', ...answers(6, 1, 4, 21_000) },
    ],
    byKind: [{ kind: 'work_at_risk', ...answers(12, 8, 2, 6000) }],
    silences: [
      { gate: 'typing', words: 'you had just been typing', n: 48 },
      { gate: 'refractory', words: 'the last tap was too recent', n: 31 },
      { gate: 'quiet', words: 'it was in your quiet hours', n: 12 },
      { gate: 'debugging', words: 'you were debugging', n: 7 },
      { gate: 'unfocused', words: 'no window had the focus', n: 5 },
      { gate: 'expired', words: 'it was too old to tell', n: 2 },
    ],
    budget: { today: 1, perDay: 3, pauseMinutes: 240, dismissalsInARow: 0, nextAt: NOW + 3 * HOUR },
    adapted: [
      {
        name: 'idleSeconds',
        moment: 'idle',
        from: 45,
        to: 90,
        unit: 's',
        words: 'A pause counts after 90 s, not 45: 4 of 6 taps when you paused were turned down.',
      },
    ],
  };
}

export function atlasTapRows(): InterruptionInWords[] {
  const row = (i: number, change: Partial<InterruptionInWords>): InterruptionInWords => ({
    id: `tap_${i}`,
    at: NOW - i * 3 * HOUR - 20 * MINUTE,
    candidate: 'work_at_risk:loop_clock1:3',
    subject: 'loop_clock1',
    moment: 'commit',
    gate: null,
    outcome: 'engaged',
    responseMs: 6000,
    words: 'told right after a commit; you took it up after 6 seconds',
    ...change,
  });
  const silent = (i: number, candidate: string, gate: string, words: string) =>
    row(i, { candidate, gate, outcome: null, responseMs: null, words });
  return [
    row(0, {}),
    silent(1, 'drift:loop_import:12', 'typing', 'kept back: you had just been typing'),
    row(2, {
      candidate: 'insight:loop_clock1:a41c9e2',
      outcome: 'dismissed',
      words: 'told when you paused; you turned it down after 3 seconds',
    }),
    silent(3, 'review:beliefs:20', 'quiet', 'kept back when you paused: it was in your quiet hours'),
    row(4, {
      candidate: 'reunion:ws_1:9',
      outcome: 'ignored',
      words: 'told when you came back to the window; it stayed unanswered',
    }),
    silent(5, 'stuck:pattern_1:7', 'refractory', 'kept back: the last tap was too recent'),
    silent(6, 'stuck:pattern_1:7', 'refractory', 'kept back: the last tap was too recent'),
  ];
}

export function aJob(change: Partial<Job> & Pick<Job, 'id'>): Job {
  return {
    kind: 'scan',
    subject: WORKSPACE,
    status: 'done',
    priority: 0,
    progress: 1,
    message: 'Done',
    attempts: 1,
    createdAt: NOW - 2 * MINUTE,
    updatedAt: NOW - 2 * MINUTE,
    ...change,
  };
}

export function atlasJobs(): Job[] {
  const ago = (minutes: number, tookMs: number) => ({
    createdAt: NOW - minutes * MINUTE,
    updatedAt: NOW - minutes * MINUTE + tookMs,
  });
  return [
    aJob({
      ...ago(3, 3 * MINUTE),
      id: 'job_import1',
      kind: 'import',
      subject: '/home/dev/archives/chats.jsonl',
      status: 'running',
      progress: 0.42,
      message: '8,412 of about 20,000 messages',
    }),
    aJob({
      ...ago(1, MINUTE),
      id: 'job_scan1',
      status: 'running',
      progress: null,
      message: 'Reading branches',
    }),
    aJob({
      ...ago(1, 0),
      id: 'job_scan2',
      subject: '/home/dev/website',
      status: 'queued',
      priority: 1,
      progress: null,
      message: 'Waiting',
      attempts: 0,
    }),
    aJob({
      ...ago(2, 0),
      id: 'job_model1',
      kind: 'model',
      subject: 'sentence',
      status: 'queued',
      progress: null,
      message: 'Waiting',
      attempts: 0,
    }),
    aJob({ ...ago(40, 14_000), id: 'job_scan3', message: 'Done' }),
    aJob({
      ...ago(431, 92_000),
      id: 'job_dream1',
      kind: 'dream',
      subject: 'creator',
      message: '14 records merged. 2 themes formed.',
      attempts: 2,
    }),
    aJob({
      ...ago(1500, 4000),
      id: 'job_import2',
      kind: 'import',
      subject: '/home/dev/archives/notes',
      status: 'failed',
      progress: 0.1,
      message: 'notes/2019.md cannot be read: permission denied. Make it readable and import again.',
    }),
    aJob({
      ...ago(2900, 30_000),
      id: 'job_lang1',
      kind: 'language',
      subject: 'small.gguf',
      status: 'cancelled',
      progress: 0.3,
      message: 'Cancelled',
    }),
  ];
}

function aDream(change: Partial<Dream> & Pick<Dream, 'day'>): Dream {
  const names = ['merge', 'cluster', 'consolidate', 'hygiene'];
  return {
    status: 'done',
    asked: 'schedule',
    startedAt: NOW - 7 * HOUR,
    finishedAt: NOW - 7 * HOUR + 92_000,
    stages: names.map((name) => ({ name, title: name, state: 'done' as const, counts: {} })),
    lines: [],
    theme: null,
    review: [],
    cited: [],
    ...change,
  };
}

export function atlasDreams(): Dream[] {
  return [
    aDream({
      day: '2025-11-23',
      lines: [
        '14 records merged with another that says the same.',
        '2 themes formed, 3 grew.',
        '5 summaries written.',
      ],
      theme: { id: 'cluster_1', name: ['scheduler', 'clock', 'flaky tests'] },
      review: [
        {
          kind: 'contradiction',
          text: 'Two facts hold that say different things about the database: "SQLite" and "Postgres".',
          ids: ['memory_1'],
        },
      ],
    }),
    aDream({ day: '2025-11-22', startedAt: NOW - 31 * HOUR, status: 'skipped', finishedAt: NOW - 31 * HOUR }),
    aDream({ day: '2025-11-21', startedAt: NOW - 55 * HOUR, lines: ['Nothing had to be changed.'] }),
    aDream({
      day: '2025-11-20',
      startedAt: NOW - 79 * HOUR,
      lines: ['3 faded records archived: found behind others from now on, not deleted.'],
    }),
    aDream({
      day: '2025-11-19',
      startedAt: NOW - 103 * HOUR,
      lines: ['6 records merged with another that says the same.'],
    }),
  ];
}

export function atlasBackups(): Backup[] {
  const at = (days: number, kind: Backup['kind'], bytes: number): Backup => ({
    id: `${NOW - days * DAY}-${kind}`,
    at: NOW - days * DAY,
    kind,
    bytes,
  });
  return [
    at(0.2, 'daily', 4_780_000),
    at(1.2, 'daily', 4_690_000),
    at(3, 'manual', 4_610_000),
    at(5, 'weekly', 4_300_000),
  ];
}

type Result = 'ok' | 'warning' | 'failed';

export function atlasChecks(): { name: string; result: Result; message: string }[] {
  return [
    { name: 'runtime', result: 'ok', message: 'Node v24.1.0.' },
    { name: 'git', result: 'ok', message: 'git 2.47.' },
    { name: 'store', result: 'ok', message: 'Sound, in /home/dev/.local/share/progeny.' },
    { name: 'disk', result: 'warning', message: 'Only 900 MB free.' },
    { name: 'backup', result: 'ok', message: 'The newest is from today.' },
    { name: 'workspace atlas', result: 'ok', message: 'Sensed and read.' },
    { name: 'language', result: 'ok', message: 'Rules alone, as you chose.' },
  ];
}
