import type { Axis, Levels } from '../protocol/index.ts';
import { gain, type LimbicState, lose, rebase } from './levels.ts';

type Effect =
  | { readonly axis: Axis; readonly gain: number }
  | { readonly axis: Axis; readonly lose: number }
  /** Not a share but a level: it is at least this afterwards. */
  | { readonly axis: Axis; readonly reach: number };

interface CauseRow {
  readonly words: string;
  readonly effects: readonly Effect[];
}

/** The event table of systems.md, section 9. Nothing but the outcome of a run moves trust. */
export const CAUSES = {
  'loop.closed': {
    words: 'You closed a thread.',
    effects: [
      { axis: 'warmth', gain: 0.02 },
      { axis: 'valence', gain: 0.02 },
    ],
  },
  'tap.engaged': {
    words: 'You took up a tap.',
    effects: [
      { axis: 'warmth', gain: 0.02 },
      { axis: 'valence', gain: 0.02 },
    ],
  },
  decision: { words: 'You recorded a decision.', effects: [{ axis: 'warmth', gain: 0.05 }] },
  'deep-note': { words: 'You wrote a long note.', effects: [{ axis: 'warmth', gain: 0.05 }] },
  'tap.dismissed': { words: 'You dismissed a tap.', effects: [{ axis: 'warmth', lose: 0.02 }] },
  'hypothesis.denied': {
    words: 'You said no to an assumption.',
    effects: [{ axis: 'warmth', lose: 0.03 }],
  },
  'tests.recovered': {
    words: 'Tests were green again after red.',
    effects: [{ axis: 'valence', gain: 0.05 }],
  },
  'failing-long': {
    words: 'The same check failed for more than 30 minutes.',
    effects: [{ axis: 'valence', lose: 0.05 }],
  },
  burst: { words: 'A burst of activity.', effects: [{ axis: 'arousal', gain: 0.1 }] },
  reunion: {
    words: 'You came back after 48 hours or more.',
    effects: [
      { axis: 'arousal', reach: 0.9 },
      { axis: 'warmth', gain: 0.05 },
    ],
  },
  'wheel.success': {
    words: 'A run changed files, was verified and was kept.',
    effects: [{ axis: 'trust', gain: 0.04 }],
  },
  'wheel.failure': { words: 'A run failed.', effects: [{ axis: 'trust', lose: 0.07 }] },
  'wheel.undone': { words: 'You undid a run.', effects: [{ axis: 'trust', lose: 0.05 }] },
  'wheel.breach': {
    words: 'A run tried what its contract does not allow.',
    effects: [{ axis: 'trust', lose: 0.1 }],
  },
} as const satisfies Readonly<Record<string, CauseRow>>;

export type Cause = keyof typeof CAUSES;

export function isCause(name: string): name is Cause {
  return Object.hasOwn(CAUSES, name);
}

/** The state after a cause at `at`, which is told as of that time. */
export function move(state: LimbicState, cause: Cause, at: number): LimbicState {
  const now = rebase(state, at);
  const levels: Levels = { ...now.levels };
  for (const effect of CAUSES[cause].effects as readonly Effect[]) {
    const { axis } = effect;
    const level = levels[axis];
    if ('gain' in effect) levels[axis] = gain(level, effect.gain);
    else if ('lose' in effect) levels[axis] = lose(level, effect.lose);
    else levels[axis] = Math.max(level, effect.reach);
  }
  return { ...now, levels };
}
