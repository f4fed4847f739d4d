import type { Plan, PlanWorld, Recipe } from '../agency/index.ts';
import { clip, count, listing } from '../kernel/index.ts';
import { FIXERS, type FixCommand, type Fixer, fixScript, scriptFixer } from './fixers.ts';
import { inFolder, onlyKnown } from './in-folder.ts';
import { readLintOutput } from './lint-output.ts';
import { membersOf } from './members.ts';
import { rootsIn } from './paths-in-output.ts';
import { type Look, type Project, readProject, upwards } from './project.ts';
import { badOption, notNow } from './refusals.ts';
import { findVerification } from './verify.ts';

interface Found {
  readonly fixer: Fixer;
  readonly project: Project;
}
const OPTIONS: Recipe['options'] = [
  {
    name: 'tool',
    question: `Which tool? Empty: the project's own. (${FIXERS.map(({ name }) => name).join(', ')}, script)`,
    required: false,
  },
  { name: 'path', question: 'Only this file or folder? Empty: all.', required: false },
];
const MOST_LISTED = 20;

/** The project's own fixer. */
export const fixLint: Recipe = {
  name: 'fix-lint',
  title: 'Fix lint',
  what: "Runs the project's own fixer and lists what it could not fix.",
  options: OPTIONS,
  async unavailable(world) {
    return (await around(world, '')).length > 0 || (await inMembers(world)).length > 0 ? null : NOTHING;
  },
  async plan(world, options) {
    onlyKnown(options, OPTIONS);
    const path = options.path ? inFolder('path', options.path, world.root) : '';
    const { fixer, project, commands, others } = await choose(world, options.tool ?? '', path);
    const where = project.folder === '' ? path : path.slice(project.folder.length + 1);
    const about = path === '' && project.folder === '' ? '' : ` in ${path || project.folder}`;
    return {
      sentence: `Fix what ${fixer.title} can fix${about}, with \`${fixer.typed}\`.`,
      destination: 'in your working tree, not committed',
      steps: (await commands(where)).map((each) => ({
        tool: 'command',
        argv: [...each.argv],
        folder: project.folder,
        purpose: each.purpose,
        accept: [...each.accept],
      })),
      verify: await findVerification(world, project.folder),
      ...(others.length > 0 && {
        review: [
          {
            text: `Also set up here: ${listing(others, 5)}. Choose one with the option \`tool\`.`,
            file: null,
            line: null,
          },
        ],
      }),
    } satisfies Plan;
  },
  tell({ output, edits, roots, steps }) {
    const command = steps?.find((step) => step.tool === 'command');
    const { fixed, left } = readLintOutput(output, {
      roots:
        roots ??
        rootsIn(
          output,
          edits.map(({ path }) => path),
        ),
      folder: command?.folder ?? '',
    });
    const files = count(edits.length, 'file');
    const what =
      fixed === null || fixed === 0 ? `Changed ${files}` : `Fixed ${count(fixed, 'problem')} in ${files}`;
    const listed = left.length > MOST_LISTED ? `, the first ${MOST_LISTED} listed` : ', listed';
    return {
      done: `${what}${left.length === 0 ? '; nothing is left' : ` (${left.length === 1 ? '1 remains' : `${left.length} remain`}${listed})`}`,
      review: left
        .slice(0, MOST_LISTED)
        .map(({ file, line, words }) => ({ text: clip(words, 300), file, line })),
    };
  },
};

const NOTHING =
  'No fixer is set up in this folder: none of Biome, ESLint, Prettier, Stylelint, Ruff, Black, gofmt, rustfmt, Clippy, RuboCop, and no script such as `lint:fix` or `format`.';

/** Fixers that are set up in the folder or above it, the nearest first. */
async function around(look: Look, folder: string): Promise<Found[]> {
  const found: Found[] = [];
  for (const place of upwards(folder)) {
    const project = await readProject(look, place);
    for (const fixer of FIXERS) if (await fixer.found(project)) found.push({ fixer, project });
    const script = fixScript(project);
    if (script !== null) found.push({ fixer: scriptFixer(script, project.manager), project });
  }
  return found;
}

async function inMembers(look: Look): Promise<Found[]> {
  const all = await Promise.all((await membersOf(look)).map((member) => readProject(look, member)));
  const found: Found[] = [];
  for (const project of all)
    for (const fixer of FIXERS)
      if (await fixer.found(project)) {
        found.push({ fixer, project });
        break;
      }
  return found;
}

async function choose(
  world: PlanWorld,
  tool: string,
  path: string,
): Promise<Found & { commands(path: string): Promise<readonly FixCommand[]>; others: readonly string[] }> {
  if (tool !== '' && tool !== 'script' && !FIXERS.some(({ name }) => name === tool))
    throw badOption(
      'tool',
      `"${tool}" is not known. It can be: ${FIXERS.map(({ name }) => name).join(', ')}, script.`,
    );
  const place =
    path !== '' && (await world.list(path)).length === 0 ? path.split('/').slice(0, -1).join('/') : path;
  const near = await around(world, place);
  const all = near.length > 0 ? near : await oneMember(world);
  const wanted = tool === '' ? all : all.filter(({ fixer }) => fixer.name === tool);
  if (wanted.length === 0)
    throw notNow(
      all.length === 0
        ? NOTHING
        : `${tool} is not set up here; ${listing(titles(all), 5)} can be used instead.`,
    );
  for (const each of wanted) {
    const argument = (below: string): string =>
      below === '' ? '.' : below.startsWith('-') ? `./${below}` : below;
    if ((await each.fixer.commands(each.project, '.')) === null) continue;
    return {
      ...each,
      commands: async (below) => (await each.fixer.commands(each.project, argument(below)))!,
      others: titles(all.filter((other) => other.fixer.name !== each.fixer.name)),
    };
  }
  throw notNow(
    `${listing(titles(wanted), 3)} is set up here but not installed. Install the project's packages first (\`${wanted[0]!.project.manager} install\`).`,
  );
}

async function oneMember(world: PlanWorld): Promise<Found[]> {
  const found = await inMembers(world);
  if (found.length <= 1) return found;
  throw badOption(
    'path',
    `several folders have a fixer of their own: ${listing(
      found.map(({ project }) => project.folder),
      10,
    )}. Name one.`,
  );
}

const titles = (found: readonly Found[]): string[] => [...new Set(found.map(({ fixer }) => fixer.title))];
