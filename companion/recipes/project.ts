import type { PlanWorld } from '../agency/index.ts';

/** What recipes look at. */
export type Look = Pick<PlanWorld, 'read' | 'list'>;

/** What a folder says of itself, as far as recipes ask. */
export interface Project {
  /** Relative to the root, '' for the root itself. */
  readonly folder: string;
  /** Names of its files and folders. */
  readonly names: ReadonlySet<string>;
  readonly scripts: Readonly<Record<string, string>>;
  /** Packages that package.json asks for, of every kind. */
  readonly packages: ReadonlySet<string>;
  /** Fields of package.json that configure a tool. */
  readonly fields: ReadonlySet<string>;
  readonly manager: 'npm' | 'pnpm' | 'yarn' | 'bun';
  /** A file below the folder; null where there is none. */
  read(name: string): Promise<string | null>;
  /** How a program that npm installed is started from this folder; null where it is not installed. */
  installed(name: string): Promise<readonly string[] | null>;
}

const LOCKS = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
] as const;

export function below(folder: string, name: string): string {
  return folder === '' ? name : name === '' ? folder : `${folder}/${name}`;
}

/** The folder and those above it, up to the root. Pure. */
export function upwards(folder: string): string[] {
  const parts = folder === '' ? [] : folder.split('/');
  return [...parts.map((_, i) => parts.slice(0, parts.length - i).join('/')), ''];
}

export async function readProject(look: Look, folder = ''): Promise<Project> {
  const names = new Set(await look.list(folder));
  const manifest = names.has('package.json')
    ? asRecord(parse(await look.read(below(folder, 'package.json'))))
    : {};
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
  return {
    folder,
    names,
    scripts: stringsOf(manifest.scripts),
    packages: new Set(kinds.flatMap((kind) => Object.keys(asRecord(manifest[kind])))),
    fields: new Set(Object.keys(manifest)),
    manager: await managerOf(look, folder, manifest.packageManager),
    read: (name) => look.read(below(folder, name)),
    installed: (name) => installed(look, folder, name),
  };
}

/** By the nearest lock file, then by what package.json names, then npm. */
async function managerOf(look: Look, folder: string, named: unknown): Promise<Project['manager']> {
  for (const place of upwards(folder)) {
    const there = new Set(await look.list(place));
    const lock = LOCKS.find(([file]) => there.has(file));
    if (lock) return lock[1];
  }
  const name = /^(pnpm|yarn|bun)@/.exec(String(named ?? ''))?.[1];
  return (name as Project['manager'] | undefined) ?? 'npm';
}

async function installed(look: Look, folder: string, name: string): Promise<readonly string[] | null> {
  for (const [up, place] of upwards(folder).entries()) {
    const bin = await look.list(below(place, 'node_modules/.bin'));
    if (bin.includes(name)) return [`${'../'.repeat(up)}node_modules/.bin/${name}`];
    // Yarn's other way keeps packages in archives and starts their programs itself.
    if ((await look.list(place)).includes('.pnp.cjs')) return ['yarn', 'run', name];
  }
  return null;
}

/** How the package manager runs a script. Pure. */
export function runScript(
  manager: Project['manager'],
  script: string,
  args: readonly string[] = [],
): string[] {
  const rest = args.length === 0 ? [] : manager === 'npm' ? ['--', ...args] : args;
  return [manager, 'run', script, ...rest];
}

export function parse(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return null;
  }
}

export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function stringsOf(value: unknown): Record<string, string> {
  const entries = Object.entries(asRecord(value)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(entries);
}
