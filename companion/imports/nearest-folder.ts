/** The innermost of `folders` that holds `path` or is it; null where none does. Pure. */
export function nearestFolder(folders: readonly string[], path: string): string | null {
  const holds = (folder: string) =>
    path === folder || (path.startsWith(folder) && /[\\/]/.test(path[folder.length] ?? '')) || folder === '/';
  return folders
    .filter(holds)
    .reduce<string | null>((best, folder) => (folder.length > (best?.length ?? 0) ? folder : best), null);
}
