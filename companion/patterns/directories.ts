/** The folder of a file, "." at the top. */
export function folderOf(file: string): string {
  const end = file.lastIndexOf('/');
  return end < 0 ? '.' : file.slice(0, end);
}

/** Whether one folder holds the other, or they are the same. The top holds only itself here. */
export function related(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

/**
 * The deepest folder that holds at least `share` of these; null where none below the top does, so that tests beside
 * their sources are one place. Files at the top are a place of their own. Pure.
 */
export function dominant(folders: readonly string[], share: number): string | null {
  const counts = new Map<string, number>();
  for (const folder of folders) {
    for (let at = folder; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/'))))
      counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  const depth = (folder: string) => folder.split('/').length;
  const enough = [...counts].filter(([, n]) => n >= share * folders.length);
  return enough.sort(([a, n], [b, m]) => depth(b) - depth(a) || m - n)[0]?.[0] ?? null;
}
