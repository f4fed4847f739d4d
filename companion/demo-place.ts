import { mkdir, open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { DEMO_ENTRIES, projectsOf, readDemoMarker, writeDemoMarker } from './demo-marker.ts';
import { writeDemo } from './demo-mind.ts';
import { takeLock } from './store/index.ts';

/** Whatever changes what a demo holds raises this: an older one is made anew. */
export const DEMO_VERSION = 1;

export interface DemoOptions {
  /** The data directory of the demo, as `demoDirectory` names it. */
  readonly directory: string;
  readonly now: number;
  /** Makes it anew though there is one. */
  readonly fresh: boolean;
  readonly signal: AbortSignal;
  progress(words: string): void;
}

export interface Demo {
  /** Whether it was made now. */
  readonly made: boolean;
  /** Up to when it was lived, ms. */
  readonly at: number;
  /** Its projects' folders. */
  readonly folders: readonly string[];
}

/**
 * The demo, made where there is none that is whole and of this version. Touches no directory that is not empty and has
 * no demo's mark in it. Throws an `Error` that says what to do; rejects with the reason of the signal.
 */
export async function ensureDemo({ directory, now, fresh, signal, progress }: DemoOptions): Promise<Demo> {
  const marker = readDemoMarker(directory);
  const projects = projectsOf(directory);
  if (marker?.state === 'whole' && marker.version === DEMO_VERSION && !fresh)
    return { made: false, at: marker.at, folders: await foldersIn(projects) };
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if (!marker && (await readdir(directory)).length > 0)
    throw new Error(
      `${directory} holds something that is no demo of Progeny. Move it away, or remove it, and start again.`,
    );
  // Before the lock's own file is there, so that whatever ends here is known as a demo.
  if (!marker) await writeDemoMarker(directory, { version: DEMO_VERSION, state: 'writing', at: now });
  const lock = takeLock(directory);
  if (!lock)
    throw new Error(
      `A companion runs on the demo in ${directory}. End it with Ctrl-C where it was started, and start again.`,
    );
  try {
    await writeDemoMarker(directory, { version: DEMO_VERSION, state: 'writing', at: now });
    for (const entry of DEMO_ENTRIES.slice(0, -1))
      if (!entry.startsWith('companion.lock'))
        await rm(path.join(directory, entry), { recursive: true, force: true });
    const { folders } = await writeDemo({ dataDirectory: directory, projects, now, signal, progress });
    for (const file of ['hub.db', path.join('actors', 'creator', 'mind.db')])
      await sync(path.join(directory, file));
    await writeDemoMarker(directory, { version: DEMO_VERSION, state: 'whole', at: now });
    return { made: true, at: now, folders };
  } finally {
    lock.release();
  }
}

async function foldersIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort().map((name) => path.join(folder, name));
}

/** It was written without waiting for the disk. */
async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
