import { type PatternContext, type PatternStep, patternFold } from '../../../companion/patterns/index.ts';
import { defaultSettings } from '../../../companion/protocol/index.ts';
import type { WorkEvent } from '../../../companion/timeline/index.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** A Monday, nine o'clock. */
export const MONDAY = Date.UTC(2026, 2, 2, 9);

export const context: PatternContext = {
  settings: defaultSettings,
  local: (at) => ({ day: Math.floor(at / DAY), minute: Math.floor((at % DAY) / MINUTE) }),
};

const WORKSPACE = 'ws_test';

/** An event of the test's workspace, so many minutes after Monday morning. */
export function event<K extends WorkEvent['kind']>(
  minutes: number,
  kind: K,
  data: Omit<Extract<WorkEvent, { kind: K }>, 'at' | 'workspace' | 'kind'>,
): WorkEvent {
  return { at: MONDAY + minutes * MINUTE, workspace: WORKSPACE, kind, ...data } as unknown as WorkEvent;
}

export const edit = (minutes: number, file: string, size: number | null = null) =>
  event(minutes, 'edit', { file, branch: 'main', size });

export const test = (minutes: number, name: string, passed: boolean) =>
  event(minutes, 'test', { name, passed });

export const commits = (minutes: number, n: number, every: number) =>
  Array.from({ length: n }, (_, i) =>
    event(minutes + i * every, 'commit', {
      commit: (minutes * 1000 + i + 4096).toString(16).padStart(8, '0'),
      own: true,
      branch: 'main',
      files: ['a.ts'],
      insertions: 1,
      deletions: 0,
    }),
  );

/** Everything that the fold says of a stream, with a tick every five minutes until `until` (minutes). */
export function run(events: readonly WorkEvent[], until = 0): PatternStep {
  const end = Math.max(MONDAY + until * MINUTE, ...events.map(({ at }) => at));
  const ticks: number[] = [];
  const sorted = [...events].sort((a, b) => a.at - b.at);
  for (let at = sorted[0]!.at; at <= end; at += 5 * MINUTE) ticks.push(at);
  const inputs = [
    ...sorted.map((each) => ({ at: each.at, input: each as WorkEvent | 'tick' })),
    ...ticks.map((at) => ({ at, input: 'tick' as const })),
  ].sort((a, b) => a.at - b.at);
  let state = patternFold.empty;
  const all: Pick<PatternStep, 'found' | 'resolved' | 'recovered'> = {
    found: [],
    resolved: [],
    recovered: [],
  };
  let { found, resolved, recovered } = all;
  for (const { at, input } of inputs) {
    const step = patternFold.step(state, input, at, context);
    state = step.state;
    found = [...found, ...step.found];
    resolved = [...resolved, ...step.resolved];
    recovered = [...recovered, ...step.recovered];
  }
  return { state, found, resolved, recovered };
}

/** What was found, as "kind subject minute". */
export function told({ found }: PatternStep): string[] {
  return found.map(({ kind, subject, at }) => `${kind} ${subject} ${Math.round((at - MONDAY) / MINUTE)}`);
}
