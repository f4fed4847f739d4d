import { type Random, randomInt, seededRandom } from '../kernel/index.ts';
import { calendarOf, type Day } from './calendar.ts';
import { type Errand, errands } from './errands.ts';
import type { Happening } from './happening.ts';
import { historyOf, type PlannedCommit } from './history.ts';
import type { ProjectName } from './life-types.ts';
import { NAMES, roundsOf } from './rounds.ts';
import { lower, saidOf } from './said.ts';
import { type Planned, scheduleOf } from './schedule.ts';
import { smallOf } from './small.ts';

/** Half a year of a developer's life, up to a time. */
export interface Life {
  /** The time up to which it was lived. */
  readonly until: number;
  readonly days: readonly Day[];
  readonly threads: readonly Planned[];
  readonly errands: readonly Errand[];
  readonly commits: Readonly<Record<ProjectName, readonly PlannedCommit[]>>;
  /** Oldest first. */
  readonly happenings: readonly Happening[];
}

const SEED = 20_260;
const MINUTE = 60_000;

/** The same `now` gives the same life. Pure. */
export function lifeUntil(now: number): Life {
  const random = seededRandom(SEED);
  const days = calendarOf(now, random);
  const threads = scheduleOf(days, random);
  const of = (name: ProjectName) => historyOf(name, threads, days, random);
  const commits = {
    tern: of('tern'),
    harbor: of('harbor'),
    packrat: of('packrat'),
    handbook: of('handbook'),
  };
  const all = NAMES.flatMap((name) => commits[name]);
  const happenings: Happening[] = [
    ...threads.flatMap((thread) => workOn(thread, random)),
    ...threads.flatMap((thread) => saidOf(thread, commits[thread.project], random)),
    ...roundsOf(days, threads, all, random),
    ...smallOf(days, random),
    ...all
      .filter(({ at }) => at >= days[0]!.midnight)
      .map(({ at, project, mark }): Happening => ({ kind: 'commit', at, project, mark })),
    ...errands.flatMap((errand, n) => errandOf(errand, n, days)),
    ...days.flatMap((day, i) => looks(day, i, threads)),
  ];
  const past = happenings.filter(({ at }) => at < now - MINUTE).sort((a, b) => a.at - b.at);
  return { until: now, days, threads, errands, commits, happenings: past };
}

/** Edits, tests, notes, the decision: a thread as the editor sees it. */
function workOn(thread: Planned, random: Random): Happening[] {
  const { n, files, stretches, project } = thread;
  const [first] = stretches;
  if (!first) return [];
  const [main] = files;
  const test = files.find((file) => file.startsWith('test/'));
  const begin: Happening[] = [
    { kind: 'begin', at: first.from, thread: n },
    { kind: 'note', at: first.from + 6 * MINUTE, thread: n, text: thread.symptom, file: main },
  ];
  const work = stretches.flatMap(({ from, until }, i): Happening[] => {
    // Most is done in the morning.
    const early = new Date(from).getHours() < 11;
    const steps = Math.max(3, Math.floor((until - from) / ((early ? 9 : 30) * MINUTE)));
    const at = (share: number) => Math.round(from + (until - from) * share);
    const edits = Array.from({ length: steps }, (_, k): Happening => {
      // Whoever fixes writes the test first.
      const first = test !== undefined && thread.branch.startsWith('fix/') && k < 2 && i === 0;
      const file = first ? test : files[k % 3 === 2 ? (k + i) % files.length : 0]!;
      const size = 900 + 40 * n + 120 * i + 25 * k + randomInt(random, 20);
      return { kind: 'edit', at: at((k + 0.6) / (steps + 1)), thread: n, file, size };
    });
    const isLast = i === stretches.length - 1;
    const runs: Happening[] = test
      ? [
          { kind: 'test', at: at(0.32), thread: n, passed: isLast },
          { kind: 'test', at: at(0.8), thread: n, passed: i > 0 || randomInt(random, 3) > 0 },
        ]
      : [];
    const next = thread.commits[i];
    const later = i > 0 && !isLast && next !== undefined && (n + i) % 2 === 0;
    return [
      { kind: 'focus', at: from - MINUTE, project, focused: true },
      ...edits,
      ...runs,
      ...(later
        ? [{ kind: 'note', at: until - 2 * MINUTE, thread: n, text: `Next: ${lower(next)}.` } as const]
        : []),
      { kind: 'focus', at: until + MINUTE, project, focused: false },
    ];
  });
  const middle = stretches[Math.floor(stretches.length / 2)]!;
  const more: Happening[] = [
    ...(thread.decision ? [{ kind: 'decide', at: middle.from + 40 * MINUTE, thread: n } as const] : []),
    ...(n % 3 === 0
      ? [{ kind: 'note', at: middle.from + 70 * MINUTE, thread: n, text: concern(thread) } as const]
      : []),
    ...(thread.endsAt === null ? [] : [{ kind: 'end', at: thread.endsAt, thread: n } as const]),
  ];
  return [...begin, ...work, ...more];
}

/** A longer thought on what is at stake. */
function concern({ lesson, figure, n, title }: Planned): string {
  const thoughts = [
    `What could break here, and how would we lose data? ${lesson} Keep a backup and a way back until this has run for a week.`,
    `Is ${lower(title)} worth the time and the upkeep? ${figure} The simple way costs a day, the thorough one a week of maintenance.`,
    `An experiment, before habit decides: try the new, odd idea for a day. ${lesson}`,
    `Users would have something of it at once. ${figure} Value first, polish later.`,
    `Too much is begun and not finished. Finish ${lower(title)} before anything new; focus, one thing.`,
  ];
  return thoughts[(n / 3) % thoughts.length]!;
}

function errandOf({ share, days: length, end }: Errand, n: number, days: readonly Day[]): Happening[] {
  const first = Math.floor(share * (days.length - 1));
  const at = (day: number, minutes: number) =>
    days[Math.min(day, days.length - 1)]!.midnight + minutes * MINUTE;
  const open: Happening = { kind: 'errand', at: at(first, 9 * 60 + 20 + (n % 7) * 9), n, what: 'open' };
  if (end === undefined || length === undefined) return [open];
  return [open, { kind: 'errand', at: at(first + length, 15 * 60 + (n % 5) * 11), n, what: end }];
}

/** Folders are read at the end of a day on which something was done in them. */
function looks({ until, from }: Day, i: number, threads: readonly Planned[]): Happening[] {
  if (until === from) return [];
  return NAMES.filter((name) =>
    threads.some(
      ({ project, stretches }) => project === name && stretches.some(({ day }) => day === i || day === i - 1),
    ),
  ).map((project, k): Happening => ({ kind: 'look', at: until + (3 + k) * MINUTE, project }));
}
