import type { Archetype, MaskPriorities } from '../protocol/index.ts';
import type { FateMeasures } from './fate-measures.ts';
import { readSignal, type Signal, type SignalName } from './fate-signals.ts';

export type FateChoice = 'preserve' | 'fork' | 'discard';

/** What an adviser without a model says about an open thread. */
export interface FateOpinion {
  /** Null: too little is measured of what it looks at. */
  readonly choice: FateChoice | null;
  /** -1 let it go, 1 keep it; 0 where it abstains. */
  readonly lean: number;
  /** How well the reason is borne out, 0-1: how much of what it looks at was measured, and how far that agrees. */
  readonly logic: number;
  /** One plain sentence. */
  readonly reason: string;
  /** The measures that the reason states. */
  readonly cites: readonly string[];
}

/** What each archetype looks at, and how much it counts to it. The rest is nothing to it. */
const LOOKS: Readonly<Record<Archetype, Readonly<Partial<Record<SignalName, number>>>>> = {
  // Builds: is it a piece of work that somebody who is at it could do now?
  creator: {
    ...{ concrete: 1, lately: 1, authorHere: 1, pace: 0.7, folder: 0.7, short: 0.5, asks: 0.5 },
    ...{ ahead: 1, current: 1, wanted: 1, uncommitted: 0.5 },
  },
  // Analyses: how often do threads of this age, size and kind get done here?
  sage: {
    ...{ young: 1, pace: 1, single: 1, short: 0.7, waits: 0.7, concrete: 0.7, asks: 0.5 },
    ...{ doneInFolder: 0.4, doneLately: 0.4 },
    ...{ ahead: 0.7, behind: 1, scoped: 0.7, wanted: 0.7 },
  },
  // Guards: is it in code that moves, is somebody there who knows it, what would be lost?
  guardian: {
    ...{
      changed: 1,
      pace: 1,
      author: 0.7,
      waits: 0.7,
      alone: 0.5,
      single: 0.5,
      hands: 0.3,
      doneInFolder: 0.3,
    },
    ...{ uncommitted: 1, unpushed: 1, clean: 0.5, failing: 1, wanted: 1 },
  },
  // Connects: who and what else is tied to it?
  weaver: {
    ...{
      hands: 1,
      linked: 1,
      folder: 1,
      doneInFolder: 1,
      doneByAuthor: 0.7,
      around: 0.7,
      alone: 0.5,
      waits: 0.5,
    },
    ...{ ahead: 0.7, behind: 0.7, scoped: 0.5, wanted: 0.5 },
  },
  // Experiments: is it new and moving, or has everybody learned to look past it?
  trickster: {
    ...{ young: 1, around: 1, lately: 0.8, warm: 0.6, changed: 0.5, asks: 0.5, concrete: 0.5, waits: 0.5 },
    ...{ current: 1, ahead: 0.5, behind: 0.5, wanted: 0.4 },
  },
};

/** How far a thread must have spread before an archetype would rather split it than keep it whole, 0-1. */
const SPLITS: Readonly<Record<Archetype, number>> = {
  weaver: 0.5,
  trickster: 0.5,
  creator: 0.6,
  sage: 0.6,
  guardian: 0.75,
};

const OPENS: Readonly<Record<Archetype, Readonly<Record<FateChoice, string>>>> = {
  creator: {
    preserve: 'This can be built on:',
    fork: 'Build it in two parts:',
    discard: 'Nobody is building this:',
  },
  sage: {
    preserve: 'Threads like this get done:',
    fork: 'This is more than one thing:',
    discard: 'Threads like this stay undone:',
  },
  guardian: {
    preserve: 'Keep it safe:',
    fork: 'Split it before it breaks:',
    discard: 'It guards nothing any more:',
  },
  weaver: {
    preserve: 'It is tied to living work:',
    fork: 'It pulls in two directions:',
    discard: 'Little holds it:',
  },
  trickster: {
    preserve: 'This is still moving:',
    fork: 'Let half of it run:',
    discard: 'Everybody walks past it:',
  },
};

/** Weight that must be measured before it speaks, and at which half of what it could know is known. */
const [LEAST, HALF] = [1, 1];
const MOST_NAMED = 3;

interface Heard {
  readonly signal: Signal;
  readonly weight: number;
}

/**
 * What an archetype with these priorities says about the fate of a thread, from what was measured and nothing else.
 * "Preserve" says that it is more likely than is usual to be taken up and done within a year; "discard" that it will
 * still lie there; "fork" that it is alive but has spread. Pure.
 */
export function fateOpinion(
  archetype: Archetype,
  priorities: MaskPriorities,
  measures: FateMeasures,
): FateOpinion {
  const heard = Object.entries(LOOKS[archetype]).flatMap(([name, counts]): Heard[] => {
    const signal = readSignal(name as SignalName, measures);
    return signal ? [{ signal, weight: counts * (0.5 + priorities[signal.concern]) }] : [];
  });
  const known = sum(heard, ({ weight }) => weight);
  if (heard.length < 2 || known < LEAST) {
    return { choice: null, lean: 0, logic: 0, reason: 'Too little is measured to say.', cites: [] };
  }
  const said = sum(heard, ({ signal, weight }) => weight * signal.value);
  const loudness = sum(heard, ({ signal, weight }) => weight * Math.abs(signal.value));
  const lean = said / known;
  const agreement = loudness === 0 ? 0 : Math.abs(said) / loudness;
  const logic = (known / (known + HALF)) * (0.5 + 0.5 * agreement);
  const spread = spreadOf(measures);
  const choice = lean < 0 ? 'discard' : spread && spread.value >= SPLITS[archetype] ? 'fork' : 'preserve';
  const named = mostTelling(heard, lean < 0 ? -1 : 1);
  const clauses = [...(choice === 'fork' ? [spread!.words] : []), ...named.map(({ signal }) => signal.words)];
  return {
    choice,
    lean,
    logic,
    reason: sentence(OPENS[archetype][choice], clauses),
    cites: [
      ...new Set([
        ...(choice === 'fork' ? spread!.cites : []),
        ...named.flatMap(({ signal }) => signal.cites),
      ]),
    ],
  };
}

/** What speaks loudest for the side that it takes. */
function mostTelling(heard: readonly Heard[], side: 1 | -1): Heard[] {
  const strength = ({ signal, weight }: Heard) => side * weight * signal.value;
  const seen = new Set<string>();
  return heard
    .filter((one) => strength(one) >= 0)
    .toSorted((a, b) => strength(b) - strength(a))
    .filter(({ signal }) => {
      // Two readings of one measure would say the same twice.
      const again = signal.cites.some((name) => seen.has(name));
      for (const name of signal.cites) seen.add(name);
      return !again;
    })
    .slice(0, MOST_NAMED);
}

/** How far it has spread: by its drift, or by files or commits that nobody could review at once. */
function spreadOf({ drift, uncommittedFiles, ahead }: FateMeasures) {
  const spreads = [
    { cites: ['drift'], value: drift ?? 0, words: 'it has left its own scope' },
    {
      cites: ['uncommittedFiles'],
      value: (uncommittedFiles ?? 0) / 40,
      words: `it changes ${uncommittedFiles} files at once`,
    },
    { cites: ['ahead'], value: (ahead ?? 0) / 50, words: `it has grown to ${ahead} commits` },
  ];
  return spreads.toSorted((a, b) => b.value - a.value)[0];
}

function sentence(opening: string, clauses: readonly string[]): string {
  const last = clauses.at(-1) ?? 'nothing speaks strongly either way';
  const list = clauses.length > 1 ? `${clauses.slice(0, -1).join(', ')}, and ${last}` : last;
  return `${opening} ${list}.`;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((all, item) => all + of(item), 0);
}
