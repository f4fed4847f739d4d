import type { Plan, PlanWorld, Recipe } from '../agency/index.ts';
import type { GitProgram } from '../git/index.ts';
import { clip, count } from '../kernel/index.ts';
import { changeStep } from './change-step.ts';
import { addEntries, type Entry, SECTIONS, type Section } from './changelog-text.ts';
import { line, repositoryAt, write } from './git/repository-at.ts';
import { inFolder, onlyKnown } from './in-folder.ts';
import { below } from './project.ts';
import { badOption, inGit, notNow } from './refusals.ts';

const OPTIONS: Recipe['options'] = [
  {
    name: 'text',
    question: 'What changed? Empty: what the commits since the last tag say.',
    required: false,
  },
  {
    name: 'section',
    question: `Which section? (${SECTIONS.join(', ')}) Empty: by what the text says.`,
    required: false,
  },
  { name: 'file', question: 'Which file? Empty: the changelog of the project.', required: false },
];
const NAMES = [
  'changelog.md',
  'changes.md',
  'history.md',
  'news.md',
  'changelog',
  'changes',
  'release_notes.md',
];
const MOST_COMMITS = 500;
const MOST_ENTRIES = 50;
/** What a user sees of a change, by the type that its commit gives it; other types are nothing to tell. */
const TYPES: Readonly<Record<string, Section>> = {
  feat: 'Added',
  feature: 'Added',
  fix: 'Fixed',
  perf: 'Changed',
  security: 'Security',
  revert: 'Changed',
  deprecate: 'Deprecated',
  remove: 'Removed',
};
const CONVENTIONAL = /^([a-z]+)(?:\([^)]*\))?(!)?:\s+(.+)$/i;

/** A line in the changelog, in its own style. */
export function changelog(program: () => Promise<GitProgram>): Recipe {
  return {
    name: 'changelog',
    title: 'Update the changelog',
    what: 'Adds a line under "Unreleased", or what the commits since the last tag say.',
    options: OPTIONS,
    async unavailable(world) {
      return (await fileOf(world)) === null ? NONE : await otherWay(world);
    },
    async plan(world, options) {
      onlyKnown(options, OPTIONS);
      const other = await otherWay(world);
      if (other !== null) throw notNow(other);
      const file = options.file ? inFolder('file', options.file, world.root) : await fileOf(world);
      if (file === null) throw notNow(NONE);
      const text = await world.read(file);
      if (text === null) throw badOption('file', `there is no text file "${file}" in the folder.`);
      const entries = options.text?.trim()
        ? [entryOf(options.text, options.section)]
        : await fromCommits(program, world);
      const result = addEntries(text, entries);
      if (result.added.length === 0)
        throw notNow(entries.length === 1 ? `${file} says that already.` : `${file} says all of it already.`);
      const [first] = result.added;
      return {
        sentence:
          result.added.length === 1
            ? `Add "${clip(first!.text, 100)}" to ${file}.`
            : `Add ${count(result.added.length, 'line')} to ${file}, from the commits since the last tag.`,
        destination: 'in your working tree, not committed',
        steps: [changeStep(file, text, result.text)],
        verify: null,
      } satisfies Plan;
    },
  };
}

const NONE =
  'There is no changelog here (CHANGELOG.md, CHANGES.md, HISTORY.md or NEWS.md). Make one, or name it with the option `file`.';

async function fileOf(world: PlanWorld): Promise<string | null> {
  for (const folder of ['', 'docs']) {
    const names = await world.list(folder);
    for (const wanted of NAMES) {
      const found = names.find((name) => name.toLowerCase() === wanted);
      if (found !== undefined) return below(folder, found);
    }
  }
  return null;
}

/** Projects whose changelog is written by a tool from other files. */
async function otherWay(world: PlanWorld): Promise<string | null> {
  const names = await world.list('');
  if (names.includes('.changeset'))
    return 'This project writes its changelog by Changesets; add a file in .changeset instead.';
  if (names.includes('changelog.d') || names.includes('newsfragments'))
    return 'This project writes its changelog from fragments (changelog.d or newsfragments); add one there instead.';
  return null;
}

function entryOf(given: string, section: string | undefined): Entry {
  const text = given
    .replace(/\s+/g, ' ')
    .replace(/^[-*+]\s+/, '')
    .trim();
  if (text.length > 2000)
    throw badOption('text', `it has ${text.length} characters; a line of a changelog has at most 2,000.`);
  if (!section?.trim()) return { text, section: guess(text) };
  const known = SECTIONS.find((each) => each.toLowerCase() === section.trim().toLowerCase());
  if (!known) throw badOption('section', `"${section}" is none. It can be: ${SECTIONS.join(', ')}.`);
  return { text, section: known };
}

function guess(text: string): Section {
  const first = /^\W*(\w+)/.exec(text)?.[1]?.toLowerCase() ?? '';
  if (/^(?:fix|correct|repair|resolve)/.test(first)) return 'Fixed';
  if (/^(?:add|new|introduce|support)/.test(first)) return 'Added';
  if (/^(?:remove|drop|delete)/.test(first)) return 'Removed';
  if (/^deprecat/.test(first)) return 'Deprecated';
  return /^secur/.test(first) ? 'Security' : 'Changed';
}

/** What a commit's first line tells a user; null where nothing. Pure. */
export function entryOfSubject(subject: string): Entry | null {
  const match = CONVENTIONAL.exec(subject.trim());
  if (!match) return null;
  const [, type, breaking, words] = match;
  const section = TYPES[type!.toLowerCase()];
  if (section === undefined && breaking === undefined) return null;
  const text = `${words![0]!.toUpperCase()}${words!.slice(1)}`;
  return breaking === undefined
    ? { text, section: section! }
    : { text: `Breaking: ${text}`, section: 'Changed' };
}

function fromCommits(program: () => Promise<GitProgram>, { root, signal }: PlanWorld): Promise<Entry[]> {
  return inGit(async () => {
    const { repository } = await repositoryAt(await program(), root);
    const shape = [
      'for-each-ref',
      '--merged=HEAD',
      '--sort=-creatordate',
      '--count=1',
      '--format=%(refname)',
      'refs/tags',
    ];
    const tag = await line(repository, shape, { signal });
    const range = tag === '' ? 'HEAD' : `${tag}..HEAD`;
    const args = [
      'log',
      '-z',
      '--no-merges',
      '--reverse',
      `--max-count=${MOST_COMMITS}`,
      '--format=%s',
      range,
      '--',
    ];
    const { output } = await write(repository, args, { signal });
    const subjects = output
      .toString('utf8')
      .split('\0')
      .filter((subject) => subject.trim() !== '');
    if (subjects.length === 0)
      throw notNow(
        `There is no commit since ${tag.replace('refs/tags/', '')}. Give the line with the option \`text\`.`,
      );
    const entries = subjects.map(entryOfSubject).filter((entry) => entry !== null);
    if (entries.length === 0)
      throw notNow(
        'None of the commits since the last tag says by its type (feat, fix, perf, …) what a user sees. Give the line with the option `text`.',
      );
    return entries.slice(0, MOST_ENTRIES);
  });
}
