import type { Plan, PlanWorld, Recipe } from '../agency/index.ts';
import { findTodo, type GitProgram, readHead } from '../git/index.ts';
import { clip } from '../kernel/index.ts';
import { inTheWay } from './git/branch.ts';
import { repositoryAt, standingBranch } from './git/repository-at.ts';
import { inFolder, lineNumber, needed, onlyKnown } from './in-folder.ts';
import { below } from './project.ts';
import { badOption, inGit, notNow } from './refusals.ts';

const OPTIONS: Recipe['options'] = [
  { name: 'file', question: 'In which file is the TODO?', required: true },
  { name: 'line', question: 'On which line?', required: true },
  { name: 'branch', question: 'What is the branch to be called? Empty: after the TODO.', required: false },
];
/** Where projects keep what is not finished, where Markdown lies there already. */
const DRAFTS = ['drafts', 'docs/drafts', 'notes', 'docs/notes', 'doc/notes'];
const CONTEXT = 5;

/** A TODO becomes a branch, a draft and an open thread. Its line stays as it is: it goes with the work, not before it. */
export function todoBranch(program: () => Promise<GitProgram>): Recipe {
  return {
    name: 'todo-branch',
    title: 'TODO to branch',
    what: 'Makes a branch and a draft of a TODO, and opens a thread for it. The TODO stays where it is.',
    options: OPTIONS,
    unavailable: (world) => whyNoBranch(world, program),
    async plan(world, options) {
      onlyKnown(options, OPTIONS);
      const file = inFolder(
        'file',
        needed(options, 'file', 'Name the file that the TODO stands in.'),
        world.root,
      );
      const line = lineNumber('line', needed(options, 'line', 'Give the line of the TODO.'));
      const text = await world.read(file);
      if (text === null) throw badOption('file', `there is no text file "${file}" in the folder.`);
      const lines = text.split('\n');
      const todo = findTodo(file, (lines[line - 1] ?? '').replace(/\r$/, ''));
      if (!todo) throw notNow(`There is no TODO, FIXME, HACK or XXX comment on line ${line} of ${file}.`);
      const words = wordsOf(todo.text);
      const { branch, from } = await branchFor(
        world,
        program,
        options.branch?.trim() || null,
        words,
        `${file}-${line}`,
      );
      const draft = await draftPath(world, branch);
      return {
        sentence: `Make the branch ${branch} and a draft of the ${todo.marker} at ${file}:${line}.`,
        destination: `${branch}, not committed`,
        steps: [
          { tool: 'branch', name: branch },
          { tool: 'write', path: draft, text: draftOf({ words, file, line, from, lines }) },
          { tool: 'open_loop', title: clip(words || todo.text, 200), context: `Draft: ${draft}`, file, line },
        ],
        verify: null,
        review: [{ text: 'The TODO is still there; take it out with the work.', file, line }],
      } satisfies Plan;
    },
  };
}

async function whyNoBranch(world: PlanWorld, program: () => Promise<GitProgram>): Promise<string | null> {
  try {
    await inGit(async () => standingBranch((await repositoryAt(await program(), world.root)).repository));
    return null;
  } catch (error) {
    if (error instanceof Error && error.name === 'ProgenyError') return error.message;
    throw error;
  }
}

/** What is to be done, without the marker and whom it is for. Pure. */
function wordsOf(todo: string): string {
  return todo.replace(/^(?:TODO|FIXME|HACK|XXX)\s*(?:\([^)]*\))?\s*[:\-–—]*\s*/, '').trim();
}

/** Words of a text as a part of a name that every system takes. Pure. */
export function slugOf(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain.match(/[a-z0-9]+/g) ?? [];
  let slug = '';
  for (const word of words.slice(0, 8)) {
    if (slug.length + word.length > 40) break;
    slug += `${slug === '' ? '' : '-'}${word}`;
  }
  return slug;
}

function branchFor(
  world: PlanWorld,
  program: () => Promise<GitProgram>,
  given: string | null,
  words: string,
  fallback: string,
): Promise<{ branch: string; from: string }> {
  return inGit(async () => {
    const { repository } = await repositoryAt(await program(), world.root);
    await standingBranch(repository);
    const head = await readHead(repository);
    const from = head.kind === 'detached' ? head.commit.slice(0, 7) : head.branch;
    const base = given ?? `todo/${slugOf(words) || slugOf(fallback) || 'work'}`;
    for (let n = 1; n <= 9; n++) {
      const branch = n === 1 ? base : `${base}-${n}`;
      const other = await inTheWay(repository, branch);
      if (other === null) return { branch, from };
      if (given !== null) throw notNow(`The branch "${other}" is there already. Choose another name.`);
    }
    throw notNow(`There are branches "${base}" to "${base}-9" already. Name one with the option \`branch\`.`);
  });
}

/** A draft belongs to the branch, so it lies where git sees it: `.progeny` is ignored by git and goes with Progeny. */
async function draftPath(world: PlanWorld, branch: string): Promise<string> {
  let folder = (await world.list('docs')).length > 0 ? 'docs/drafts' : 'drafts';
  for (const each of DRAFTS)
    if ((await world.list(each)).some((name) => name.endsWith('.md'))) {
      folder = each;
      break;
    }
  const there = new Set((await world.list(folder)).map((name) => name.toLowerCase()));
  const base = slugOf(branch.replace(/^todo\//, '')) || 'draft';
  for (let n = 1; ; n++) {
    const name = `${base}${n === 1 ? '' : `-${n}`}.md`;
    if (!there.has(name)) return below(folder, name);
  }
}

function draftOf(of: {
  words: string;
  file: string;
  line: number;
  from: string;
  lines: readonly string[];
}): string {
  const { words, file, line, from, lines } = of;
  const first = Math.max(0, line - 1 - CONTEXT);
  const code = lines
    .slice(first, line + CONTEXT)
    .map((each) => clip(each.replace(/\r$/, ''), 300))
    .join('\n');
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `# ${words.replace(/\s+/g, ' ') || 'To do'}

From \`${file}:${line}\`, on \`${from}\`:

${fence}
${code}
${fence}

## What is to be done

## How to tell that it is done

`;
}
