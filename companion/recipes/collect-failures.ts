import type { Plan, PlanWorld, ProgramResult, Recipe } from '../agency/index.ts';
import { clip, count } from '../kernel/index.ts';
import type { WheelReview, WheelStep } from '../protocol/index.ts';
import { inFolder, onlyKnown } from './in-folder.ts';
import { membersOf } from './members.ts';
import { isAbsolute, slashed } from './paths-in-output.ts';
import { below, type Project, readProject } from './project.ts';
import { badOption, notNow } from './refusals.ts';
import { isCut, readFailures, type TestFailure } from './test-output.ts';
import { testProgram } from './test-programs.ts';

/** A thread of work that is open already, as far as it is compared. */
export interface OpenThread {
  readonly title: string;
  readonly file: string | null;
}
const OPTIONS: Recipe['options'] = [
  { name: 'path', question: 'Whose tests: which folder of the project? Empty: all.', required: false },
];
const MOST = 20;
const NO_TESTS =
  'No tests were found in this folder: no script `test` in package.json, no Cargo.toml, go.mod, pytest, or `make test`.';

/** Runs the tests on a copy and opens a loop for each that fails. */
export function collectFailures(openThreads: (root: string) => readonly OpenThread[]): Recipe {
  return {
    name: 'collect-failures',
    title: 'Collect failing tests',
    what: `Runs the project's tests on a copy and opens a thread for each that fails, at most ${MOST}.`,
    options: OPTIONS,
    async unavailable(world) {
      const folders = ['', ...(await membersOf(world))];
      for (const folder of folders)
        if (await testProgram(world, await readProject(world, folder))) return null;
      return NO_TESTS;
    },
    async plan(world, options) {
      onlyKnown(options, OPTIONS);
      const folder = options.path ? inFolder('path', options.path, world.root) : '';
      if (folder !== '' && (await world.list(folder)).length === 0)
        throw badOption('path', `there is no folder "${folder}" here.`);
      const project = await readProject(world, folder);
      const program = await testProgram(world, project);
      if (!program) throw notNow(folder === '' ? NO_TESTS : `No tests were found in ${folder}.`);
      const result = await world.tryOut(program);
      const found = await located(world, project, failuresOf(result, program.argv.join(' ')));
      const open = openThreads(world.root);
      const fresh = found.filter(
        (each) => !open.some((thread) => thread.title === titleOf(each) && thread.file === each.file),
      );
      if (fresh.length === 0)
        throw notNow(`${count(found.length, 'test')} failed, and there is an open thread for each already.`);
      const steps = fresh.slice(0, MOST).map((each) => stepOf(each));
      const known = found.length - fresh.length;
      return {
        sentence: `Open ${count(steps.length, 'thread')} for ${count(fresh.length, 'failing test')} of \`${program.argv.join(' ')}\`.`,
        destination: 'in your open threads; no file changes',
        steps,
        verify: null,
        review: notes(result, fresh.length - steps.length, known),
      } satisfies Plan;
    },
  };
}

function failuresOf(result: ProgramResult, typed: string): TestFailure[] {
  if (result.ended === 'not_started') throw notNow(`\`${typed}\` could not be started: ${tail(result)}`);
  if (result.ended === 'stopped') throw notNow('It was stopped.');
  if (result.ended !== 'exit')
    throw notNow(`\`${typed}\` was ended (${result.ended}) before its tests were through. ${tail(result)}`);
  const all = readFailures(result.output);
  if (all.length > 0) return all;
  if (result.code === 0) throw notNow(`All tests pass (\`${typed}\`): there is nothing to collect.`);
  throw notNow(
    `\`${typed}\` ended with ${result.code}, and no failing test could be read out of what it wrote: ${tail(result)}`,
  );
}

/** Failures with places in the folder; each test once. */
async function located(
  world: PlanWorld,
  project: Project,
  failures: readonly TestFailure[],
): Promise<TestFailure[]> {
  const found = new Map<string, TestFailure>();
  const module = /^module\s+(\S+)/m.exec((await project.read('go.mod')) ?? '')?.[1];
  for (const each of failures) {
    const file =
      each.file === null ? null : await locate(world, project.folder, withoutModule(each.file, module));
    const line = file === null ? null : (each.line ?? (await lineOf(world, file, each.name)));
    const key = `${each.name}\n${file}`;
    if (!found.has(key)) found.set(key, { ...each, file, line });
  }
  return [...found.values()];
}

/** Go names a package by the module; below it stands the folder. */
function withoutModule(file: string, module: string | undefined): string {
  return module !== undefined && file.startsWith(`${module}/`) ? file.slice(module.length + 1) : file;
}

/** A path that a program wrote, in the folder: it may have run in a copy, so the longest end that is there counts. */
async function locate(world: PlanWorld, folder: string, written: string): Promise<string | null> {
  const parts = slashed(written)
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  const isWhole = isAbsolute(slashed(written));
  const tries = isWhole
    ? parts.map((_, i) => parts.slice(i).join('/'))
    : [below(folder, parts.join('/')), parts.join('/')];
  for (const path of tries) if (!path.includes('..') && (await world.read(path)) !== null) return path;
  return null;
}

/** Where a test of Python stands: pytest tells its name alone. */
async function lineOf(world: PlanWorld, file: string, name: string): Promise<number | null> {
  const short = name.split('::').at(-1)!.replace(/\[.*$/, '');
  const lines = ((await world.read(file)) ?? '').split('\n');
  const at = lines.findIndex((line) => line.includes(`def ${short}(`));
  return at < 0 ? null : at + 1;
}

const titleOf = ({ name }: TestFailure): string =>
  clip(`Failing test: ${name.replace(/\s+/g, ' ').trim()}`, 200);

function stepOf(failure: TestFailure): WheelStep {
  const { file, line, words } = failure;
  return {
    tool: 'open_loop',
    title: titleOf(failure),
    context: words,
    ...(file !== null && { file }),
    ...(file !== null && line !== null && { line }),
  };
}

function notes(result: ProgramResult, over: number, known: number): WheelReview[] {
  const note = (text: string): WheelReview => ({ text, file: null, line: null });
  return [
    ...(over > 0 ? [note(`${count(over, 'more test')} failed; ${MOST} threads at a time are enough.`)] : []),
    ...(known > 0
      ? [note(`${count(known, 'failing test has', 'failing tests have')} an open thread already.`)]
      : []),
    ...(isCut(result.output)
      ? [note('What the tests wrote was too long to keep whole; failures at its beginning may be missing.')]
      : []),
  ];
}

function tail({ output }: ProgramResult): string {
  const lines = output.trim().split('\n').slice(-5).join(' ⏎ ');
  return lines === '' ? 'it wrote nothing.' : `the last of what it wrote: ${clip(lines, 400)}`;
}
