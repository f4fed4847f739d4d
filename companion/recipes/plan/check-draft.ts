import { clip } from '../../kernel/index.ts';
import { type WheelReview, wheelStep } from '../../protocol/index.ts';
import type { Landed } from '../clean-branches.ts';
import { notInside } from '../in-folder.ts';
import { placeOf } from '../rename.ts';
import { DRAFT_TOOLS, type DraftTool, holds, names, toolsAsked } from './asked.ts';
import type { KnownCommand } from './known-commands.ts';

/** A step as a model wrote it: nothing of it is taken for granted. */
export type Drafted = Readonly<Record<string, unknown>>;
/** A step that may be done. `edit`: its text is still to be made. */
export type Checked =
  | { readonly kind: 'edit'; readonly path: string; readonly isNew: boolean; readonly what: string }
  | { readonly kind: 'step'; readonly step: ReturnType<typeof wheelStep.parse> };
export interface Refusal {
  readonly why: string;
  /** It asked for more than any contract allows, not merely for something that cannot be. */
  readonly breach: boolean;
}

/** What steps are held against. */
export interface DraftWorld {
  /** The developer's own words. */
  readonly request: string;
  /** Files that were offered by name. */
  readonly places: readonly string[];
  readonly commands: readonly KnownCommand[];
  readonly landed: readonly Landed[];
  /** Text of a file; null where there is none that may be read. */
  read(path: string): Promise<string | null>;
}

export const MOST_STEPS = 20;
const refuse = (why: string, breach = true): Refusal => ({ why, breach });

/** One step of a draft, checked: what it asks for is in the request, and what it is about exists and may be touched. */
export async function checkDrafted(
  drafted: Drafted,
  world: DraftWorld,
  made: { readonly branch: boolean },
): Promise<Checked | Refusal> {
  const tool = DRAFT_TOOLS.find((each) => each === drafted.tool);
  if (!tool) return refuse(`there is no tool "${shown(drafted.tool)}"`);
  if (!toolsAsked(world.request).has(tool)) return refuse(`the request does not ask for it (${PLAIN[tool]})`);
  return CHECKS[tool](drafted, world, made);
}

type Check = (
  drafted: Drafted,
  world: DraftWorld,
  made: { readonly branch: boolean },
) => Promise<Checked | Refusal>;

const PLAIN: Readonly<Record<DraftTool, string>> = {
  edit: 'changing a file',
  create: 'making a file',
  delete: 'deleting a file',
  move: 'moving a file',
  rename: 'renaming a symbol',
  command: 'running a program',
  branch: 'making a branch',
  commit: 'committing',
  delete_branch: 'deleting a branch',
  open_loop: 'opening a thread',
};

const CHECKS: Readonly<Record<DraftTool, Check>> = {
  edit: async (drafted, world) => {
    const path = pathIn(drafted, 'path');
    if (typeof path !== 'string') return path;
    const target = await targetOf(path, world);
    if (target) return target;
    if ((await world.read(path)) === null) return refuse(`there is no text file "${shown(path)}"`, false);
    return { kind: 'edit', path, isNew: false, what: words(drafted.what) };
  },
  create: async (drafted, world) => {
    const path = pathIn(drafted, 'path');
    if (typeof path !== 'string') return path;
    if ((await world.read(path)) !== null) return refuse(`"${shown(path)}" is there already`, false);
    // What tools find by themselves (.github, .husky, .vscode) is made only where it is asked for by name.
    if (
      !names(world.request, path) &&
      (path.startsWith('.') || path.includes('/.') || !isSpokenOf(world.request, path))
    )
      return refuse(`the request does not speak of "${shown(path)}"`);
    return { kind: 'edit', path, isNew: true, what: words(drafted.what) };
  },
  delete: async (drafted, world) => {
    const path = pathIn(drafted, 'path');
    if (typeof path !== 'string') return path;
    if (!names(world.request, path))
      return refuse(`the request does not name "${shown(path)}", and only what it names is deleted`);
    if ((await world.read(path)) === null) return refuse(`there is no text file "${shown(path)}"`, false);
    return step({ tool: 'delete', path });
  },
  move: async (drafted, world) => {
    const from = pathIn(drafted, 'from');
    const to = pathIn(drafted, 'to');
    if (typeof from !== 'string') return from;
    if (typeof to !== 'string') return to;
    if (!names(world.request, from))
      return refuse(`the request does not name "${shown(from)}", and only what it names is moved`);
    if ((await world.read(from)) === null) return refuse(`there is no text file "${shown(from)}"`, false);
    if ((await world.read(to)) !== null) return refuse(`"${shown(to)}" is there already`, false);
    return step({ tool: 'move_file', from, to });
  },
  rename: async (drafted, world) => {
    const path = pathIn(drafted, 'path');
    if (typeof path !== 'string') return path;
    const [symbol, to] = [words(drafted.symbol), words(drafted.to)];
    if (symbol === '' || to === '' || /\s/.test(to))
      return refuse('it does not say which name becomes which', false);
    if (!holds(world.request, symbol) || !holds(world.request, to))
      return refuse(`the request does not name "${shown(symbol)}" and "${shown(to)}"`);
    const place = placeOf((await world.read(path)) ?? '', symbol, null);
    if (!place) return refuse(`"${shown(symbol)}" does not stand in "${shown(path)}"`, false);
    return step({ tool: 'rename', path, ...place, to });
  },
  command: async (drafted, { commands }) => {
    const typed = words(drafted.command);
    const known = commands.find((each) => each.typed === typed);
    if (!known) return refuse(`"${shown(typed || drafted.command)}" is none of the project's own commands`);
    return step({
      tool: 'command',
      argv: [...known.argv],
      folder: '',
      purpose: known.purpose,
      accept: [...known.accept],
    });
  },
  branch: async (drafted, _, made) => {
    const name = words(drafted.name);
    if (made.branch) return refuse('a run makes one branch', false);
    if (!/^[\w][\w./-]{0,99}$/.test(name) || /\.\.|\/\/|\.lock$|[./]$|\/[.-]/.test(name))
      return refuse(`"${shown(drafted.name)}" is no name for a branch`, false);
    return step({ tool: 'branch', name });
  },
  commit: async (drafted, _, made) => {
    if (!made.branch) return refuse('a run commits only on a branch that it made itself');
    return step({ tool: 'commit', message: words(drafted.message) });
  },
  delete_branch: async (drafted, { landed }) => {
    const found = landed.find((each) => each.name === drafted.name);
    if (!found)
      return refuse(`"${shown(drafted.name)}" is no branch whose work has all arrived in the default one`);
    return step({ tool: 'delete_branch', name: found.name, at: found.at, mergedInto: found.into });
  },
  open_loop: async (drafted, { request }) => {
    const title = words(drafted.title);
    // Its words come from what was read in the request alone; still they are the developer's and not a stranger's.
    const told = title.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [];
    if (!told.some((word) => holds(request, word)))
      return refuse(`the request says nothing of "${shown(title)}"`);
    return step({ tool: 'open_loop', title: clip(title, 200), context: '' });
  },
};

/** Where the request names files, only these are changed; else one of those that were offered. */
async function targetOf(path: string, world: DraftWorld): Promise<Refusal | null> {
  if (names(world.request, path)) return null;
  if (await namesFiles(world)) return refuse(`the request names other files, not "${shown(path)}"`);
  return world.places.includes(path) ? null : refuse(`the request does not name "${shown(path)}"`);
}

/** "clock.test.ts" is spoken of by "add a test for the clock". */
function isSpokenOf(request: string, path: string): boolean {
  const parts =
    path
      .split('/')
      .at(-1)!
      .match(/[\p{L}\p{N}]{4,}/gu) ?? [];
  return parts.some((part) => holds(request, part) || request.toLowerCase().includes(part.toLowerCase()));
}

/** Words in the request that look like files and are some. */
async function namesFiles({ request, places, read }: DraftWorld): Promise<boolean> {
  if (places.some((place) => names(request, place))) return true;
  for (const word of request.match(/[^\s"'`,;:()]+\.\w+/g) ?? [])
    if (notInside(word) === null && (await read(word)) !== null) return true;
  return false;
}

function pathIn(drafted: Drafted, field: string): string | Refusal {
  const given = drafted[field];
  if (typeof given !== 'string' || given === '') return refuse(`it names no ${field}`, false);
  const reason = notInside(given);
  if (reason !== null) return refuse(`"${shown(given)}" ${reason}`);
  const clean = given
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
  return clean === given ? given : refuse(`"${shown(given)}" is not written plainly`, false);
}

function step(input: unknown): Checked | Refusal {
  const parsed = wheelStep.safeParse(input);
  if (parsed.success) return { kind: 'step', step: parsed.data };
  const issue = parsed.error.issues[0]!;
  return refuse(`\`${issue.path.join('.')}\`: ${issue.message}`, false);
}

function words(value: unknown): string {
  return typeof value === 'string' ? value.replace(/\0/g, '').trim() : '';
}

/** Something that a model wrote, fit to be shown in a report. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
  return clip(text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' '), 80);
}

/** All refusals as lines of a report. Pure. */
export function refusalLines(
  refused: readonly { readonly n: number; readonly tool: unknown; readonly why: string }[],
): WheelReview[] {
  return refused.map(({ n, tool, why }) => ({
    text: `Step ${n} (${shown(tool)}) was refused: ${why}.`,
    file: null,
    line: null,
  }));
}
