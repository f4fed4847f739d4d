import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findGit, type GitProgram } from '../../companion/git/index.ts';
import { type Random, seededRandom, systemClock } from '../../companion/kernel/index.ts';
import { Snapshots } from '../../companion/snapshots/index.ts';
import { makeRepository } from '../fixtures/repository.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { median, rounded } from './support/statistics.ts';
import { option } from './support/subject.ts';

const ROUNDS = 7;
const CHANGED = 10;

/**
 * Snapshots of a large repository beside what git alone does: `git add -A` into an index of its own and `git write-tree`,
 * on a copy of the same work tree, interleaved. `bytes` is what lies on the disk for it after the step; the peer writes
 * into the repository of the copy. `runs`: what lies there at most over many runs in a small repository, each with a
 * snapshot before and after, some of them open; `ms` is the median take. `snapshot [--files N] [--megabytes N] [--runs N]`.
 */
export default async function snapshot(args: readonly string[]) {
  const files = Number(option(args, 'files') ?? 100_000);
  const bytes = Number(option(args, 'megabytes') ?? 1024) * 1024 * 1024;
  const random = seededRandom(1);
  await using repository = await makeRepository();
  using data = temporaryFolder();
  const { root } = repository;
  fill(root, files, Math.floor(bytes / files), random);
  // git tidies up by itself after so many objects, at a time of its own.
  repository.run('config', 'gc.auto', '0');
  repository.run('add', '-A');
  repository.run('commit', '-q', '-m', 'all');
  const copy = path.join(repository.folder, 'copy');
  cpSync(root, copy, { recursive: true, preserveTimestamps: true });
  const peer = { GIT_INDEX_FILE: path.join(copy, '.git', 'peer-index') };
  const peerTakes = () => {
    for (const words of [['add', '-A'], ['write-tree']]) {
      const { status, stderr } = spawnSync('git', words, {
        cwd: copy,
        env: { ...repository.environment, ...peer },
      });
      if (status !== 0) throw new Error(String(stderr));
    }
  };
  const program = await findGit();
  const kept = new Snapshots({ folder: data.path, program, clock: systemClock, random });

  const first = await measured(() => kept.take(root, 'first'));
  const peerFirst = await measured(async () => peerTakes());
  const rows = [row('first', [first.ms], [peerFirst.ms], data.path)];

  const takes: number[] = [];
  const peers: number[] = [];
  const restores: number[] = [];
  let before = first.value;
  for (let round = 0; round < ROUNDS; round++) {
    for (const place of [root, copy]) touch(place, round, files, seededRandom(round + 2));
    const peerNext = () => measured(async () => peerTakes());
    const next = () => measured(() => kept.take(root, 'next'));
    let after: typeof first;
    if (round % 2 === 0) {
      after = await next();
      peers.push((await peerNext()).ms);
    } else {
      peers.push((await peerNext()).ms);
      after = await next();
    }
    takes.push(after.ms);
    const restored = await measured(() => kept.restore(before, after.value));
    if (restored.value.restored.length !== CHANGED || restored.value.conflicts.length > 0)
      throw new Error(`restored ${restored.value.restored.length} of ${CHANGED}`);
    restores.push(restored.ms);
    before = await kept.take(root, 'again');
  }
  rows.push(row('next', takes, peers, data.path), row('restore', restores, peers, data.path));
  await kept.dispose();
  const runs = Number(option(args, 'runs') ?? 1000);
  return runs === 0 ? rows : [...rows, await manyRuns(runs, program)];
}

const CAP = 100 * 1024 * 1024;
/** How many of the last runs could still be taken back. */
const OPEN = 3;

/** 300 KB of new bytes a run that no compression makes smaller: without a limit it would be three times the cap. */
async function manyRuns(runs: number, program: GitProgram) {
  await using repository = await makeRepository();
  using data = temporaryFolder();
  const random = seededRandom(9);
  fill(repository.root, 1000, 2000, random);
  repository.run('config', 'gc.auto', '0');
  repository.run('add', '-A');
  repository.run('commit', '-q', '-m', 'all');
  const kept = new Snapshots({ folder: data.path, program, clock: systemClock, random });
  const takes: number[] = [];
  let most = 0;
  let removed = 0;
  for (let run = 0; run < runs; run++) {
    const take = () => kept.take(repository.root, 'a run', { run: String(run) });
    takes.push((await measured(take)).ms);
    for (let i = 0; i < 3; i++)
      writeFileSync(path.join(repository.root, place((run + i) % 1000)), randomBytes(100_000));
    takes.push((await measured(take)).ms);
    const limits = { bytes: CAP, before: 0 };
    const expired = await kept.expire(limits, (each) => Number(each.run) > run - OPEN);
    removed += expired.removed;
    most = Math.max(most, expired.held);
  }
  await kept.dispose();
  if (most > CAP) throw new Error(`${most} bytes were held, more than ${CAP}`);
  return { step: `runs (${runs})`, ms: rounded(median(takes), 0), bytes: most, cap: CAP, removed };
}

function row(step: string, ours: readonly number[], peers: readonly number[], folder: string) {
  const [ms, peerMs] = [median(ours), median(peers)];
  return {
    step,
    ms: rounded(ms, 0),
    peerMs: rounded(peerMs, 0),
    ratio: rounded(ms / peerMs, 2),
    bytes: sizeOf(folder),
  };
}

async function measured<T>(task: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const began = performance.now();
  const value = await task();
  return { value, ms: performance.now() - began };
}

function place(i: number): string {
  return `d${i % 97}/e${i % 31}/f${i}.txt`;
}

function fill(root: string, files: number, size: number, random: Random): void {
  for (let i = 0; i < files; i++) {
    const file = path.join(root, place(i));
    mkdirSync(path.dirname(file), { recursive: true });
    const line = `${i} ${random.next()} some words that look like source code\n`;
    writeFileSync(file, line.repeat(Math.max(1, Math.ceil(size / line.length))).slice(0, size));
  }
}

function touch(root: string, round: number, files: number, random: Random): void {
  const from = Math.floor(random.next() * files);
  for (let n = 0; n < CHANGED; n++) {
    const i = (from + n * Math.floor(files / CHANGED)) % files;
    writeFileSync(path.join(root, place(i)), `changed ${round} ${n} ${random.next()}\n`);
  }
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
}
