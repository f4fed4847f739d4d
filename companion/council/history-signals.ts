import { count, duration } from '../kernel/index.ts';
import { type Rule, rising, rule } from './signal-rule.ts';

const DAY = 24 * 60 * 60 * 1000;
const days = (n: number) => duration(n * DAY);
const times = (n: number) => (n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`);
const percent = (share: number) => `${Math.round(100 * share)} of 100`;

/** About one thread in seven is done within a year; a share that far above it speaks for keeping. */
const shareDone = (share: number) => Math.tanh((share - 0.15) / 0.1);

/**
 * What age, changes, people, words and fates of the past say about whether a thread will be taken up within the year.
 * The middles are what is usual for a to-do comment of a public repository.
 */
export const HISTORY = {
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
} as const satisfies Record<string, Rule>;
