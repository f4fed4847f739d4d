import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { cpuMsOf, peakRssMbOf, rssMbOf } from './support/process-tree.ts';
import { option, type Subject, startSubject } from './support/subject.ts';

interface StormRow {
  [field: string]: string | number | boolean;
  folder: 'ignored' | 'tracked';
  files: number;
  peakRssMb: number;
  rows: number;
  spans: number;
  /** From the last deletion until an edit made after it is written as a span of its own. */
  recoverMs: number;
  cpuMs: number;
  /** How long making and deleting took. */
  stormMs: number;
}

/**
 * Creates and deletes files by the tens of thousands while a companion has the workspace open, in an ignored
 * folder and in a tracked one: `storm [--files 50000]`.
 */
export default async function storm(args: readonly string[]): Promise<StormRow[]> {
  const files = Number(option(args, 'files') ?? 50_000);
  return [await stormIn('ignored', 'node_modules', files), await stormIn('tracked', 'generated', files)];
}

async function stormIn(folder: StormRow['folder'], name: string, files: number): Promise<StormRow> {
  const workspace = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'progeny-storm-')));
  try {
    for (let i = 0; i < 1_000; i++) writeIn(workspace, path.join('src', `d${i % 100}`), `f${i}.ts`);
    const subject = await startSubject(workspace);
    let sampled = 0;
    const sampler = setInterval(() => {
      sampled = Math.max(sampled, rssMbOf(subject.pid));
    }, 100);
    const before = subject.counts();
    const cpuBefore = cpuMsOf(subject.pid);
    const began = performance.now();
    await createAndDelete(path.join(workspace, name), files);
    const stormMs = Math.round(performance.now() - began);
    const recoverMs = await recovery(workspace, subject);
    const after = subject.counts();
    const cpuMs = cpuMsOf(subject.pid) - cpuBefore;
    const peakRssMb = Math.round(Math.max(sampled, peakRssMbOf(subject.pid)));
    clearInterval(sampler);
    await subject.stop();
    const written = { rows: after.rows - before.rows, spans: after.spans - before.spans };
    return { folder, files, peakRssMb, ...written, recoverMs, cpuMs, stormMs };
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

async function createAndDelete(folder: string, files: number): Promise<void> {
  const inOneFolder = 100;
  for (let i = 0; i < files; i++) {
    writeIn(folder, `package-${Math.floor(i / inOneFolder)}/lib`, `file-${i}.js`);
    if (i % 500 === 0) await setImmediate();
  }
  rmSync(folder, { recursive: true });
}

function writeIn(root: string, folder: string, file: string): void {
  mkdirSync(path.join(root, folder), { recursive: true });
  writeFileSync(path.join(root, folder, file), 'export {};\n');
}

async function recovery(workspace: string, subject: Subject): Promise<number> {
  const began = performance.now();
  const probes: string[] = [];
  while (performance.now() - began < 120_000) {
    const probe = `probe-${probes.length}.ts`;
    writeFileSync(path.join(workspace, probe), 'x');
    probes.push(probe);
    for (let i = 0; i < 10; i++) {
      await sleep(50);
      for (const file of probes) if (subject.seen(file)) return Math.round(performance.now() - began);
    }
  }
  throw new Error('no edit was seen within two minutes after the storm');
}
