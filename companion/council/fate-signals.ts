import { count, duration } from '../kernel/index.ts';
import type { MaskPriorities } from '../protocol/index.ts';
import type { FateMeasure, FateMeasures } from './fate-measures.ts';

/** One reading of the measures: -1 speaks for letting the thread go, 1 for keeping it. */
export interface Signal {
  readonly cites: readonly FateMeasure[];
  /** The concern that it belongs to: a mask that cares more about it hears it louder. */
  readonly concern: keyof MaskPriorities;
  readonly value: number;
  /** A clause that can stand after "because" and states the measures. */
  readonly words: string;
}

type Read = (m: FateMeasures) => { readonly value: number; readonly words: string } | null;
interface Rule {
  readonly cites: readonly FateMeasure[];
  readonly concern: keyof MaskPriorities;
  readonly read: Read;
}

const DAY = 24 * 60 * 60 * 1000;
const days = (n: number) => duration(n * DAY);
const times = (n: number) => (n === 1 ? 'once' : `${n} times`);
const percent = (share: number) => `${Math.round(100 * share)} of 100`;

/** Rises with n, is 0 at `middle` and about three quarters of 1 where n is `e^spread` times that. Bounded. */
function rising(n: number, middle: number, spread: number): number {
  return Math.tanh(Math.log((Math.max(0, n) + 1) / (middle + 1)) / spread);
}

function rule<M extends FateMeasure>(
  concern: keyof MaskPriorities,
  measure: M,
  value: (n: number) => number,
  words: (n: number) => string,
): Rule {
  return {
    cites: [measure],
    concern,
    read: (m) => {
      const n = m[measure];
      return n === null ? null : { value: clampOne(value(n)), words: words(n) };
    },
  };
}

/** About one thread in seven is done within a year; a share that far above it speaks for keeping. */
const shareDone = (share: number) => Math.tanh((share - 0.15) / 0.1);

/**
 * What each measure says about whether a thread will be taken up within the year. The middles are what is usual for a
 * to-do comment of a public repository. Rules of work in progress (`uncommitted` and later) hold for branches and changes.
 */
const RULES = {
  young: rule(
    'novelty',
    'ageDays',
    (n) => -rising(n, 700, 1.5),
    (n) => `it is ${days(n)} old`,
  ),
  warm: rule(
    'novelty',
    'idleDays',
    (n) => -rising(n, 60, 1.5),
    (n) => `it was last touched ${days(n)} ago`,
  ),
  changed: rule(
    'value',
    'changes365',
    (n) => rising(n, 5, 1.2),
    (n) => (n === 0 ? 'nothing of it changed in a year' : `its files changed ${times(n)} in a year`),
  ),
  pace: {
    cites: ['changes365', 'fileLines'],
    concern: 'value',
    read: ({ changes365, fileLines }) =>
      changes365 === null || fileLines === null
        ? null
        : {
            value: Math.tanh((Math.log((changes365 + 0.5) / (fileLines + 50)) - Math.log(0.01)) / 1.5),
            words: `its file of ${count(fileLines, 'line')} changed ${times(changes365)} in a year`,
          },
  },
  lately: rule(
    'focus',
    'changes90',
    (n) => rising(n, 1, 1),
    (n) => (n === 0 ? 'nobody changed it this quarter' : `it changed ${times(n)} this quarter`),
  ),
  around: rule(
    'focus',
    'nearbyDays',
    (n) => -rising(n, 400, 1.5),
    (n) => `the lines around it last changed ${days(n)} ago`,
  ),
  fresh: rule(
    'novelty',
    'fileFresh',
    (n) => Math.tanh((n - 0.2) / 0.25),
    (n) => `${percent(n)} lines of its file were written within a year`,
  ),
  folder: rule(
    'focus',
    'folderChanges365',
    (n) => rising(n, 25, 1.5),
    (n) => `its folder changed ${times(n)} in a year`,
  ),
  author: rule(
    'effort',
    'authorIdleDays',
    (n) => -rising(n, 60, 2),
    (n) => `who wrote it last committed ${days(n)} ago`,
  ),
  authorHere: rule(
    'effort',
    'authorHere365',
    (n) => rising(n, 1, 1),
    (n) =>
      n === 0
        ? 'who wrote it did not come back to it in a year'
        : `who wrote it changed it ${times(n)} in a year`,
  ),
  hands: rule(
    'value',
    'hands365',
    (n) => rising(n, 3, 1),
    (n) =>
      n === 0
        ? 'nobody worked on it in a year'
        : `${count(n, 'person worked', 'people worked')} on it in a year`,
  ),
  waits: rule(
    'risk',
    'waits',
    (n) => (n ? 0.7 : -0.2),
    (n) => (n ? 'it waits for something that will come' : 'it waits for nothing in particular'),
  ),
  asks: rule(
    'effort',
    'asks',
    (n) => (n ? -0.7 : 0.1),
    (n) => (n ? 'it asks and does not say what to do' : 'it does not ask'),
  ),
  concrete: rule(
    'effort',
    'concrete',
    (n) => (n ? 0.6 : -0.2),
    (n) => (n ? 'it says what is to be done' : 'it does not say what is to be done'),
  ),
  short: rule(
    'effort',
    'words',
    (n) => -rising(n, 8, 1),
    (n) => `it takes ${count(n, 'word')} to say`,
  ),
  linked: rule(
    'value',
    'links',
    (n) => (n > 0 ? 0.5 : -0.05),
    (n) => (n > 0 ? `${count(n, 'link leads', 'links lead')} from it` : 'nothing is linked to it'),
  ),
  alone: rule(
    'focus',
    'siblings',
    (n) => -rising(n, 2, 1.5),
    (n) =>
      n === 0
        ? 'it is the only thread there'
        : `${count(n, 'other thread waits', 'other threads wait')} there`,
  ),
  single: rule(
    'effort',
    'bornWith',
    (n) => -rising(n, 2, 1.5),
    (n) => (n === 0 ? 'it was noted by itself' : `it was noted together with ${count(n, 'other')}`),
  ),
  doneLately: rule(
    'risk',
    'doneLately',
    shareDone,
    (n) => `${percent(n)} threads here were done in the last year that is known`,
  ),
  doneAtAge: rule(
    'risk',
    'doneAtAge',
    shareDone,
    (n) => `${percent(n)} threads of its age were done within a year here`,
  ),
  doneByAuthor: rule(
    'effort',
    'doneByAuthor',
    shareDone,
    (n) => `${percent(n)} threads of its author were done within a year`,
  ),
  doneInFolder: rule(
    'value',
    'doneInFolder',
    shareDone,
    (n) => `${percent(n)} threads in its folder were done within a year`,
  ),

  uncommitted: rule(
    'risk',
    'uncommittedFiles',
    (n) => (n === 0 ? -0.2 : 0.6),
    (n) =>
      n === 0
        ? 'nothing of it is uncommitted'
        : `${count(n, 'file has', 'files have')} changes that exist nowhere else`,
  ),
  unpushed: rule(
    'risk',
    'unpushed',
    (n) => (n === 0 ? -0.2 : 0.6),
    (n) =>
      n === 0 ? 'all of it is pushed' : `${count(n, 'commit exists', 'commits exist')} on this machine only`,
  ),
  ahead: rule(
    'value',
    'ahead',
    (n) => (n === 0 ? -0.9 : rising(n, 1, 1.5)),
    (n) => (n === 0 ? 'it adds nothing to its base' : `it is ${count(n, 'commit')} ahead`),
  ),
  behind: rule(
    'effort',
    'behind',
    (n) => -rising(n, 30, 1.5),
    (n) => `it is ${count(n, 'commit')} behind its base`,
  ),
  clean: rule(
    'risk',
    'conflicts',
    (n) => (n === 0 ? 0.1 : -0.5),
    (n) => (n === 0 ? 'nothing is in conflict' : `${count(n, 'file is', 'files are')} in conflict`),
  ),
  current: rule(
    'focus',
    'current',
    (n) => (n ? 0.9 : -0.1),
    (n) => (n ? 'it is what is worked on now' : 'something else is worked on'),
  ),
  failing: rule(
    'risk',
    'failingTests',
    (n) => (n === 0 ? 0 : 0.6),
    (n) => (n === 0 ? 'no test fails there' : `${count(n, 'test fails', 'tests fail')} there`),
  ),
  wanted: rule(
    'value',
    'priority',
    (n) => 1.6 * (n - 0.5),
    (n) =>
      n > 0.75
        ? 'it was given a high priority'
        : n < 0.25
          ? 'it was given a low priority'
          : 'its priority is normal',
  ),
  scoped: rule(
    'focus',
    'drift',
    (n) => 0.3 - n,
    (n) => (n < 0.4 ? 'it kept to its scope' : 'it has left its own scope'),
  ),
} as const satisfies Record<string, Rule>;

export type SignalName = keyof typeof RULES;

/** What one rule reads in the measures; null where they are missing. Pure. */
export function readSignal(name: SignalName, measures: FateMeasures): Signal | null {
  const { cites, concern, read } = RULES[name] as Rule;
  const found = read(measures);
  return found && { cites, concern, ...found };
}

function clampOne(n: number): number {
  return Math.min(1, Math.max(-1, n));
}
