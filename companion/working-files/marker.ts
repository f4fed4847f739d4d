import { lstat, readFile } from 'node:fs/promises';
import path from 'node:path';

export const IGNORE = '.gitignore';

/**
 * The line by which this Progeny knows a folder that it made for this workspace: a keyed digest, which a
 * repository cannot know. `digest` is the mind's.
 */
export function markerLine(digest: (content: string) => string, workspaceId: string): string {
  return `# made-by: progeny ${digest(`working-files ${workspaceId}`)}`;
}

/** Whether the text of a `.gitignore` holds that line. */
export function isMarked(text: string, line: string): boolean {
  return text.split(/\r?\n/).includes(line);
}

/** Whether a folder is a real one and holds that line; false where it cannot be read. */
export async function isMarkedFolder(folder: string, line: string): Promise<boolean> {
  try {
    return (
      (await lstat(folder)).isDirectory() && isMarked(await readFile(path.join(folder, IGNORE), 'utf8'), line)
    );
  } catch {
    return false;
  }
}
