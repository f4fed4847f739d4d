import { lstatSync, type Stats } from 'node:fs';
import path from 'node:path';
import type { FileChange } from './records.ts';

/** What was heard of a name since the last batch. */
export interface NameEvents {
  /** How often it was made, deleted or renamed. */
  readonly renames: number;
  /** How often its content or attributes changed. */
  readonly writes: number;
  /** It was found in a folder that has just appeared, and is news if it changed after this; else null. */
  readonly newsSince: number | null;
}

interface Settled {
  readonly changes: FileChange[];
  /** Folders that are new, or may be others than before. */
  readonly appeared: string[];
  readonly vanished: string[];
}

/** Attributes that changed this long (ms) after the content did not change together with it. */
const APART_MS = 2_000;

/**
 * Looks at each name once and says what happened to it. A name that was made and is gone again is nobody's
 * work, a change of attributes alone is no edit. It looks without yielding (some microseconds each), so that
 * what it says about a batch fits together.
 */
export function settleNames(
  root: string,
  names: ReadonlyMap<string, NameEvents>,
  isKnownFolder: (folder: string) => boolean,
): Settled {
  const settled: Settled = { changes: [], appeared: [], vanished: [] };
  for (const [name, events] of names) {
    const stat = look(path.join(root, name));
    if (stat?.isDirectory()) {
      if (events.renames > 0) settled.appeared.push(name);
      continue;
    }
    const wasFolder = isKnownFolder(name);
    if (wasFolder) settled.vanished.push(name);
    const type = stat ? typeOfPresent(events, stat) : wasFolder ? null : typeOfAbsent(name, events);
    if (type) settled.changes.push({ path: name, type });
  }
  return settled;
}

function typeOfPresent(events: NameEvents, stat: Stats): FileChange['type'] | null {
  if (events.renames > 0) return 'create';
  if (events.writes > 0 && stat.ctimeMs - stat.mtimeMs < APART_MS) return 'update';
  return events.newsSince !== null && stat.ctimeMs >= events.newsSince ? 'create' : null;
}

function typeOfAbsent(name: string, events: NameEvents): FileChange['type'] | null {
  const parts = name.split('/');
  // A folder tells its own end under its own name, as if it were in itself.
  if (parts.length > 1 && parts.at(-1) === parts.at(-2)) return null;
  return events.renames === 1 ? 'delete' : null;
}

function look(place: string): Stats | null {
  try {
    return lstatSync(place, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}
