import path from 'node:path';

/** The path of `file` inside `folder` with forward slashes, or null where it lies elsewhere. */
export function relativeTo(folder: string, file: string, paths: path.PlatformPath = path): string | null {
  const relative = paths.relative(folder, file);
  if (
    relative === '' ||
    relative === '..' ||
    relative.startsWith(`..${paths.sep}`) ||
    paths.isAbsolute(relative)
  ) {
    return null;
  }
  return relative.split(paths.sep).join('/');
}

/** The absolute path of a file that the companion named, or null where it would leave the folder. */
export function inside(folder: string, file: string, paths: path.PlatformPath = path): string | null {
  const absolute = paths.resolve(folder, file);
  return relativeTo(folder, absolute, paths) === null ? null : absolute;
}
