import type { ProjectName } from './life-types.ts';

/** A thread of work without a branch, opened by hand. `share`: when, of the half year. */
export interface Errand {
  readonly project: ProjectName;
  readonly title: string;
  readonly context: string;
  readonly share: number;
  /** Days until it ended; left out: it is open. */
  readonly days?: number;
  readonly end?: 'done' | 'drop' | 'defer';
  readonly priority?: 'low' | 'normal' | 'high';
  readonly private?: boolean;
}

type Row = readonly [
  project: ProjectName,
  title: string,
  context: string,
  share: number,
  end?: Errand['end'] | undefined,
  days?: number | undefined,
  more?: Pick<Errand, 'priority' | 'private'>,
];

const rows: readonly Row[] = [
  ['tern', 'Answer the mail about licences', 'A company wants to know whether MIT covers their fork.', 0.02, 'done', 3],
  ['harbor', 'Ask the club for last year\'s calendar', 'To have real bookings for the tests of availability.', 0.03, 'done', 9],
  ['handbook', 'Collect questions from the issue trackers', 'Which questions come three times or more?', 0.04, 'done', 12],
  ['packrat', 'Try packrat on the old laptop', 'It has a disk that spins; the walk may be slow there.', 0.05, 'done', 20],
  ['harbor', 'Renew the certificate by hand once more', 'The automatic renewal failed without a word.', 0.06, 'done', 1, { priority: 'high' }],
  ['tern', 'Look at the bench on ARM', 'Somebody says that slices are slower there.', 0.07, 'done', 15],
  ['harbor', 'Write down what happens when the database is gone', 'A page that one can follow at three in the morning.', 0.08, 'done', 30],
  ['handbook', 'Choose a font with a real italic', 'The current one slants.', 0.09, 'drop', 40, { priority: 'low' }],
  ['packrat', 'Reply to the review on the forum', 'They ran it on a network drive and lost patience.', 0.1, 'done', 4],
  ['harbor', 'Talk to the second club about prices', 'They want invoices per half year.', 0.12, 'done', 10],
  ['tern', 'Sort the 40 open issues', 'Close what 1.9 fixed; label the rest.', 0.14, 'done', 6],
  ['tern', 'Plan the release of 2.0', 'What is in, what waits, who reads the guide.', 0.18, 'done', 28, { priority: 'high' }],
  ['packrat', 'Sign the macOS build', 'Gatekeeper stops people at the door.', 0.2, 'done', 24],
  ['harbor', 'Load test for the opening of the season', 'Last year 200 people booked in the first minute.', 0.22, 'done', 13, { priority: 'high' }],
  ['handbook', 'Ask three people to follow the first page', 'And watch without helping.', 0.24, 'done', 8],
  ['tern', 'Talk for the meetup: bytes before characters', 'Twenty minutes, with the euro sign as the villain.', 0.26, 'done', 25],
  ['harbor', 'Delete accounts that nobody used for two years', 'The club has to ask them first.', 0.28, 'defer', 30],
  ['packrat', 'A logo that is not clip art', '', 0.3, 'drop', 50, { priority: 'low' }],
  ['tern', 'Announce 2.0', 'Short: who is affected, what to do, thanks.', 0.34, 'done', 2, { priority: 'high' }],
  ['harbor', 'Move to Postgres 16', 'Rehearse on a copy, then on a Tuesday morning.', 0.36, 'done', 14, { priority: 'high' }],
  ['handbook', 'Check the pages after the release of 2.0', 'Versions, links, screenshots.', 0.36, 'done', 5],
  ['packrat', 'Measure how often undo is used', 'Without phoning home: ask in the survey.', 0.38, 'drop', 33],
  ['harbor', 'Release on Tuesdays instead of Fridays', 'Fridays cost two evenings this spring.', 0.42, 'done', 6],
  ['tern', 'Vacation: who looks at security reports?', 'Ines takes the first week, nobody the second yet.', 0.45, 'done', 4, { priority: 'high' }],
  ['harbor', 'Invoices: do we round per line or per sum?', 'The treasurer and the tax office disagree.', 0.48, 'done', 16],
  ['tern', 'Reply to the archive in Turku', 'They read 9 million records and have three questions.', 0.52, 'done', 5],
  ['packrat', 'Survey among users', 'Five questions at most.', 0.54, 'done', 21],
  ['harbor', 'Second server: where does the queue run?', 'On one of them, or on both with leases.', 0.57, 'done', 11, { priority: 'high' }],
  ['handbook', 'Translate the rowers\' pages', 'German and Dutch; the club offers help.', 0.6, 'defer', 10],
  ['tern', 'Fuzz the tokenizer over a weekend', 'With chunks of one byte.', 0.62, 'done', 9],
  ['harbor', 'Look for slow queries in the first week of the month', '', 0.63, 'done', 7],
  ['packrat', 'Prepare 1.0: what would break?', 'The configuration has to stay as it is for a year.', 0.66, 'done', 34, { priority: 'high' }],
  ['harbor', 'Salary talk', 'Numbers are in the sheet.', 0.67, 'done', 12, { private: true, priority: 'high' }],
  ['handbook', 'Clean up screenshots', 'Half of them show the old theme.', 0.7, 'done', 19],
  ['tern', 'Is WebAssembly worth a try?', 'A day, no more. Compare with slices.', 0.72, 'drop', 12, { priority: 'low' }],
  ['harbor', 'Ask the coaches about the feed', 'Does it replace the Sunday list?', 0.74, 'done', 8],
  ['packrat', 'Windows: long paths', 'Two reports, both from OneDrive folders.', 0.77],
  ['harbor', 'Rehearse restoring a backup', 'Twice a year. The last time was in March.', 0.8, 'done', 7],
  ['tern', 'Write to the two forks', 'Perhaps they want to come back now.', 0.82],
  ['handbook', 'A page on how we review', '', 0.84],
  ['packrat', 'Announce 1.0', 'With the survey\'s results.', 0.86, 'done', 3, { priority: 'high' }],
  ['harbor', 'Contract with the SMS provider', 'The board meets in two weeks.', 0.88, undefined, undefined, { priority: 'high' }],
  ['tern', 'Decide on the minimum Node version of 2.2', 'Node 20 ends next spring.', 0.9],
  ['harbor', 'Winter storage: berths without boats', 'The club wants to rent them by the month.', 0.92],
  ['packrat', 'Read the 31 answers about watch mode', '', 0.94],
  ['harbor', 'Doctor, Thursday', '', 0.95, undefined, undefined, { private: true }],
  ['handbook', 'Plan the pages for 2.2', '', 0.96],
  ['tern', 'Reply to Bo about decimal commas', 'He sent eleven samples.', 0.985],
];

export const errands: readonly Errand[] = rows.map(([project, title, context, share, end, days, more]) => ({
  ...{ project, title, context, share, ...more },
  ...(end !== undefined && { end }),
  ...(days !== undefined && { days }),
}));
