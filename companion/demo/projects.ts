import type { Project } from './life-types.ts';

const licence = 'MIT\n';
const ignore = 'node_modules\ndist\n.progeny\n';

function manifest(name: string, description: string, version: string): string {
  const scripts = { test: 'node --test', lint: 'eslint .', build: 'tsc -p .' };
  return `${JSON.stringify({ name, version, description, type: 'module', scripts }, null, 2)}\n`;
}

function begun(about: string): string {
  return `/** ${about} */\n`;
}

/** The projects of the demo's person. Nothing of them exists anywhere else. */
export const projects: readonly Project[] = [
  {
    name: 'tern',
    about: 'A reader and writer of delimited text that keeps every byte it was given.',
    files: {
      '.gitignore': ignore,
      LICENSE: licence,
      'package.json': manifest('tern', 'Reads and writes delimited text', '1.9.2'),
      'README.md':
        '# tern\n\nReads and writes delimited text, and keeps every byte it was given.\n\n```\nnpm install tern\n```\n',
      'CHANGELOG.md': '# Changelog\n',
      'src/reader.ts': begun('Reads records from text.'),
      'src/tokens.ts': begun('Cuts text into fields, by the states of a table.'),
      'src/dialect.ts': begun('Delimiter, quote and escape of a file.'),
      'src/encoding.ts': begun('From bytes to text, by the marks of the first bytes.'),
      'src/stream.ts': begun('Rows as they arrive, at the pace of whoever takes them.'),
      'src/errors.ts': begun('What is wrong with a file, with row and column.'),
      'src/types.ts': begun('Values of columns.'),
      'test/reader.test.ts': begun('Samples, read and written again.'),
      'test/dialect.test.ts': begun('Dialects of real programs.'),
      'test/encoding.test.ts': begun('Files in other encodings.'),
      'test/stream.test.ts': begun('Slow consumers and tiny chunks.'),
      'bench/large.ts': begun('Reads a large file and tells time and memory.'),
    },
    facts: [
      {
        about: 'tern release',
        held: [
          { from: 0, text: 'The released version of tern is 1.9.2.' },
          { from: 0.34, text: 'The released version of tern is 2.0.0.' },
          { from: 0.52, text: 'The released version of tern is 2.0.3.' },
          { from: 0.8, text: 'The released version of tern is 2.1.0.' },
        ],
      },
      {
        about: 'tern node version',
        held: [
          { from: 0, text: 'tern supports Node 18 and later.' },
          { from: 0.34, text: 'tern supports Node 20 and later.' },
        ],
      },
      {
        about: 'tern sample set',
        held: [
          { from: 0.02, text: 'The sample set of tern holds 380 files from 61 programs.' },
          { from: 0.2, text: 'The sample set of tern holds 412 files from 74 programs.' },
          { from: 0.7, text: 'The sample set of tern holds 431 files from 79 programs.' },
        ],
      },
      {
        about: 'tern maintainer',
        held: [{ from: 0.05, text: 'Robin and Ines maintain tern; either may release.' }],
      },
      { about: 'tern size limit', held: [{ from: 0.1, text: 'tern stays below 40 kB minified.' }] },
    ],
  },
  {
    name: 'harbor',
    about: 'Bookings of boats and berths for rowing clubs.',
    files: {
      '.gitignore': ignore,
      'package.json': manifest('harbor', 'Bookings of boats and berths', '0.31.0'),
      'README.md': '# harbor\n\nBookings of boats and berths for rowing clubs.\n',
      'CHANGELOG.md': '# Changelog\n',
      'src/bookings.ts': begun('Bookings: made, moved, cancelled.'),
      'src/availability.ts': begun('When a boat is free.'),
      'src/config.ts': begun('Settings of a club.'),
      'src/calendar/ical.ts': begun('Bookings as a calendar.'),
      'src/mail/reminders.ts': begun('Reminders before an outing.'),
      'src/queue/worker.ts': begun('Takes jobs from the queue, under a lease.'),
      'src/db/pool.ts': begun('Connections, and who holds them.'),
      'src/db/migrate.ts': begun('Migrations, in steps that lock nobody out.'),
      'src/auth/session.ts': begun('Sessions.'),
      'src/auth/tokens.ts': begun('Passkeys and tokens.'),
      'src/billing/invoices.ts': begun('Invoices of a quarter.'),
      'test/bookings.test.ts': begun('Bookings at the same time.'),
      'test/availability.test.ts': begun('Slots in all zones.'),
      'test/ical.test.ts': begun('What calendars make of it.'),
      'test/worker.test.ts': begun('Jobs that fail, and leases that end.'),
      'test/migrate.test.ts': begun('Migrations against a full table.'),
      'test/pool.test.ts': begun('More requests than connections.'),
      'test/session.test.ts': begun('Sign-in and sign-out.'),
      'test/invoices.test.ts': begun('Sums and pages.'),
    },
    facts: [
      {
        about: 'harbor database',
        held: [
          { from: 0, text: 'harbor runs on Postgres 14.' },
          { from: 0.42, text: 'harbor runs on Postgres 16.' },
        ],
      },
      {
        about: 'harbor clubs',
        held: [
          { from: 0, text: 'Two clubs use harbor.' },
          { from: 0.3, text: 'Three clubs use harbor.' },
          { from: 0.76, text: 'Five clubs use harbor.' },
        ],
      },
      {
        about: 'harbor host',
        held: [
          { from: 0.01, text: 'harbor runs on one small server in Falkenstein.' },
          { from: 0.6, text: 'harbor runs on two small servers behind a load balancer.' },
        ],
      },
      {
        about: 'harbor mail provider',
        held: [{ from: 0.12, text: 'Mail of harbor goes through Postline, at most 10 a second.' }],
      },
      {
        about: 'harbor release day',
        held: [
          { from: 0, text: 'harbor is released on Fridays.' },
          { from: 0.45, text: 'harbor is released on Tuesdays.' },
        ],
      },
    ],
  },
  {
    name: 'packrat',
    about: 'Tidies folders by rules and can undo what it did.',
    files: {
      '.gitignore': ignore,
      LICENSE: licence,
      'package.json': manifest('packrat', 'Tidies folders by rules', '0.8.1'),
      'README.md': '# packrat\n\nTidies folders by rules, and can undo what it did.\n',
      'CHANGELOG.md': '# Changelog\n',
      'src/cli.ts': begun('Commands and their options.'),
      'src/rules.ts': begun('Rules: which files, where to.'),
      'src/plan.ts': begun('What would be moved, before anything is.'),
      'src/undo.ts': begun('The journal of a run, and the way back.'),
      'src/config.ts': begun('The configuration, checked.'),
      'src/walk.ts': begun('Walks folders.'),
      'src/hash.ts': begun('Whether two files are the same.'),
      'src/report.ts': begun('Reports for people.'),
      'test/rules.test.ts': begun('Rules and what they catch.'),
      'test/plan.test.ts': begun('Plans.'),
      'test/undo.test.ts': begun('There and back again.'),
      'test/walk.test.ts': begun('Folders of all sorts.'),
      'test/hash.test.ts': begun('Same and not the same.'),
      'test/config.test.ts': begun('Broken configurations.'),
    },
    facts: [
      {
        about: 'packrat release',
        held: [
          { from: 0, text: 'The released version of packrat is 0.8.1.' },
          { from: 0.4, text: 'The released version of packrat is 0.9.0.' },
          { from: 0.86, text: 'The released version of packrat is 1.0.0.' },
        ],
      },
      {
        about: 'packrat configuration',
        held: [
          { from: 0, text: 'packrat reads its rules from a JSON file.' },
          { from: 0.3, text: 'packrat reads its rules from a YAML file.' },
        ],
      },
      {
        about: 'packrat downloads',
        held: [
          { from: 0.1, text: 'packrat has some 900 downloads a week.' },
          { from: 0.55, text: 'packrat has some 2,400 downloads a week.' },
        ],
      },
    ],
  },
  {
    name: 'handbook',
    about: 'The documentation of tern, harbor and packrat.',
    files: {
      '.gitignore': ignore,
      'README.md': '# handbook\n\nThe documentation of tern, harbor and packrat.\n',
      'build.mjs': begun('Makes pages of Markdown.'),
      'search/index.mjs': begun('Makes and searches the index.'),
      'theme/theme.css': '/* Both themes. */\n',
      'guides/getting-started.md': '# Getting started\n',
      'guides/install.md': '# Install\n',
      'guides/migrate-to-2.md': '# From tern 1 to tern 2\n',
      'guides/writing.md': '# How we write\n',
      'guides/berth-admins.md': '# For those who run a club\n',
      'reference/dialects.md': '# Dialects\n',
      'reference/changes.md': '# Changes\n',
    },
    facts: [
      { about: 'handbook address', held: [{ from: 0.03, text: 'The handbook is at docs.harbor.example.' }] },
      {
        about: 'handbook build time',
        held: [
          { from: 0.02, text: 'A build of the handbook takes 40 seconds.' },
          { from: 0.5, text: 'A build of the handbook takes less than a second for one page.' },
        ],
      },
    ],
  },
];
