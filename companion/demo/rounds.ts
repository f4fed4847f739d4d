import { count, type Random, randomInt } from '../kernel/index.ts';
import { DAYS, type Day } from './calendar.ts';
import type { Remembered } from './happening.ts';
import type { PlannedCommit } from './history.ts';
import type { ProjectName } from './life-types.ts';
import { projects } from './projects.ts';
import { capital, lower } from './said.ts';
import type { Planned } from './schedule.ts';

const HOUR = 60 * 60_000;
const NAMES: readonly ProjectName[] = ['tern', 'harbor', 'packrat', 'handbook'];

/** What comes round whatever one works on: ends of days, weekly meetings, releases of the service, numbers, facts. Pure. */
export function roundsOf(
  days: readonly Day[],
  threads: readonly Planned[],
  commits: readonly PlannedCommit[],
  random: Random,
): Remembered[] {
  return [
    ...days.flatMap((day, i) => endOfDay(day, i, threads, commits, random)),
    ...days.flatMap((day, i) =>
      new Date(day.midnight).getDay() === 1 ? meeting(day, i, threads, random) : [],
    ),
    ...days.flatMap((day, i) => (new Date(day.midnight).getDay() === 5 ? numbers(day, i, random) : [])),
    ...days.flatMap((day, i) => deployment(day, i, days, random)),
    ...factsOf(days),
  ];
}

function endOfDay(
  day: Day,
  i: number,
  threads: readonly Planned[],
  commits: readonly PlannedCommit[],
  random: Random,
): Remembered[] {
  const today = threads.filter(({ stretches }) => stretches.some((stretch) => stretch.day === i));
  if (today.length === 0) return [];
  const made = commits.filter(
    ({ at, author }) =>
      at >= day.midnight && at < day.midnight + 24 * HOUR && author.name.startsWith('Robin'),
  );
  const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long' }).format(day.midnight);
  const parts = today.map((thread) => `${lower(thread.title)} (${thread.project})`);
  const tomorrow = threads.find(
    ({ stretches, endsAt }) => endsAt !== null && stretches.some((stretch) => stretch.day === i + 1),
  );
  const end = tomorrow ? ` Tomorrow: ${lower(tomorrow.title)}.` : '';
  const mood =
    day.kind === 'crunch'
      ? 'weary'
      : (['calm', 'focused', 'curious', 'playful'] as const)[randomInt(random, 4)]!;
  return [
    {
      ...{
        kind: 'memory',
        at: day.until - 2 * 60_000,
        project: today[0]!.project,
        memory: 'observation',
        tone: mood,
      },
      ...{ salience: 0.4, tags: ['day'] },
      content: `${weekday}: ${parts.join(', then ')}. ${capital(count(made.length, 'commit'))}${day.kind === 'crunch' ? ', and too much coffee' : ''}.${end}`,
    },
  ];
}

const TOPICS = [
  'Maya wants the release notes a day before the release, not after.',
  'We keep one on-call week each; mine is the second.',
  'Ines reviews tern on Tuesdays and Thursdays from now on.',
  'The season opens in three weeks; nothing risky in harbor until then.',
  'Tomas counts 14 questions about installing. The guide comes first.',
  'No new features in tern before 2.0 is out.',
  'Who adds a setting writes its sentence in the handbook.',
  'Flaky tests are fixed on the day they are seen, or deleted.',
  'We try a quiet Wednesday without meetings.',
  'Postgres 16 on a Tuesday morning; Maya holds the rollback.',
  'The quiet Wednesday stays.',
  'Two volunteers for German pages. Tomas shows them around.',
  'Everybody takes one old issue a week.',
  'The budget for the second server is approved.',
  'Numbers after the release are good; the next one may be small.',
  'Ines is away for two weeks. Security reports come to me.',
  'The board decides about SMS in its next meeting.',
  'packrat gets a 1.0 before it gets a logo.',
] as const;

function meeting(day: Day, i: number, threads: readonly Planned[], random: Random): Remembered[] {
  if (day.until === day.from) return [];
  const week = Math.floor(i / 7);
  const coming = threads.filter(({ stretches }) =>
    stretches.some((stretch) => stretch.day >= i && stretch.day < i + 7),
  );
  const session = `demo-monday-${week}`;
  const at = (n: number) => day.from + (70 + n * 4) * 60_000;
  const row = (n: number, author: string, content: string): Remembered => ({
    ...{
      kind: 'memory',
      at: at(n),
      project: coming[0]?.project ?? 'harbor',
      memory: 'conversation',
      content,
      author,
      session,
    },
    ...{ tags: ['monday'] },
  });
  const plans = coming.slice(0, 3).map(({ title }) => lower(title));
  return [
    row(0, 'Robin', `This week: ${plans.join('; ') || 'nothing new, only what is begun'}.`),
    row(1, 'Maya', HARBOR_NEWS[(week * 5 + 1) % HARBOR_NEWS.length]!(20 + randomInt(random, 70))),
    row(2, 'Ines', TERN_NEWS[(week * 3 + 2) % TERN_NEWS.length]!(2 + randomInt(random, 9))),
    row(3, 'Robin', TOPICS[week % TOPICS.length]!),
  ];
}

const HARBOR_NEWS: readonly ((n: number) => string)[] = [
  (n) => `The server was bored: ${n} % of its memory at the busiest minute.`,
  (n) => `${n} members booked for the first time last week.`,
  (n) => `Backups ran every night; the last took ${n} s.`,
  (n) => `The slowest page took ${n * 11} ms, it is the calendar again.`,
  (n) => `${n} mails bounced, most of them from one domain.`,
  (n) => `I restored a backup on my machine: ${n} min, no surprises.`,
  (n) => `Disk is at ${n} %. Old exports can go.`,
];
const TERN_NEWS: readonly ((n: number) => string)[] = [
  (n) => `${n} new issues in tern, all but one about encodings.`,
  (n) => `I closed ${n} issues that 1.9 had fixed already.`,
  (n) => `${n} people asked for typed columns. I said that it is planned.`,
  (n) => `A pull request from outside: ${n} samples from a ticket machine.`,
  (n) => `The bench is noisy on the new runner, up to ${n} %.`,
];

function numbers(day: Day, i: number, random: Random): Remembered[] {
  const share = i / DAYS;
  const wave = 1 + (randomInt(random, 90) - 45) / 1000;
  const rows: readonly (readonly [ProjectName, string])[] = [
    [
      'tern',
      `tern was downloaded ${Math.round((41_000 + 19_000 * share) * wave).toLocaleString('en-GB')} times this week.`,
    ],
    [
      'packrat',
      `packrat was downloaded ${Math.round((900 + 2_100 * share) * wave).toLocaleString('en-GB')} times this week.`,
    ],
    [
      'harbor',
      `harbor took ${Math.round((310 + 260 * share) * wave)} bookings this week, ${3 + randomInt(random, 9)} of them from the waiting list.`,
    ],
    [
      'handbook',
      `The handbook had ${Math.round((2_400 + 1_300 * share) * wave).toLocaleString('en-GB')} readers this week; most came for ${PAGES[i % PAGES.length]}.`,
    ],
  ];
  return rows.map(([project, content], n) => ({
    ...{
      kind: 'memory',
      at: day.midnight + 16 * HOUR + n * 20_000,
      project,
      memory: 'episode',
      content,
      by: 'companion',
    },
    ...{ salience: 0.25, tags: ['numbers'] },
  }));
}

const PAGES = [
  'the first page',
  'dialects',
  'the guide for 2.0',
  'rules of packrat',
  'the calendar feed',
  'encodings',
] as const;

/** harbor goes out once a week, on Fridays and later on Tuesdays. */
function deployment(day: Day, i: number, days: readonly Day[], random: Random): Remembered[] {
  const weekday = new Date(day.midnight).getDay();
  const friday = i < days.length * 0.45;
  if (day.until === day.from || weekday !== (friday ? 5 : 2)) return [];
  const version = `0.${31 + Math.floor(i / 18)}.${i % 18}`;
  const at = day.from + 5 * HOUR;
  const trouble = randomInt(random, 6) === 0;
  const row = (after: number, content: string): Remembered => ({
    ...{
      kind: 'memory',
      at: at + after * 60_000,
      project: 'harbor',
      memory: 'episode',
      content,
      by: 'companion',
      tags: ['release'],
    },
    salience: trouble ? 0.6 : 0.3,
  });
  const took = 40 + randomInt(random, 50);
  return [
    row(0, `Released harbor ${version}; the new processes were ready after ${took} s.`),
    row(
      20,
      trouble
        ? `Rolled harbor ${version} back: ${TROUBLES[i % TROUBLES.length]}.`
        : `harbor ${version}: no errors in the first twenty minutes, slowest request ${took * 7} ms.`,
    ),
  ];
}

const TROUBLES = [
  'the health check asked the old address',
  'one process kept the old settings',
  'a migration waited for a lock and gave up, as it should',
  'mails went out without a subject',
] as const;

function factsOf(days: readonly Day[]): Remembered[] {
  return projects.flatMap(({ name, facts }) =>
    facts.flatMap(({ about, held }, n) =>
      held.map(({ from, text }): Remembered => {
        const day = days[Math.floor(from * (days.length - 1))]!;
        return {
          ...{
            kind: 'memory',
            at: day.midnight + (10 + n) * HOUR,
            project: name,
            memory: 'fact',
            content: text,
            about,
          },
          ...{ salience: 0.8, tags: ['fact'], pinned: about.endsWith('release') },
        };
      }),
    ),
  );
}

export { NAMES };
