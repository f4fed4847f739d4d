import type { Archetype, MaskPriorities } from '../protocol/index.ts';
import { type FateChoice, LOOKS, OPENS, SPLITS } from './fate-looks.ts';
import type { FateMeasures } from './fate-measures.ts';
import { readSignal, type Signal, type SignalName } from './fate-signals.ts';

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

/** Weight that must be measured before it speaks, and at which half of what it could know is known. */
const [LEAST, HALF] = [1, 1];
const MOST_NAMED = 3;
/** What says less than this is not worth naming. */
const FAINT = 0.1;

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
    .filter(({ signal }) => side * signal.value >= FAINT)
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
