import { execFile } from 'node:child_process';
import { closeSync, constants, existsSync, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';

/** One pipe for both of a program's streams: what it writes comes in the order in which it wrote it. */
export interface OutputPipe {
  readonly stream: Readable;
  /** What the program is given. */
  readonly descriptor: number;
  /** Lets go of the program's end, once the program has it. */
  handOver(): void;
}

const MKFIFO = ['/usr/bin/mkfifo', '/bin/mkfifo', '/run/current-system/sw/bin/mkfifo'];

/**
 * A real pipe. Node gives programs sockets instead, and on Linux a socket cannot be opened again: a script that writes
 * to /dev/stderr would fail. Null where none can be made, or none is needed.
 */
export async function outputPipe(): Promise<OutputPipe | null> {
  const mkfifo = process.platform === 'linux' && MKFIFO.find((place) => existsSync(place));
  if (!mkfifo) return null;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'progeny-pipe-'));
  const name = path.join(folder, 'output');
  try {
    if (!(await makes(mkfifo, name))) return null;
    // The reader first, for a writer waits for one.
    const reader = openSync(name, constants.O_RDONLY | constants.O_NONBLOCK);
    const descriptor = openSync(name, constants.O_WRONLY);
    const stream = new Socket({ fd: reader, readable: true, writable: false });
    return { stream, descriptor, handOver: () => closeSync(descriptor) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function makes(mkfifo: string, name: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  execFile(mkfifo, ['-m', '600', name], { env: {}, timeout: 5000 }, (error) => resolve(error === null));
  return promise;
}
