import { notInside } from './in-folder.ts';
import { asRecord, below, type Look, parse } from './project.ts';

const MOST = 100;
/** Folders that hold projects by habit, where nothing is written down. */
const USUAL = ['packages/*', 'apps/*', 'libs/*', 'services/*', 'crates/*'];

/** Folders of a monorepo: as package.json, pnpm-workspace.yaml or Cargo.toml name them, else by habit. At most 100. */
export async function membersOf(look: Look): Promise<string[]> {
  const patterns = await written(look);
  const found = new Set<string>();
  for (const pattern of patterns.length > 0 ? patterns : USUAL)
    for (const folder of await expand(look, pattern)) if (found.size < MOST) found.add(folder);
  return [...found];
}

async function written(look: Look): Promise<string[]> {
  const manifest = asRecord(parse(await look.read('package.json')));
  const spaces = Array.isArray(manifest.workspaces)
    ? manifest.workspaces
    : asRecord(manifest.workspaces).packages;
  const pnpm = [
    ...((await look.read('pnpm-workspace.yaml')) ?? '').matchAll(
      /^[ \t]*-[ \t]*['"]?([^'"#\s]+)['"]?[ \t]*$/gm,
    ),
  ];
  const cargo =
    /^members[ \t]*=[ \t]*\[([^\]]{0,10000})\]/m.exec((await look.read('Cargo.toml')) ?? '')?.[1] ?? '';
  return [
    ...(Array.isArray(spaces) ? spaces.filter((each): each is string => typeof each === 'string') : []),
    ...pnpm.map((match) => match[1]!),
    ...[...cargo.matchAll(/"([^"]+)"/g)].map((match) => match[1]!),
  ].filter((pattern) => !pattern.startsWith('!'));
}

/** `packages/*` and `packages/**` by one level; a plain folder as it is. */
async function expand(look: Look, pattern: string): Promise<string[]> {
  const clean = pattern.replace(/^\.\//, '').replace(/\/+$/, '');
  const star = /^(.*?)\/?\*\*?$/.exec(clean);
  if (!star) return notInside(clean) === null && (await look.list(clean)).length > 0 ? [clean] : [];
  const parent = star[1]!;
  if (parent !== '' && notInside(parent) !== null) return [];
  const folders: string[] = [];
  for (const name of (await look.list(parent)).slice(0, 10 * MOST)) {
    const folder = below(parent, name);
    if (notInside(folder) === null && (await look.list(folder)).length > 0) folders.push(folder);
  }
  return folders;
}
