import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { CompanionClient } from '../../../companion/client/index.ts';
import { openSocket } from '../../../companion/client/node.ts';
import type { EditorSignal } from '../../../companion/protocol/index.ts';
import { spawnCompanion } from '../../support/companion.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { cpuMsOf } from './process-tree.ts';

/** A companion that has a workspace open while a benchmark works in it: the built service, as users run it. */
export interface Subject {
  readonly pid: number;
  /** What its sensors have written so far. */
  counts(): { rows: number; spans: number };
  /** Whether an edit of this file has been written as a span of its own. */
  seen(file: string): boolean;
  /** Signals as an editor would send them. */
  report(signals: readonly EditorSignal[]): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a companion on a workspace; resolves when it has read the repository and come to rest. */
export async function startSubject(workspace: string): Promise<Subject> {
  const data = temporaryFolder();
  const companion = await spawnCompanion(data.path);
  const client = new CompanionClient({
    kind: 'test',
    version: '0',
    open: () => openSocket(companion.discovery),
  });
  const api = await client.connected(10_000);
  await api.workspaces.open({ path: workspace, trusted: true });
  await api.workspaces.scan({ path: workspace });
  const pid = companion.child.pid!;
  await atRest(pid);
  const db = new Database(path.join(data.path, 'actors', 'creator', 'mind.db'), { readonly: true });
  const count = (sql: string, ...params: string[]) =>
    Number(
      db
        .prepare(sql)
        .pluck()
        .get(...params),
    );
  return {
    pid,
    counts: () => ({
      rows: count('SELECT count(*) FROM sensor_rows'),
      spans: count('SELECT count(*) FROM spans'),
    }),
    seen: (file) => count('SELECT count(*) FROM spans WHERE file = ?', file) > 0,
    report: async (signals) => void (await api.sensors.report({ workspace, signals: [...signals] })),
    async stop() {
      db.close();
      client.dispose();
      await companion.end();
      data[Symbol.dispose]();
    },
  };
}

/** Waits for a second in which the process did nothing worth mention; at most a minute. */
async function atRest(pid: number): Promise<void> {
  for (let waited = 0; waited < 60; waited++) {
    const before = cpuMsOf(pid);
    await sleep(1000);
    if (cpuMsOf(pid) - before <= 20) return;
  }
}

/** The value of `--name VALUE`. */
export function option(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(`--${name}`);
  return at < 0 ? undefined : args[at + 1];
}
