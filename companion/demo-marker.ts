import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DATA_ENTRIES, writeFileAtomic } from './kernel/node.ts';

const MARKER = 'demo.json';
const PROJECTS = 'demo-projects';

/** What lies in the data directory of a demo and tells it from a user's. */
export interface DemoMarker {
  readonly version: number;
  /** `writing` until all of it is there: a demo that was interrupted is made anew. */
  readonly state: 'writing' | 'whole';
  /** Up to when it was lived, ms. */
  readonly at: number;
}

/** The demo's own data directory, beside the user's. */
export function demoDirectory(dataDirectory: string): string {
  return `${dataDirectory}-demo`;
}

/** Everything that a demo puts there; the marker goes last. */
export const DEMO_ENTRIES: readonly string[] = [...DATA_ENTRIES, PROJECTS, MARKER];

/** Where the projects of a demo lie. */
export function projectsOf(directory: string): string {
  return path.join(directory, PROJECTS);
}

/** Where the folders lie that a companion on this data directory may open; null where it is no demo. */
export function demoFolders(dataDirectory: string): string | null {
  return readDemoMarker(dataDirectory) ? projectsOf(dataDirectory) : null;
}

export function readDemoMarker(directory: string): DemoMarker | null {
  try {
    const marker = JSON.parse(readFileSync(path.join(directory, MARKER), 'utf8')) as Partial<DemoMarker>;
    const { version, state, at } = marker;
    if (typeof version !== 'number' || typeof at !== 'number') return null;
    return { version, at, state: state === 'whole' ? 'whole' : 'writing' };
  } catch {
    return null;
  }
}

export function writeDemoMarker(directory: string, marker: DemoMarker): Promise<void> {
  return writeFileAtomic(path.join(directory, MARKER), `${JSON.stringify(marker)}\n`);
}
