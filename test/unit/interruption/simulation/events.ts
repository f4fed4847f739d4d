import type { Candidate } from '../../../../companion/interruption/candidate.ts';
import type { Rules } from '../../../../companion/interruption/rules.ts';
import type { PolicyEvent } from '../../../../companion/interruption/transition.ts';
import { type EditorSignal, type Settings, settings } from '../../../../companion/protocol/index.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** 2026-03-02T10:00:00Z, a Monday. */
export const START = Date.UTC(2026, 2, 2, 10);

type WithoutTime<S> = S extends unknown ? Omit<S, 'at'> : never;

export function rulesOf(
  interruption: Partial<Settings['interruption']> = {},
  { dayStartsAt = 5, offsetMinutes = 0 } = {},
): Rules {
  return {
    settings: settings.parse({ interruption: { adapt: false, ...interruption }, loops: { dayStartsAt } }),
    local: (at) => {
      const shifted = at + offsetMinutes * MINUTE;
      return { day: Math.floor(shifted / DAY), minute: Math.floor((shifted % DAY) / MINUTE) };
    },
  };
}

export function tell(
  window: string,
  signal: WithoutTime<EditorSignal>,
  workspace = '/w',
): Extract<PolicyEvent, { kind: 'signal' }> {
  return { kind: 'signal', window, workspace, signal: { ...signal, at: 0 } as EditorSignal };
}

export const focus = (window: string, workspace?: string) =>
  tell(window, { kind: 'focus', focused: true }, workspace);
export const blur = (window: string) => tell(window, { kind: 'focus', focused: false });
export const typing = (window: string) => tell(window, { kind: 'typing', file: 'a.ts', edits: 3 });
export const active = (window: string) => tell(window, { kind: 'active', file: 'b.ts' });
export const save = (window: string) => tell(window, { kind: 'save', file: 'a.ts' });
export const test = (window: string, passed: boolean) =>
  tell(window, { kind: 'test', passed, name: 'npm test' });
export const debug = (window: string, on: boolean) => tell(window, { kind: 'debug', active: on });
export const prompt = (window: string, open: boolean) => tell(window, { kind: 'prompt', open });
export const commit = (workspace = '/w'): PolicyEvent => ({ kind: 'commit', workspace });
export const tick: PolicyEvent = { kind: 'tick' };

export function candidate(id: string, over: Partial<Candidate> = {}): Candidate {
  const [, subject = id] = id.split(':');
  return { id, subject, workspace: null, text: 'Text.', why: 'Why.', actions: [], bypass: false, ...over };
}

export const born = (id: string, over: Partial<Candidate> = {}): PolicyEvent => ({
  kind: 'born',
  candidate: candidate(id, over),
});
