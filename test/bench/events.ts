import path from 'node:path';
import Database from 'better-sqlite3';
import { WebSocket, WebSocketServer } from 'ws';
import { testCompanion } from '../support/companion.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { median, rounded } from './support/statistics.ts';

const EVENTS = 400;
const IN_FLIGHT = 64;
const ROUNDS = 20;

interface Row {
  synchronous: string;
  call: string;
  perSecond: number;
  floorPerSecond: number;
  ratio: number;
}

/**
 * What a client writes, through the WebSocket and into the store with its event, against a bare `ws` server
 * with bare better-sqlite3 that inserts the same two rows in one transaction. Both with the given
 * `synchronous`, both with 64 calls in flight, rounds interleaved.
 */
export default async function events(): Promise<Row[]> {
  await using t = await testCompanion();
  using work = temporaryFolder();
  await t.api.settings.update({ gateway: { rateFactor: 10_000 } });
  const { path: workspace } = await t.api.workspaces.open({ path: work.path, trusted: false });
  const { id: loopId } = await t.api.loops.open({ workspace, title: 'bench' });
  const whisper = (i: number) =>
    t.api.whispers.add({ workspace, text: `note ${i} about something that was seen`, loopId });
  const signal = (i: number) =>
    t.api.sensors.report({ workspace, signals: [{ kind: 'typing', at: i, file: 'src/a.ts', edits: 1 }] });
  return [await compare('whispers.add', 'FULL', whisper), await compare('sensors.report', 'NORMAL', signal)];
}

async function compare(
  call: string,
  synchronous: 'FULL' | 'NORMAL',
  own: (i: number) => Promise<unknown>,
): Promise<Row> {
  await using floor = await bareFloor(synchronous);
  const ours: number[] = [];
  const floors: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await rate(own));
    floors.push(await rate(floor.put));
  }
  const perSecond = Math.round(median(ours));
  const floorPerSecond = Math.round(median(floors));
  return { synchronous, call, perSecond, floorPerSecond, ratio: rounded(floorPerSecond / perSecond, 2) };
}

async function rate(put: (i: number) => Promise<unknown>): Promise<number> {
  const started = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < EVENTS) await put(next++);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  return next / ((performance.now() - started) / 1000);
}

async function bareFloor(synchronous: string) {
  const folder = temporaryFolder();
  const db = new Database(path.join(folder.path, 'floor.db'));
  db.pragma('journal_mode = WAL');
  db.pragma(`synchronous = ${synchronous}`);
  db.exec(
    'CREATE TABLE whispers (id INTEGER PRIMARY KEY, text TEXT, at INTEGER); CREATE TABLE events (seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER, type TEXT, subject TEXT, data TEXT)',
  );
  const whisper = db.prepare('INSERT INTO whispers (text, at) VALUES (?, ?)');
  const event = db.prepare('INSERT INTO events (at, type, subject, data) VALUES (?, ?, ?, ?)');
  const insert = db.transaction((text: string) => {
    const { lastInsertRowid } = whisper.run(text, 0);
    event.run(0, 'whisper.added', String(lastInsertRowid), '{}');
    return Number(lastInsertRowid);
  });
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (ws) =>
    ws.on('message', (data) => {
      const { id, text } = JSON.parse(String(data)) as { id: number; text: string };
      ws.send(JSON.stringify({ id, row: insert(text) }));
    }),
  );
  await new Promise((resolve) => server.once('listening', resolve));
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as { port: number }).port}`);
  await new Promise((resolve) => client.once('open', resolve));
  const waiting = new Map<number, () => void>();
  client.on('message', (data) => {
    const { id } = JSON.parse(String(data)) as { id: number };
    waiting.get(id)?.();
    waiting.delete(id);
  });
  let calls = 0;
  return {
    put: (i: number) =>
      new Promise<void>((resolve) => {
        const id = ++calls;
        waiting.set(id, resolve);
        client.send(JSON.stringify({ id, text: `note ${i} about something that was seen` }));
      }),
    async [Symbol.asyncDispose]() {
      client.terminate();
      server.close();
      db.close();
      folder[Symbol.dispose]();
    },
  };
}
