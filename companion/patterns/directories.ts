/** The folder of a file, "." at the top. */
export function folderOf(file: string): string {
  const end = file.lastIndexOf('/');
  return end < 0 ? '.' : file.slice(0, end);
}

/** Whether one folder holds the other, or they are the same. The top holds only itself here. */
export function related(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

/** Names under which a repository keeps the two halves of the same thing. */
const HALVES = new Set(['src', 'lib', 'source', 'test', 'tests', '__tests__', 'spec', 'specs']);

/**
 * What a folder is about: its path without the names that tell sources from their tests, so that both are one place,
 * also where tests have a tree of their own. "." where nothing is left.
 */
export function areaOf(folder: string): string {
  const names = folder.split('/').filter((name) => !HALVES.has(name));
  return names.length === 0 ? '.' : names.join('/');
}

/**
 * The deepest area that holds at least `share` of these files; null where none does but the top, which holds all.
 * `folder` is the one of its folders that most of them are in. Pure.
 */
export function dominant(files: readonly string[], share: number): { area: string; folder: string } | null {
  const counts = new Map<string, number>();
  const folders = files.map(folderOf);
  for (const folder of folders) {
    for (let at = areaOf(folder); at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/'))))
      counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  const depth = (area: string) => area.split('/').length;
  const enough = [...counts].filter(([, n]) => n >= share * files.length);
  const area = enough.sort(([a, n], [b, m]) => depth(b) - depth(a) || m - n)[0]?.[0];
  if (area === undefined) return null;
  return { area, folder: mostCommon(folders.filter((folder) => related(areaOf(folder), area))) };
}

function mostCommon(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '.';
}
