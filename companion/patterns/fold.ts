import type { PatternEvidence, PatternKind } from '../protocol/index.ts';
import type { WorkEvent } from '../timeline/index.ts';
import { abandonment } from './abandonment.ts';
import { focusShift } from './focus-shift.ts';
import type { Detector, PatternContext } from './pattern.ts';
import { type Red, recovery } from './recovery.ts';
import { reunion } from './reunion.ts';
import { stuck } from './stuck.ts';
import { thrash } from './thrash.ts';
import { workAtRisk } from './work-at-risk.ts';
import { workloadSpike } from './workload-spike.ts';

/** In any order; each gets back no state but its own. */
const DETECTORS: readonly Detector<unknown>[] = [
  opaque(workloadSpike),
  opaque(abandonment),
  opaque(focusShift),
  opaque(stuck),
  opaque(thrash),
  opaque(reunion),
  opaque(workAtRisk),
];

/** What a pattern is: there is one of these at a time, in a workspace. */
export interface PatternKey {
  readonly workspace: string;
  readonly kind: PatternKind;
  readonly subject: string;
}

/** A pattern that goes on. */
export interface Episode extends PatternKey {
  readonly at: number;
  /** When what it is about began; before `at`. */
  readonly since: number;
  readonly confidence: number;
  /** The user does not want to hear of it; it goes on unseen, and does not begin anew. */
  readonly dismissed: boolean;
}

export interface FoundPattern extends Episode {
  readonly evidence: readonly PatternEvidence[];
}

interface WorkspaceState {
  /** One state a detector, in their order. */
  readonly detectors: readonly unknown[];
  readonly episodes: Readonly<Record<string, Episode>>;
  readonly red: Red;
}

/** All that is seen in all workspaces. Plain data of bounded size for each. */
export type PatternState = Readonly<Record<string, WorkspaceState>>;

export interface PatternStep {
  readonly state: PatternState;
  readonly found: readonly FoundPattern[];
  /** Over now, dismissed ones too. */
  readonly resolved: readonly Episode[];
  /** Workspaces in which a test is green for the first time after it was red. */
  readonly recovered: readonly string[];
}

const fresh: WorkspaceState = {
  detectors: DETECTORS.map(({ empty }) => empty),
  episodes: {},
  red: [],
};

/**
 * The fold of this room: patterns from what happens (an event) and from time ("tick": in all workspaces). Pure. Between
 * two events that lie far apart one tick is enough, as nothing comes and goes without any.
 */
export const patternFold = {
  empty: {} as PatternState,

  step(state: PatternState, input: WorkEvent | 'tick', now: number, context: PatternContext): PatternStep {
    const touched = input === 'tick' ? Object.keys(state) : [input.workspace];
    const event = input === 'tick' ? null : input;
    const found: FoundPattern[] = [];
    const resolved: Episode[] = [];
    const recovered: string[] = [];
    const next: Record<string, WorkspaceState> = { ...state };
    for (const workspace of touched) {
      const before = state[workspace] ?? fresh;
      const detectors = DETECTORS.map((each, i) => each.step(before.detectors[i], event, now, context));
      const { red, recovered: green } = event
        ? recovery(before.red, event)
        : { red: before.red, recovered: false };
      if (green) recovered.push(workspace);
      const episodes = settle(workspace, before.episodes, detectors, now, context, found, resolved);
      next[workspace] = { detectors, episodes, red };
    }
    return { state: next, found, resolved, recovered };
  },

  /** The user does not want to hear of a pattern. */
  dismiss(state: PatternState, { workspace, kind, subject }: PatternKey): PatternState {
    const here = state[workspace];
    const key = `${kind} ${subject}`;
    const episode = here?.episodes[key];
    if (!here || !episode) return state;
    const episodes = { ...here.episodes, [key]: { ...episode, dismissed: true } };
    return { ...state, [workspace]: { ...here, episodes } };
  },

  /** Nothing is to be known of a workspace any more. */
  forget(state: PatternState, workspace: string): PatternState {
    const { [workspace]: _, ...others } = state;
    return others;
  },

  /** Every pattern that goes on, dismissed ones too, with the evidence as it is now. */
  active(state: PatternState, now: number, context: PatternContext): FoundPattern[] {
    return Object.values(state).flatMap(({ detectors, episodes }) => {
      const seen = sightings(detectors, now, context);
      return Object.entries(episodes).flatMap(([key, episode]) => {
        const sighting = seen.get(key);
        return sighting
          ? [{ ...episode, confidence: sighting.confidence, evidence: sighting.evidence() }]
          : [];
      });
    });
  },
};

function settle(
  workspace: string,
  known: WorkspaceState['episodes'],
  detectors: readonly unknown[],
  now: number,
  context: PatternContext,
  found: FoundPattern[],
  resolved: Episode[],
): WorkspaceState['episodes'] {
  const seen = sightings(detectors, now, context);
  let episodes: Record<string, Episode> | null = null;
  for (const [key, sighting] of seen) {
    if (key in known || !sighting.firm) continue;
    const { subject, since, confidence, kind } = sighting;
    const episode: Episode = { workspace, kind, subject, at: now, since, confidence, dismissed: false };
    episodes ??= { ...known };
    episodes[key] = episode;
    found.push({ ...episode, evidence: sighting.evidence() });
  }
  for (const [key, episode] of Object.entries(known)) {
    if (seen.has(key)) continue;
    episodes ??= { ...known };
    delete episodes[key];
    resolved.push(episode);
  }
  return episodes ?? known;
}

function sightings(detectors: readonly unknown[], now: number, context: PatternContext) {
  const seen = new Map<string, ReturnType<Detector<unknown>['look']>[number] & { kind: PatternKind }>();
  for (const [i, { kind, look }] of DETECTORS.entries()) {
    for (const sighting of look(detectors[i], now, context)) {
      const key = `${kind} ${sighting.subject}`;
      if (!seen.has(key) || (sighting.firm && !seen.get(key)!.firm)) seen.set(key, { ...sighting, kind });
    }
  }
  return seen;
}

function opaque<S>(detector: Detector<S>): Detector<unknown> {
  return detector as unknown as Detector<unknown>;
}
