import { type Random, randomInt } from '../kernel/index.ts';
import type { Day } from './calendar.ts';
import type { Remembered } from './happening.ts';
import type { ProjectName } from './life-types.ts';
import { INES, MAYA, REPORTERS, TOMAS } from './people.ts';

type Small = readonly [
  ProjectName,
  'issue' | 'mail' | 'ops' | 'read' | 'idea' | 'asked',
  (n: number, who: string) => string,
];

/** The small things of a working day. `n`: a number below 100; `who`: somebody. */
const SMALL: readonly Small[] = [
  [
    'tern',
    'issue',
    (n, who) =>
      `Issue ${300 + n}: ${who} has a file with ${n + 2} header rows. Answered with skipRows, and noted that the option is hard to find.`,
  ],
  [
    'tern',
    'issue',
    (n, who) =>
      `Issue ${420 + n}: ${who} expects null for empty fields. Both readings are sensible; an option it is.`,
  ],
  [
    'tern',
    'issue',
    (n) =>
      `Closed issue ${180 + n} as a duplicate. That makes ${2 + (n % 9)} people with the same tab-separated export.`,
  ],
  [
    'tern',
    'issue',
    (n, who) =>
      `${who} sends a sample with ${n * 40} columns. It reads, slowly: most time goes into the header.`,
  ],
  [
    'tern',
    'asked',
    (n) => `Asked whether tern may write a BOM. It may since 1.${n % 9}; the page does not say so.`,
  ],
  [
    'tern',
    'asked',
    (_, who) => `${who} wonders whether a trailing delimiter makes one more field. It does, as the RFC says.`,
  ],
  [
    'tern',
    'idea',
    (n) =>
      `Idea: keep the raw text of a row beside its fields. Costs some ${5 + (n % 20)} % memory, would make error reports much better.`,
  ],
  [
    'tern',
    'idea',
    () => 'Idea: a command line for tern that shows the dialect and the first rows of a file.',
  ],
  [
    'tern',
    'read',
    (n) =>
      `Read about SIMD in CSV parsers: ${2 + (n % 6)} GB/s, in C++, for files without quotes. Quotes are the whole difficulty.`,
  ],
  [
    'tern',
    'read',
    (n) => `Read the changes of Node ${20 + (n % 5)}: TextDecoder is faster for UTF-8, nothing for UTF-16.`,
  ],
  [
    'tern',
    'ops',
    (n) => `Bench on the new runner: ${118 + n} MB/s for quoted, ${240 + n} MB/s for plain text.`,
  ],
  ['tern', 'ops', (n) => `Package size: ${30 + (n % 9)}.${n % 10} kB minified, below the limit of 40.`],
  [
    'tern',
    'mail',
    (n, who) =>
      `${who} thanks for the row numbers in warnings. They found ${n} broken rows in an export nobody had looked at for years.`,
  ],
  [
    'tern',
    'mail',
    (n) =>
      `A student writes a thesis about delimited text and asks for the sample set. Sent ${n + 300} files without names in them.`,
  ],
  [
    'tern',
    'issue',
    (n) =>
      `Issue ${510 + n}: a pipe as delimiter and pipes in quotes. Works; added it to the samples anyway.`,
  ],
  [
    'tern',
    'asked',
    (_, who) =>
      `${who} asks for comments in files (lines that begin with #). Not in the format, but half of all statistics offices do it.`,
  ],
  [
    'harbor',
    'mail',
    (n, who) =>
      `${who} could not book for Sunday ${n % 2 ? 'morning' : 'evening'}: the boat was locked for repairs. The page should say so.`,
  ],
  ['harbor', 'mail', (n) => `The second club wants ${2 + (n % 5)} boats per booking for training camps.`],
  [
    'harbor',
    'mail',
    (n, who) =>
      `${who} asks to see who has the boat after them. Only first names, says the board. ${n % 3 === 0 ? 'Fair.' : 'To be decided.'}`,
  ],
  ['harbor', 'ops', (n) => `Backup restored on the test machine: ${380 + n} MB in ${30 + (n % 40)} s.`],
  ['harbor', 'ops', (n) => `Certificate renewed by itself; ${60 + (n % 29)} days left.`],
  [
    'harbor',
    'ops',
    (n) =>
      `Slow query of the day: bookings of a season by boat, ${200 + n * 4} ms. The index on boat alone does not help it.`,
  ],
  [
    'harbor',
    'ops',
    (n) => `${n} failed sign-ins from one address within ${3 + (n % 20)} minutes. The limit held.`,
  ],
  ['harbor', 'ops', (n) => `Vacuum ran for ${n + 4} s on bookings and freed ${n * 3} MB.`],
  ['harbor', 'ops', (n) => `Mail: ${1200 + n * 7} sent this week, ${n % 14} bounced.`],
  [
    'harbor',
    'asked',
    (n, who) =>
      `${who} asks why a booking needs a phone number. It does not since version 0.${30 + (n % 8)}; the form is old.`,
  ],
  [
    'harbor',
    'asked',
    () => 'May guests row without an account? The insurance says no. Wrote it into the questions page.',
  ],
  [
    'harbor',
    'idea',
    (n) =>
      `Idea: show the water level of the river at the booking. The office publishes it every ${5 + 5 * (n % 3)} minutes.`,
  ],
  ['harbor', 'idea', () => 'Idea: let coaches copy last week with one click. Half of their bookings repeat.'],
  [
    'harbor',
    'read',
    (n) => `Read the notes of Postgres 16.${n % 9}: nothing that concerns exclusion constraints.`,
  ],
  [
    'harbor',
    'read',
    () =>
      'Read how another booking service handles no-shows: a hint at the next booking, no fines. Sounds like the club.',
  ],
  [
    'harbor',
    'issue',
    (n, who) =>
      `${who}: the calendar shows ${n % 2 ? 'Monday' : 'Sunday'} as the first day of the week, whatever the browser says.`,
  ],
  [
    'harbor',
    'issue',
    (n) => `A booking of ${n % 12} minutes could be made by dragging too short. Thirty is the least now.`,
  ],
  [
    'harbor',
    'issue',
    (_, who) =>
      `${who} was signed out while filling in the damage report and lost it. The draft should stay in the browser.`,
  ],
  [
    'packrat',
    'issue',
    (n, who) =>
      `Issue ${60 + n}: ${who} wants ~ in paths of rules. Took ${5 + (n % 20)} minutes, should have been there from the start.`,
  ],
  [
    'packrat',
    'issue',
    (n) =>
      `Issue ${110 + n}: on Windows a path of ${250 + n} characters fails. Long path support has to be asked for.`,
  ],
  [
    'packrat',
    'issue',
    (n, who) =>
      `${who} ran packrat on / by mistake. Nothing happened, as the plan had ${n * 1000} moves and they read the first line.`,
  ],
  [
    'packrat',
    'asked',
    (n, who) =>
      `${who} asks for rules by the date in a photo. Reading EXIF means ${1 + (n % 3)} more dependencies. Not before 1.0.`,
  ],
  [
    'packrat',
    'asked',
    () =>
      'Can rules be shared in a team? A file in a repository works; paths differ, so variables would be good.',
  ],
  [
    'packrat',
    'mail',
    (n, who) =>
      `${who} freed ${n + 3} GB on an old laptop and sends a picture of it. The laptop, not the disk.`,
  ],
  [
    'packrat',
    'mail',
    (n) =>
      `A maintainer of a distribution packages packrat and asks for a manual page. ${n % 2 ? 'Tomas has one half done.' : 'To be made from the help text.'}`,
  ],
  [
    'packrat',
    'idea',
    (n) => `Idea: packrat explain FILE tells which rule caught it and why. Some ${40 + n} lines.`,
  ],
  [
    'packrat',
    'idea',
    () => 'Idea: after ten runs without undo, offer to run without asking. After the first undo, ask again.',
  ],
  [
    'packrat',
    'ops',
    (n) => `Startup takes ${40 + (n % 30)} ms, of which ${20 + (n % 15)} are the YAML parser.`,
  ],
  [
    'packrat',
    'ops',
    (n) => `Ran on my own downloads: ${n} files moved, ${n % 5} left alone as they were open.`,
  ],
  [
    'packrat',
    'read',
    () => 'Read how a file sync tool finds out that a file is complete: it waits and hopes, like everybody.',
  ],
  [
    'packrat',
    'read',
    (n) =>
      `Read about case-insensitive file systems. APFS keeps the case and ignores it; ${n} of my tests assume otherwise.`,
  ],
  [
    'handbook',
    'mail',
    (n, who) => `${who} found ${1 + (n % 4)} typos on the page about installing and sent a patch. Merged.`,
  ],
  [
    'handbook',
    'asked',
    (n) =>
      `Third question this month about proxies (${n} words of answer). Belongs on the page about installing.`,
  ],
  [
    'handbook',
    'asked',
    (_, who) =>
      `${who} did not find the list of options: it is called "dialects", and nobody searches for that.`,
  ],
  [
    'handbook',
    'ops',
    (n) => `Search words without a result this week: ${n + 3}. The first: "${WORDS[n % WORDS.length]}".`,
  ],
  ['handbook', 'ops', (n) => `The build made ${180 + (n % 40)} pages with ${n % 3} warnings.`],
  ['handbook', 'idea', () => 'Idea: an example for every option that can be run in the page.'],
  [
    'handbook',
    'idea',
    (n) => `Idea: end each guide with the ${2 + (n % 3)} questions that people asked after it.`,
  ],
  [
    'handbook',
    'read',
    () =>
      'Read a guide on writing for people in a hurry: the result first, the reason after, the history never.',
  ],
  [
    'handbook',
    'read',
    (n) => `Watched somebody read the guide: they skipped ${n % 9} paragraphs and copied every code block.`,
  ],
];

const MORE: readonly Small[] = [
  [
    'tern',
    'issue',
    (n, who) =>
      `Issue ${640 + n}: ${who} reads 3 columns of ${n + 20} and pays for all of them. Selecting columns would help.`,
  ],
  [
    'tern',
    'issue',
    (n) =>
      `Issue ${700 + n}: numbers such as 1.${n}E+5 come from a spreadsheet that "helped". Not ours to undo.`,
  ],
  [
    'tern',
    'issue',
    (n, who) =>
      `${who} attaches a file whose last row has ${n + 1} fields too few. It is a truncated download; the warning says "unexpected end".`,
  ],
  [
    'tern',
    'mail',
    (n, who) =>
      `${who} moved ${n + 12} scripts from another parser to tern and lists what was unclear. Four things, all in the guide now.`,
  ],
  [
    'tern',
    'mail',
    (n) => `A newspaper uses tern for election results: ${n * 900} rows a minute on the evening.`,
  ],
  [
    'tern',
    'asked',
    (n) => `May tern be used in a browser? It may, ${26 + (n % 9)} kB. The page only spoke of Node.`,
  ],
  [
    'tern',
    'asked',
    (n, who) => `${who} asks how to write Excel's "sep=;" line. Answered; the ${n + 3}rd time this year.`,
  ],
  [
    'tern',
    'idea',
    (n) =>
      `Idea: warn when more than ${5 + (n % 20)} % of the rows have another number of fields; the delimiter is wrong then.`,
  ],
  ['tern', 'ops', (n) => `Fuzzed for ${n + 8} minutes: ${(n + 3) * 14_000} inputs, nothing new.`],
  ['tern', 'ops', (n) => `CI took ${3 + (n % 6)} min ${n % 60} s; half of it is installing.`],
  [
    'tern',
    'read',
    (n) =>
      `Read ${2 + (n % 5)} pages of RFC 4180 again. It describes what programs did in ${1990 + (n % 15)}, no more.`,
  ],
  [
    'harbor',
    'mail',
    (n, who) =>
      `${who} sends a photo of the notice board: ${n % 9} bookings by pencil. Somebody does not trust the page yet.`,
  ],
  [
    'harbor',
    'mail',
    (n) =>
      `Club three asks for an export of ${n + 40} members for the insurance. Sent; the list leaves out phone numbers.`,
  ],
  [
    'harbor',
    'mail',
    (n, who) =>
      `${who} rowed ${n} km this month and asks whether harbor could count. A logbook is another product.`,
  ],
  ['harbor', 'ops', (n) => `Queue at noon: ${n} jobs, oldest ${1 + (n % 30)} s.`],
  ['harbor', 'ops', (n) => `Memory of the web processes after a week: ${140 + n} MB, flat.`],
  ['harbor', 'ops', (n) => `Deleted ${n * 11} sessions that nobody used for 90 days.`],
  ['harbor', 'ops', (n) => `Opened ${1 + (n % 4)} ports less: the old monitoring is gone.`],
  [
    'harbor',
    'issue',
    (n) =>
      `The eight "Alster" was booked for ${n % 7} people. A crew that is too small gets a hint now, no refusal.`,
  ],
  [
    'harbor',
    'issue',
    (n, who) =>
      `${who} books from a phone of ${2014 + (n % 5)}: the date field falls back to text and takes "tomorrow" for an error.`,
  ],
  [
    'harbor',
    'issue',
    (n) => `${1 + (n % 6)} bookings lie beyond the season. The season's end was moved after they were made.`,
  ],
  [
    'harbor',
    'asked',
    (n, who) =>
      `${who} asks for a rule: no more than ${1 + (n % 3)} boats per member and day. Clubs differ, so it is a setting.`,
  ],
  [
    'harbor',
    'asked',
    (n) =>
      `How long are bookings kept? ${2 + (n % 4)} years said the old page, the law says less. Asked the board.`,
  ],
  [
    'harbor',
    'idea',
    (n) =>
      `Idea: after a storm warning, ask everybody with a booking within ${6 + (n % 12)} hours whether they still come.`,
  ],
  [
    'harbor',
    'idea',
    (n) => `Idea: a screen for the boathouse that shows the next ${4 + (n % 6)} departures.`,
  ],
  [
    'harbor',
    'read',
    (n) => `Read a postmortem about a queue: ${n} minutes of silence because the alarm used the same queue.`,
  ],
  [
    'packrat',
    'issue',
    (n, who) =>
      `Issue ${160 + n}: ${who} has ${n * 310} files of zero bytes. They are duplicates of each other, strictly speaking.`,
  ],
  [
    'packrat',
    'issue',
    (n) => `Issue ${230 + n}: a rule with a trailing space matches nothing. Trimmed, with a warning.`,
  ],
  [
    'packrat',
    'issue',
    (n, who) =>
      `${who} wants to keep the newest ${2 + (n % 6)} versions of a file. A condition on age and rank could say it.`,
  ],
  ['packrat', 'mail', (n, who) => `${who} wrote about packrat in a newsletter: ${n * 12} visits in a day.`],
  [
    'packrat',
    'asked',
    (n) =>
      `Does packrat look into archives? No. ${n % 2 ? 'Perhaps one day as a report.' : 'A file is a file.'}`,
  ],
  [
    'packrat',
    'ops',
    (n) => `Tests on three systems: ${n % 3} of ${118 + (n % 40)} failed on Windows, all about paths.`,
  ],
  [
    'packrat',
    'ops',
    (n) => `Walked ${300 + n} thousand files in ${4 + (n % 5)}.${n % 10} s on the new laptop.`,
  ],
  [
    'packrat',
    'idea',
    (n) =>
      `Idea: learn rules from what somebody moves by hand ${3 + (n % 5)} times. A suggestion, never a move.`,
  ],
  [
    'packrat',
    'read',
    (n) =>
      `Read how backup tools find moved files: ${4 + (n % 9)} KiB at both ends and the size. As I do, nearly.`,
  ],
  [
    'handbook',
    'mail',
    (n, who) => `${who} translated ${1 + (n % 5)} pages into Dutch. Tomas reads them with a friend.`,
  ],
  [
    'handbook',
    'mail',
    (n) => `A teacher prints the first page for ${n % 30} pupils. It needs a print style.`,
  ],
  [
    'handbook',
    'asked',
    (n, who) =>
      `${who} asks what "lossy" means on the page about encodings. Rewrote ${1 + (n % 3)} sentences.`,
  ],
  ['handbook', 'ops', (n) => `External links checked: ${n % 7} of ${210 + n} dead.`],
  ['handbook', 'ops', (n) => `First paint on a slow phone: ${900 + n * 6} ms.`],
  [
    'handbook',
    'idea',
    (n) =>
      `Idea: show on each page when somebody last followed it from top to bottom. The oldest are ${6 + (n % 30)} months.`,
  ],
  [
    'handbook',
    'read',
    (n) =>
      `Read ${n + 20} comments of the survey: people look for an example first and for a sentence second.`,
  ],
];

const WORDS = [
  'semikolon',
  'excel',
  'proxy',
  'undo',
  'utf',
  'login',
  'passkey',
  'umlaut',
  'windows path',
  'null',
] as const;
const ALL = [...SMALL, ...MORE];
const A_DAY = 8;
const WHO = [...REPORTERS, 'Bo again', 'a teacher in Delft', 'the second club', 'an intern', 'Jo'].map(
  (who) => who[0]!.toUpperCase() + who.slice(1),
);
const AUTHORS = { tern: INES.name, harbor: MAYA.name, packrat: TOMAS.name, handbook: TOMAS.name } as const;

/** Small things, some each working day, few on days off. Each kind comes round before any comes again. Pure. */
export function smallOf(days: readonly Day[], random: Random): Remembered[] {
  let deck: number[] = [];
  let rounds = 0;
  return days.flatMap((day, i) => {
    const working = day.until > day.from;
    const many = working ? A_DAY + randomInt(random, 3) - 1 : randomInt(random, 2);
    return Array.from({ length: many }, (_, k): Remembered => {
      // What holds no number is said once.
      if (deck.length === 0)
        deck = shuffled(ALL.length, random).filter((which) => rounds === 0 || ALL[which]![2].length > 0);
      if (deck.length === ALL.length) rounds++;
      const [project, kind, words] = ALL[deck.pop()!]!;
      const from = working ? day.from : day.midnight + 11 * 60 * 60_000;
      const span = working ? day.until - day.from : 4 * 60 * 60_000;
      const at = Math.round(from + span * ((k + 0.2 + 0.6 * random.next()) / many));
      const n = (i * 7 + k * 13 + randomInt(random, 5)) % 97;
      const own = kind === 'idea' || kind === 'read' || kind === 'asked';
      return {
        ...{ kind: 'memory', at, project, content: words(n, WHO[(i + 3 * k) % WHO.length]!), tags: [kind] },
        ...(own
          ? { memory: 'observation', salience: kind === 'idea' ? 0.55 : 0.4 }
          : { memory: 'episode', salience: 0.3, ...(kind === 'mail' ? {} : { author: AUTHORS[project] }) }),
        ...(kind === 'read' && { uri: `https://reading.example/${project}/${i}-${k}`, tone: 'curious' }),
        ...(kind === 'idea' && { tone: 'playful' }),
      };
    });
  });
}

function shuffled(n: number, random: Random): number[] {
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = randomInt(random, i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
