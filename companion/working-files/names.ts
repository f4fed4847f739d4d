/** The folder of the working files in a workspace. */
export const FOLDER = '.progeny';
export const OPEN_LOOPS = 'open_loops.json';
export const DECISIONS = 'decisions.json';
export const NOW = 'now.md';
export const TUNING = 'tuning.md';
/** Where the `now.md` of earlier days is kept. */
export const ARCHIVE = 'archive';

/** The files that are written from the store and read back, in the order in which their edits count. */
export const SYNCED = [OPEN_LOOPS, DECISIONS, NOW] as const;
export type SyncedFile = (typeof SYNCED)[number];

/** The files in whose folder edits are waited for. */
export const WATCHED: ReadonlySet<string> = new Set([...SYNCED, TUNING]);

const WORKING_FILES = new Set([...SYNCED, TUNING].map((name) => `${FOLDER}/${name}`));

/** Whether a path relative to a workspace (separators of any platform) is a file that a user may edit. */
export function isWorkingFile(relativePath: string): boolean {
  return WORKING_FILES.has(relativePath.replaceAll('\\', '/'));
}
