import { stat } from 'node:fs/promises';
import path from 'node:path';

/** Those of the places whose file (still) exists. */
export async function existing<T extends { file: string }>(root: string, places: readonly T[]): Promise<T[]> {
  const found = await Promise.all(
    places.map(async (place) => ((await modifiedAt(root, place.file)) === null ? null : place)),
  );
  return found.filter((place) => place !== null);
}

/** When a file was last saved; null where there is none. */
export async function modifiedAt(root: string, file: string): Promise<number | null> {
  try {
    const found = await stat(path.join(root, file));
    return found.isFile() ? Math.floor(found.mtimeMs) : null;
  } catch {
    return null;
  }
}
