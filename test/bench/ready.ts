import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findCompanion } from '../../companion/client/node.ts';
import { silentLogger, systemClock, systemRandom } from '../../companion/kernel/index.ts';
import { Store } from '../../companion/store/index.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { median, rounded } from './support/statistics.ts';

const RUNS = 20;
const limits = () => ({ warnFreeMb: 0, readOnlyFreeMb: 0, dailyBackups: 1, weeklyBackups: 0 });

/** What any service in Node needs before it can answer: the process and a listening socket. */
const FLOOR =
  "const s=require('node:http').createServer((q,r)=>r.end('ok'));s.listen(0,'127.0.0.1',()=>process.stdout.write(String(s.address().port)+'\\n'))";

/**
 * From spawn to a healthy answer, on an empty store and on one with 100,000 records; interleaved with a bare
 * Node HTTP server. The built service, as users run it.
 */
export default async function ready(): Promise<
  { records: number; ms: number; floorMs: number; overMs: number; runs: number }[]
> {
  const rows = [];
  for (const records of [0, 100_000]) {
    using folder = temporaryFolder();
    if (records > 0) await fill(folder.path, records);
    const times: number[] = [];
    const floors: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      floors.push(await timeFloor());
      times.push(await timeCompanion(folder.path));
    }
    const ms = rounded(median(times));
    const floorMs = rounded(median(floors));
    rows.push({ records, ms, floorMs, overMs: rounded(ms - floorMs), runs: RUNS });
  }
  return rows;
}

async function timeCompanion(data: string): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [path.resolve('dist/companion.js'), 'serve'], {
    env: { ...process.env, PROGENY_DATA_DIR: data },
    stdio: 'ignore',
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (;;) {
    const found = await findCompanion(data);
    if (found && found.pid === child.pid) {
      const answer = await fetch(`http://127.0.0.1:${found.port}/healthz`);
      if (answer.ok) break;
    }
    await delay(2);
  }
  const ms = performance.now() - started;
  child.kill('SIGTERM');
  await exited;
  return ms;
}

async function timeFloor(): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, ['-e', FLOOR], { stdio: ['ignore', 'pipe', 'ignore'] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await new Promise<string>((resolve) =>
    child.stdout.once('data', (data) => resolve(String(data).trim())),
  );
  await fetch(`http://127.0.0.1:${port}/`);
  const ms = performance.now() - started;
  child.kill('SIGTERM');
  await exited;
  return ms;
}

/** A store as after years of use: whispers in loops, each with its event. */
async function fill(data: string, records: number): Promise<void> {
  const store = await Store.open({
    dataDirectory: data,
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    limits,
  });
  store.mind.transact((tx) => {
    tx.run("INSERT INTO workspaces (id, path, opened_at) VALUES ('ws_bench', '/bench', 0)");
    for (let i = 0; i < records / 100; i++) {
      tx.run(
        `INSERT INTO loops (id, workspace, key, title, context, source, status, priority, private, facts, evidence, rank, created_at, touched_at)
         VALUES (?, 'ws_bench', ?, ?, '', 'whisper', 'open', 'normal', 0, '{}', '[]', 0.5, 0, 0)`,
        `loop_${i}`,
        `own:${i}`,
        `Loop ${i}`,
      );
      tx.emit({ type: 'loop.opened', subject: `loop_${i}` });
    }
    for (let i = 0; i < records; i++) {
      tx.run(
        "INSERT INTO whispers (id, workspace, loop, text, at) VALUES (?, 'ws_bench', ?, ?, ?)",
        `whisper_${i}`,
        `loop_${i % (records / 100)}`,
        `note number ${i} about something that was seen`,
        i,
      );
      tx.emit({ type: 'whisper.added', subject: `whisper_${i}` });
    }
  });
  store.close();
}
