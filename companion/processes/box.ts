import { existsSync, lstatSync, mkdirSync, readlinkSync, rmdirSync, rmSync, symlinkSync } from 'node:fs';
import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import { type Box, bubblewrapArguments, type Cover, EMPTY } from './bubblewrap-arguments.ts';
import { isWithin } from './clean-environment.ts';
import { type Apart, lookApart } from './kept-from-programs.ts';

export interface BoxOptions {
  readonly root: string;
  readonly of: string | undefined;
  /** Absolute, in `root`. */
  readonly folder: string;
  readonly network: boolean;
  /** Absolute places that it must not see, whether they are there or not. */
  readonly secrets: readonly string[];
}
export interface ReadyBox {
  readonly args: readonly string[];
  /** Where the program sees `root`. */
  readonly at: string;
  /** Puts back what had to make way. */
  dispose(): void;
}

/** Makes everything ready for a contained program: what it sees, and what it does not. */
export async function prepareBox(options: BoxOptions): Promise<ReadyBox> {
  const { root, of, network } = options;
  const at = of ?? root;
  const apart = await lookApart(root, of);
  const own = apart.repositories.includes('.git');
  const repository = of !== undefined && !own && existsSync(path.join(of, '.git')) ? ['.git'] : [];
  const box: Box = {
    root,
    at,
    folder: path.join(at, path.relative(root, options.folder)),
    network,
    hidden: [
      // In the place of the folder a rehearsal is seen: there is nothing to hide but what it has a copy of.
      ...(await covers(options.secrets)).filter((each) => isThere(each.at, at, root)),
      ...(network ? await unseen(at, root, of, apart) : []),
    ],
    fixed: [...apart.repositories, ...(network ? [] : apart.denied)],
    shared: [...apart.shared, ...repository],
    shown: [...(network ? await namesOfMachines() : []), ...SYSTEMS],
  };
  const giveWay = apart.shared.map((place) => makeWay(path.join(root, place)));
  return {
    at,
    args: bubblewrapArguments(box),
    dispose: () => {
      for (const putBack of giveWay) putBack();
      for (const place of repository) removeEmpty(path.join(root, place));
    },
  };
}

function isThere(place: string, at: string, root: string): boolean {
  return at === root || !isWithin(at, place) || existsSync(path.join(root, path.relative(at, place)));
}

/** Why a program is not seen inside of a box, in words; null where it is. `root`: what the program may write. */
export async function whyNotSeen(
  file: string,
  root: string,
  secrets: readonly string[],
): Promise<string | null> {
  const real = await realpath(file);
  if (isWithin(root, file)) return null;
  const hidden = [...EMPTY, ...(await covers(secrets)).map(({ at }) => at)];
  const shown = SYSTEMS.some((place) => isWithin(place, file));
  const place = hidden.find((each) => isWithin(each, file) || isWithin(each, real));
  return place === undefined || shown
    ? null
    : `${JSON.stringify(file)} lies in ${place}, which a contained program does not see. Install it elsewhere.`;
}

/** NixOS keeps its programs below `/run`. */
const SYSTEMS = ['/run/current-system', '/run/opengl-driver'];

/** With a network, what the deny list names could leave the machine: then it is not seen at all. */
async function unseen(at: string, root: string, of: string | undefined, apart: Apart): Promise<Cover[]> {
  const real =
    of === undefined ? [] : apart.shared.filter((place) => path.basename(place) !== 'node_modules');
  const inside = real.map(async (place) => {
    const { denied } = await lookApart(path.join(of!, place));
    return denied.map((name) => ({ seen: path.join(at, place, name), lies: path.join(of!, place, name) }));
  });
  const own = apart.denied.map((name) => ({ seen: path.join(at, name), lies: path.join(root, name) }));
  return [...own, ...(await Promise.all(inside)).flat()].map(({ seen, lies }) => ({
    at: seen,
    isFolder: lstatSync(lies, { throwIfNoEntry: false })?.isDirectory() ?? false,
  }));
}

/** Those of the places that are there, where they really lie. Outer ones first, each once. */
async function covers(places: readonly string[]): Promise<Cover[]> {
  const found = new Map<string, Cover>();
  for (const place of places) {
    const at = await realpath(place).catch(() => null);
    if (at === null || at === '/') continue;
    found.set(at, { at, isFolder: (await lstat(at)).isDirectory() });
  }
  const sorted = [...found.values()].sort((a, b) => a.at.length - b.at.length);
  return sorted.filter(({ at }) => !sorted.some((other) => other.at !== at && isWithin(other.at, at)));
}

async function namesOfMachines(): Promise<string[]> {
  const real = await realpath('/etc/resolv.conf').catch(() => null);
  return real?.startsWith('/run/') ? [real] : [];
}

/** What bubblewrap made to mount the repository on, of which a rehearsal has no copy. */
function removeEmpty(place: string): void {
  const facts = lstatSync(place, { throwIfNoEntry: false });
  if (facts?.isDirectory()) rmdirSync(place);
  else if (facts?.isFile() && facts.size === 0) rmSync(place);
}

/**
 * A rehearsal links to the folders that it has no copy of. Seen in the place of the folder itself, such a link would
 * lead to itself: an empty folder takes its place for as long as the program runs, for the real one to be mounted on.
 */
function makeWay(link: string): () => void {
  const target = readlinkSync(link);
  rmSync(link);
  mkdirSync(link);
  return () => {
    if (lstatSync(link, { throwIfNoEntry: false })?.isDirectory()) rmdirSync(link);
    symlinkSync(target, link);
  };
}
