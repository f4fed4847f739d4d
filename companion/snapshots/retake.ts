import { keepControl } from './control.ts';
import { coverIgnored } from './cover-ignored.ts';
import { alike, unchanged } from './facts.ts';
import { withModes } from './modes.ts';
import { isHeavy, type Remembered } from './remembered.ts';
import { absolute, factsAt, standing, standingAt } from './scan.ts';
import type { RawPath, Uncovered } from './snapshot.ts';
import type { Taking } from './take.ts';
import { dirty, ignoredAmong, readable, update, writeTree } from './vault-index.ts';
import { walkFolders } from './walk.ts';

/**
 * A take that looks only at what changed since the last one: folders by their times, files of the index by theirs. Null
 * where something changed that decides what belongs to the work tree (patterns, repositories, heavy folders); then
 * everything has to be looked at.
 */
export async function retake(taking: Taking, last: Remembered): Promise<Remembered | null> {
  const { vault, limits, root, folders, main, stamp, signal } = taking;
  if (
    taking.excludes !== last.excludes ||
    folders?.own !== last.folders?.own ||
    folders?.common !== last.folders?.common ||
    last.skipped.some((folder) => !standing(absolute(root, folder))?.isDirectory())
  )
    return null;
  const [touched, walk] = await Promise.all([
    dirty(vault, main, signal),
    walkFolders(root, { skip: new Set(last.skipped), before: last.walk, stamp, signal }),
  ]);
  if (String(walk.nested) !== String(last.nested) || walk.newFolders.some(isHeavy)) return null;
  const ignoredBefore = [...last.ignored.facts.keys()];
  const patterns = ignoredBefore.filter(isPattern);
  const now = await factsAt(root, patterns, stamp, signal);
  if (
    [...touched, ...walk.appeared, ...last.missed].some(isPattern) ||
    patterns.some((file) => !now.has(file) || !unchanged(last.ignored.facts.get(file), now.get(file)!))
  )
    return null;

  const appeared = [...new Set([...walk.appeared, ...last.missed])];
  const fresh = await ignoredAmong(vault, main, appeared, signal);
  const ignored = await coverIgnored(new Set([...ignoredBefore, ...fresh]), {
    ...{ vault, limits, stamp, signal },
    seen: taking.ignored,
    before: last.ignored,
    tracked: () => taking.trackedIn(root),
  });
  const news = [...appeared, ...last.left.map((each) => each.path)].filter((file) => !fresh.has(file));
  const moved = await movedUnseen(taking, last, new Set(touched));
  const { left, changed, gone, found } = await sort(taking, [...touched, ...moved], news);
  await update(vault, main, { changed, gone: [...gone, ...moved] }, signal);

  const away = [...ignoredBefore, ...fresh].filter((file) => !ignored.chosen.has(file));
  const looked = await factsAt(root, [...last.modes.unsettled.keys(), ...changed], stamp, signal);
  for (const file of ignored.chosen) looked.set(file, ignored.facts.get(file)!);
  const none = [...last.modes.unsettled.keys(), ...changed].filter((file) => !looked.has(file));
  return {
    ...{ folders, excludes: taking.excludes, skipped: last.skipped, nested: walk.nested },
    ...{ walk: walk.known, folderModes: walk.folders, ignored, left },
    files: changed.length + gone.length === 0 ? last.files : await writeTree(vault, main, signal),
    missed: [...gone, ...none, ...away, ...appeared.filter((file) => !fresh.has(file) && !found.has(file))],
    modes: withModes(last.modes, looked, new Set([...gone, ...none, ...away])),
    control: folders ? await keepControl(vault, folders, stamp, last.control) : null,
  };
}

/**
 * Files of the index that were changed in the second in which they were kept, with their old size and modification time:
 * git, which counts change times in seconds, takes them for what they were.
 */
async function movedUnseen(
  { root, stamp, signal }: Taking,
  { modes, ignored }: Remembered,
  touched: ReadonlySet<RawPath>,
): Promise<RawPath[]> {
  const asked = [...modes.unsettled.keys()].filter((file) => !touched.has(file) && !ignored.chosen.has(file));
  const now = await factsAt(root, asked, stamp, signal);
  return asked.filter((file) => {
    const facts = now.get(file);
    return facts !== undefined && !alike(modes.unsettled.get(file)!, facts);
  });
}

/** What of these the index is to be brought to, and what cannot be kept. */
async function sort({ root, limits, signal }: Taking, touched: readonly RawPath[], news: readonly RawPath[]) {
  const known = new Set(touched);
  const found = await standingAt(root, new Set([...touched, ...news]), signal);
  const left: Uncovered[] = [];
  const changed: RawPath[] = [];
  const gone: RawPath[] = [];
  for (const [file, stats] of found) {
    const isFile = stats.isFile() || stats.isSymbolicLink();
    if (!isFile && known.has(file)) gone.push(file);
    else if (isFile && !known.has(file) && stats.size > limits.fileBytes)
      left.push({ path: file, bytes: stats.size, why: 'large' });
    else if (isFile && !readable(root, file, stats))
      left.push({ path: file, bytes: stats.size, why: 'unreadable' });
    else if (isFile) changed.push(file);
  }
  gone.push(...touched.filter((file) => !found.has(file)));
  return { left, changed, gone, found };
}

const isPattern = (file: RawPath) => file === '.gitignore' || file.endsWith('/.gitignore');
