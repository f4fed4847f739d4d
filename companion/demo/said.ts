import { fileName, type Random, randomInt } from '../kernel/index.ts';
import type { Tone } from '../protocol/index.ts';
import type { Remembered } from './happening.ts';
import type { PlannedCommit } from './history.ts';
import { REPORTERS, REVIEWERS } from './people.ts';
import type { Planned, Stretch } from './schedule.ts';

const MINUTE = 60_000;

/** What is remembered of one thread, besides its notes and decisions. Pure. */
export function saidOf(thread: Planned, commits: readonly PlannedCommit[], random: Random): Remembered[] {
  return recordsOf(thread, commits, random).map((record) => ({ ...record, branch: thread.branch }));
}

function recordsOf(thread: Planned, commits: readonly PlannedCommit[], random: Random): Remembered[] {
  const { stretches, project, n } = thread;
  const [first] = stretches;
  if (!first) return [];
  const pick = <T>(from: readonly T[]): T => from[randomInt(random, from.length)]!;
  const within = ({ from, until }: Stretch, share: number) => Math.round(from + (until - from) * share);
  const second = stretches[1] ?? first;
  const last = stretches.at(-1)!;
  const reviewer = REVIEWERS[project].name;
  const short = lower(thread.title);
  const [main] = thread.files;
  const issue = 200 + n * 7 + randomInt(random, 6);
  const at = (
    stretch: Stretch,
    share: number,
    rest: Omit<Remembered, 'kind' | 'at' | 'project'>,
  ): Remembered => ({
    ...{ kind: 'memory', at: within(stretch, share), project },
    ...rest,
  });
  const chat = (
    stretch: Stretch,
    share: number,
    name: string,
    turns: readonly (readonly [string, string])[],
  ) =>
    turns.map(([author, content], i) =>
      at(stretch, share + i * 0.02, {
        ...{ memory: 'conversation', content, author, session: `demo-${project}-${n}-${name}` },
        ...(author === 'Assistant' && { by: 'companion' }),
      }),
    );
  const bug = thread.branch.startsWith('fix/');
  const report = pick(REPORTERS);
  return [
    at(first, 0.03, {
      ...{ memory: 'episode', author: report, salience: 0.5, tags: ['issue'] },
      content: bug
        ? `Issue ${issue}, from ${report}: ${thread.symptom}`
        : `${capital(report)} asks again (issue ${issue}). ${thread.symptom}`,
    }),
    at(first, 0.22, {
      ...{ memory: 'observation', file: main, tone: 'curious', salience: 0.55 },
      content: `${pick(LOOKED)} ${fileName(main)} for ${short}. ${pick(FOUND_SO_FAR)}`,
    }),
    ...chat(first, 0.4, 'ask', [
      ['Robin', `${pick(OPENERS)}${thread.question}`],
      ['Assistant', thread.answer],
      ['Robin', `${pick(FOLLOW_UPS)} In ${fileName(main)} it looks like this: ${lower(thread.cause)}`],
      ['Assistant', `Then begin there. ${pick(ADVICE)} ${thread.lesson}`],
    ]),
    at(second, 0.2, {
      ...{ memory: 'observation', file: main, tone: 'focused', salience: 0.7, tags: ['cause'] },
      content: `${pick(CAUSES)} ${thread.cause}`,
    }),
    ...stretches.flatMap((stretch, i) =>
      runs(thread, stretch, i, random).map((run) => at(stretch, run.share, run.rest)),
    ),
    ...chat(stretches.at(-2) ?? second, 0.55, 'review', [
      [reviewer, thread.remark],
      ['Robin', pick(REPLIES)],
      [reviewer, `${pick(ENDINGS)} ${pick(NAMED)(fileName(main), short)}`],
    ]),
    at(last, 0.5, {
      ...{ memory: 'observation', file: main, salience: 0.65, tags: ['measured'] },
      content: `${capital(short)}, measured: ${thread.figure}`,
    }),
    at(last, 0.9, {
      ...{ memory: 'observation', salience: 0.8, tags: ['lesson'], tone: pick(GLAD), pinned: n % 9 === 0 },
      content: thread.lesson,
    }),
    ...commits
      .filter((commit) => commit.thread === n && commit.merges === null)
      .map(
        (commit, i): Remembered => ({
          ...{
            kind: 'memory',
            at: commit.at + MINUTE,
            project,
            memory: 'episode',
            by: 'companion',
            author: 'Robin Marsh',
          },
          ...{ file: main, commit: commit.mark, tags: ['commit'], salience: 0.45 },
          content: `${commit.subject}\n\n${i === 0 ? thread.symptom : i === 1 ? thread.cause : thread.fix}`,
        }),
      ),
    ...ending(thread),
  ];
}

function ending({ endsAt, end, branch, project, stretches, fix }: Planned): Remembered[] {
  if (endsAt === null) return [];
  const did = end === 'dropped' ? `Put ${branch} aside` : `Merged ${branch} into main`;
  return [
    {
      ...{ kind: 'memory', at: endsAt, project, memory: 'episode', by: 'companion', salience: 0.6 },
      ...{ tags: [end ?? 'merged'], content: `${did} after ${stretches.length} days. ${fix}` },
    },
  ];
}

/** Runs of the tests as they were noted: red, less red, green. */
function runs(thread: Planned, { day }: Stretch, i: number, random: Random) {
  const { files, project, branch, stretches } = thread;
  const test = files.find((file) => file.startsWith('test/'));
  const rest = { memory: 'episode', by: 'companion', salience: 0.3, tags: ['tests'] } as const;
  const all = { tern: 240, harbor: 310, packrat: 120, handbook: 40 }[project] + day;
  if (!test) {
    const pages = 180 + Math.floor(day / 6);
    const seconds = (20 + randomInt(random, 200)) / 10;
    const content = `Built ${pages} pages of ${branch} in ${seconds} s, ${randomInt(random, 4)} warnings.`;
    return [{ share: 0.7, rest: { ...rest, content } }];
  }
  const ms = (3 + randomInt(random, 60)) / 10;
  const failing = Math.max(1, 5 - 2 * i + randomInt(random, 3));
  const red = {
    share: 0.3,
    rest: {
      ...rest,
      file: test,
      content: `${failing} of ${all} tests failed on ${branch}, the first in ${fileName(test)}: ${lower(thread.title)}. It took ${ms} s.`,
    },
  };
  const green = {
    share: 0.78,
    rest: { ...rest, file: test, content: `All ${all} tests passed on ${branch} in ${ms + 1} s.` },
  };
  return i < stretches.length - 2 ? [red, ...(i > 0 ? [green] : [])] : [green];
}

const GLAD: readonly Tone[] = ['calm', 'focused', 'playful'];
const LOOKED = [
  'Read through',
  'Spent an hour in',
  'Stepped through',
  'Drew a picture of',
  'Put logging into',
  'Went back in the history of',
];
const FOUND_SO_FAR = [
  'It can be reproduced with a file of three lines.',
  'No idea yet; the obvious suspect is innocent.',
  'There are two places that both believe to be responsible.',
  'It has been like this since the first version.',
  'The tests cover the easy half.',
  'A smaller example would help.',
  'It depends on the order, which is a hint.',
  'I expected less code.',
];
const OPENERS = [
  '',
  '',
  'Quick one: ',
  'Before I build something: ',
  'I keep wondering: ',
  'Asked by the tests again: ',
];
const FOLLOW_UPS = [
  'That fits.',
  'Good, thanks.',
  'I was afraid of that.',
  'That is less work than I thought.',
  'So it is not only me.',
];
const ADVICE = [
  'Write the failing test first.',
  'Keep the change in one place.',
  'Measure before and after.',
  'Make the wrong state impossible rather than checked.',
  'Leave the interface as it is.',
];
const CAUSES = [
  'Found it.',
  'The cause, after all:',
  'So this is it.',
  'It is simpler than feared.',
  'Not what I thought.',
  'Two coffees later:',
];
const REPLIES = [
  'Good point, done.',
  'Yes. It is in the next commit.',
  'I tried that first; the test shows why not.',
  'Done, and it found one more.',
  'Agreed, though in a change of its own.',
  'Can do. Tomorrow morning.',
];
const ENDINGS = [
  'Looks good to me now.',
  'Approved.',
  'Fine, merge when green.',
  'Thanks, that was quick.',
  'One thing less.',
];
const NAMED: readonly ((file: string, what: string) => string)[] = [
  (file) => `I only looked at ${file} and its tests.`,
  (_, what) => `I had ${what} on my own list for months.`,
  (file) => `${capital(file)} reads well from top to bottom.`,
  (_, what) => `Please mention ${what} in the notes of the release.`,
  (file) => `Next time we touch ${file} I would split it.`,
];

export function lower(text: string): string {
  // Names such as CRLF, UTF-16 and PDF stay as they are.
  return /^[A-Z][a-z ]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text;
}

export function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
