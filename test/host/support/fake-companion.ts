import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { implement, ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { discoveryFile } from '../../../companion/client/discovery.ts';
import { systemClock } from '../../../companion/kernel/index.ts';
import { writeFileAtomic } from '../../../companion/kernel/node.ts';
import {
  type Brief,
  CLOSED_DOORS,
  contract,
  type Doors,
  defaultSettings,
  type EditorSignal,
  type Event,
  type ForgetRequest,
  type GlobePoint,
  type Loop,
  negotiate,
  PROTOCOL,
  type Settings,
  type Status,
  type Tap,
  type TapAnswer,
} from '../../../companion/protocol/index.ts';
import { sampleLoop } from '../../fixtures/samples.ts';
import { atlasAnswers } from '../../support/atlas-answers.ts';
import { atlasRecipes, atlasWork } from '../../support/atlas-work.ts';
import { ScriptedCouncil } from '../../support/scripted-council.ts';
import { ScriptedGlobe } from '../../support/scripted-globe.ts';
import { ScriptedMind } from '../../support/scripted-mind.ts';
import { ScriptedWheel } from '../../support/scripted-wheel.ts';
import { councilAnswers } from './fake-council.ts';
import { globeAnswers } from './fake-globe.ts';
import { fakeLoops } from './fake-loops.ts';
import { mindAnswers } from './fake-mind.ts';
import { interruptionAnswers, selfAnswers } from './fake-self.ts';
import { storyAnswers } from './fake-story.ts';
import { wheelAnswers } from './fake-wheel.ts';
import { completeRouter } from './generic-answers.ts';
import { Stream } from './stream.ts';

/** What a test can see of a fake companion and make it do. It speaks the contract and keeps everything in memory. */
export interface FakeCompanion {
  readonly port: number;
  readonly loops: Map<string, Loop>;
  readonly opened: { path: string; trusted: boolean }[];
  readonly signals: EditorSignal[];
  readonly status: Status;
  readonly settings: Settings;
  /** What answers questions, and what votes; a test can hold an answer, and change words. */
  readonly mind: ScriptedMind;
  readonly council: ScriptedCouncil;
  /** Delegated work; a test can hold a phase of it. It writes into the folder for real. */
  readonly wheel: ScriptedWheel;
  /** Whether the folder's tests fail after a run. */
  testsFail: boolean;
  /** Asks every client that can do this, and waits for its answer. */
  ask(capability: 'tap' | 'rename', id: string, input: unknown): Promise<unknown>;
  /** What was sent to pages of the web app so far, whoever carried it. */
  readonly traffic: { readonly frames: number; readonly bytes: number };
  /** Tells this of the log, so many times, of these in turn, as the log of a busy day would; nothing has changed. */
  happen(type: string, subjects: readonly string[], times: number): void;
  /** The points that it tells of. */
  readonly points: readonly GlobePoint[];
  /** Changes the status and tells everyone. */
  change(part: Partial<Status>): void;
  /** Asks every client that can show taps; rejects where none would. */
  tap(tap: Tap): Promise<TapAnswer>;
  /** What was answered to agents that asked to have something forgotten. */
  readonly forgetAnswers: { id: string; allow: boolean }[];
  /** An agent asks to have something forgotten. */
  askToForget(request: ForgetRequest): void;
  /** Stops cleanly: the discovery file goes. */
  stop(): Promise<void>;
  /** Ends like a process that was killed: the discovery file stays. */
  crash(): Promise<void>;
}

export interface FakeOptions {
  dataDirectory: string;
  protocol?: { min: number; max: number };
  loops?: (workspace: string, now: number) => Loop[];
  onStop?: () => void;
}

export async function startFakeCompanion(options: FakeOptions): Promise<FakeCompanion> {
  const startedAt = Date.now();
  const instance = `inst_${randomBytes(6).toString('hex')}`;
  const loops = new Map<string, Loop>();
  const opened: FakeCompanion['opened'] = [];
  const signals: EditorSignal[] = [];
  const forgetRequests = new Map<string, ForgetRequest>();
  const forgetAnswers: FakeCompanion['forgetAnswers'] = [];
  const statuses = new Stream<Status>();
  const events = new Stream<Event>();
  const requests = new Stream<{ id: string; capability: 'tap' | 'rename'; input: unknown }>();
  const answers = new Map<string, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>();
  const script = { testsFail: false };
  let settings = structuredClone(defaultSettings);
  let pausedUntil: number | null = null;
  let seq = 0;

  let status: Status = {
    state: 'FULL',
    version: '0.1.0',
    instance,
    pid: process.pid,
    startedAt,
    now: startedAt,
    dataDirectory: options.dataDirectory,
    demo: false,
    clients: 0,
    seq,
    workspaces: [],
    health: [],
    pausedUntil,
    mode: 'live',
    posture: 'companion',
    tier: 'T0',
    answeredBy: null,
    wheel: null,
  };
  const open = (workspace?: string) =>
    [...loops.values()]
      .filter((loop) => !workspace || loop.workspace === workspace)
      .filter(({ status }) => status === 'open' || status === 'proposed' || status === 'stale')
      .sort((a, b) => b.rank - a.rank);
  const change = (part: Partial<Status> = {}) => {
    const workspaces = (part.workspaces ?? status.workspaces).map((workspace) => ({
      ...workspace,
      openLoops: open(workspace.path).length,
      topLoop: open(workspace.path)[0]?.title ?? null,
    }));
    status = { ...status, pausedUntil, now: Date.now(), seq, ...part, workspaces };
    statuses.tell(status);
  };
  const changed = (type: string, subject: string) => {
    events.tell({ seq: ++seq, at: Date.now(), type, subject, data: {} });
    change();
  };
  const found = (id: string) => {
    const loop = loops.get(id);
    if (!loop) throw new ORPCError('not_found', { message: `There is no loop "${id}".` });
    return loop;
  };

  const mind = new ScriptedMind({
    now: () => Date.now(),
    changed,
    pace: () => new Promise((resolve) => setTimeout(resolve, 5)),
    script: (asked) => {
      const [clock, , todo] = [...loops.values()];
      return atlasAnswers({
        workspace: asked.workspace ?? '',
        now: Date.now(),
        clockLoop: clock?.id ?? 'loop_none',
        todoLoop: todo?.id ?? 'loop_none',
        decisionMemory: 'mem_clock1',
        scheduler: 'src/scheduler.ts',
        schedulerLine: 4,
        parser: 'src/parser.ts',
        parserLine: 7,
        commit: 'a41c9e2f00b1',
      })(asked);
    },
  });
  const council = new ScriptedCouncil({ now: () => Date.now(), changed });

  const wheel = new ScriptedWheel({
    clock: systemClock,
    recipes: atlasRecipes,
    work: (recipe, given, workspace) =>
      atlasWork(recipe, given, (file) => readFileSync(path.join(workspace, file), 'utf8'), script.testsFail),
    changed: (type, run) => {
      status = { ...status, wheel: wheel.pulse };
      changed(type, run);
    },
    put: putFile,
    silenceMs: 60_000,
  });

  const globe = new ScriptedGlobe(Date.now(), '/home/dev/atlas', 300);

  const os = implement(contract);
  const unsupported = () => {
    throw new ORPCError('internal', { message: 'The fake companion cannot do this.' });
  };
  const own = {
    ...mindAnswers(os, mind),
    ...councilAnswers(os, council, (id) => loops.get(id)?.title ?? id),
    ...storyAnswers(os),
    ...wheelAnswers(os, wheel),
    ...globeAnswers(os, globe),
    system: {
      hello: os.system.hello.handler(({ input }) => {
        const ours = options.protocol ?? PROTOCOL;
        const protocol = negotiate(ours, input.protocol);
        if (protocol === null) {
          throw new ORPCError('incompatible', {
            message: `The companion speaks contract versions ${ours.min} to ${ours.max}. Update this client.`,
          });
        }
        return { protocol, version: status.version, connection: 'conn_1', instance };
      }),
      status: os.system.status.handler(() => status),
      watch: os.system.watch.handler(({ signal }) => statuses.read(signal, status)),
      doctor: os.system.doctor.handler(() => ({ checks: [] })),
      violation: os.system.violation.handler(() => ({})),
      stop: os.system.stop.handler(() => {
        setTimeout(() => void stop(), 20);
        return {};
      }),
    },
    auth: {
      code: os.auth.code.handler(() => ({
        code: 'abc',
        url: `http://127.0.0.1:${port}/#code=abc`,
        expiresAt: 0,
      })),
      exchange: os.auth.exchange.handler(unsupported),
    },
    agents: {
      add: os.agents.add.handler(unsupported),
      list: os.agents.list.handler(() => []),
      remove: os.agents.remove.handler(unsupported),
    },
    events: {
      list: os.events.list.handler(() => ({ events: [], through: seq, last: seq })),
      subscribe: os.events.subscribe.handler(({ signal }) => events.read(signal)),
    },
    workspaces: {
      open: os.workspaces.open.handler(({ input }) => {
        opened.push(input);
        const known = status.workspaces.find(({ path }) => path === input.path);
        if (!known && input.trusted) {
          for (const loop of (options.loops ?? fakeLoops)(input.path, Date.now())) loops.set(loop.id, loop);
        }
        const workspace = {
          path: input.path,
          name: input.path.split('/').at(-1) ?? '',
          kind: 'git' as const,
          sensing: input.trusted,
          branch: 'fix/clock',
          openLoops: open(input.path).length,
          topLoop: open(input.path)[0]?.title ?? null,
          scannedAt: Date.now(),
          scanning: false,
          doors: known?.doors ?? CLOSED_DOORS,
        };
        change({ workspaces: [...status.workspaces.filter(({ path }) => path !== input.path), workspace] });
        return workspace;
      }),
      list: os.workspaces.list.handler(() => status.workspaces),
      close: os.workspaces.close.handler(() => ({})),
      scan: os.workspaces.scan.handler(({ input }) => scanJob(input.path)),
      forget: os.workspaces.forget.handler(unsupported),
      doors: os.workspaces.doors.handler(({ input: { path, ...wanted } }) => {
        const known = status.workspaces.find((each) => each.path === path)?.doors ?? CLOSED_DOORS;
        const doors = { ...known, ...(wanted as Partial<Doors>) };
        change({
          workspaces: status.workspaces.map((each) => (each.path === path ? { ...each, doors } : each)),
        });
        return doors;
      }),
    },
    brief: {
      get: os.brief.get.handler(({ input }) => fakeBrief(input.workspace, open(input.workspace))),
    },
    loops: {
      history: os.loops.history.handler(() => ({ step: 'day' as const, until: Date.now(), spans: [] })),
      list: os.loops.list.handler(({ input }) => open(input.workspace).slice(0, input.limit)),
      get: os.loops.get.handler(({ input }) => found(input.id)),
      open: os.loops.open.handler(({ input }) => {
        const loop = { ...blank(input.workspace), ...input, source: 'manual' as const };
        loops.set(loop.id, loop);
        changed('loop.opened', loop.id);
        return loop;
      }),
      update: os.loops.update.handler(({ input }) => {
        const loop = { ...found(input.id), ...(input as Partial<Loop>) };
        loops.set(loop.id, loop);
        changed('loop.updated', loop.id);
        return loop;
      }),
    },
    whispers: {
      add: os.whispers.add.handler(({ input }) => {
        const anchor =
          input.file && input.line
            ? { kind: 'line' as const, file: input.file, line: input.line, text: '', lost: false }
            : null;
        const loop: Loop = {
          ...blank(input.workspace),
          title: input.text,
          summary: `note on ${input.file ?? 'the workspace'}, just now`,
          source: 'whisper',
          anchors: anchor ? [anchor] : [],
        };
        loops.set(loop.id, loop);
        changed('whisper.added', loop.id);
        return {
          id: `whisper_${randomBytes(4).toString('hex')}`,
          workspace: input.workspace,
          loopId: loop.id,
          text: input.text,
          branch: 'fix/clock',
          anchor,
          at: Date.now(),
        };
      }),
      list: os.whispers.list.handler(() => []),
    },
    decisions: {
      add: os.decisions.add.handler(({ input }) => ({
        ...input,
        id: `decision_${randomBytes(4).toString('hex')}`,
        loopId: input.loopId ?? null,
        at: Date.now(),
      })),
      list: os.decisions.list.handler(() => []),
    },
    memories: {
      growth: os.memories.growth.handler(() => ({
        step: 'day' as const,
        until: Date.now(),
        before: 0,
        total: 0,
        spans: [],
      })),
      remember: os.memories.remember.handler(unsupported),
      recall: os.memories.recall.handler(() => ({ found: [], meaning: false, covered: 0, note: null })),
      recent: os.memories.recent.handler(() => []),
      trace: os.memories.trace.handler(unsupported),
      update: os.memories.update.handler(unsupported),
      forget: os.memories.forget.handler(unsupported),
      forgetRequests: os.memories.forgetRequests.handler(() => [...forgetRequests.values()]),
      answerForget: os.memories.answerForget.handler(({ input: { id, allow } }) => {
        const request = forgetRequests.get(id);
        if (!request) throw new ORPCError('not_found', { message: `No request "${id}" waits.` });
        forgetRequests.delete(id);
        forgetAnswers.push({ id, allow });
        return { forgotten: allow ? request.preview : null };
      }),
      restore: os.memories.restore.handler(unsupported),
      import: os.memories.import.handler(unsupported),
      export: os.memories.export.handler(unsupported),
    },
    models: {
      state: os.models.state.handler(() => ({
        state: 'none' as const,
        folder: null,
        reason: null,
        waiting: 0,
        records: 0,
      })),
      fetch: os.models.fetch.handler(unsupported),
    },
    masks: {
      note: os.masks.note.handler(unsupported),
      trace: os.masks.trace.handler(unsupported),
    },
    clusters: {
      list: os.clusters.list.handler(() => []),
      refit: os.clusters.refit.handler(unsupported),
    },
    ...selfAnswers({ status, startedAt, changed }),
    sensors: {
      report: os.sensors.report.handler(({ input }) => {
        signals.push(...input.signals);
        return { accepted: input.signals.length };
      }),
    },
    interruptions: {
      list: os.interruptions.list.handler(() => []),
      ...interruptionAnswers,
      pause: os.interruptions.pause.handler(({ input }) => {
        pausedUntil = input.until > Date.now() ? input.until : null;
        change();
        return { pausedUntil };
      }),
    },
    settings: {
      get: os.settings.get.handler(() => settings),
      update: os.settings.update.handler(({ input }) => {
        const merged = structuredClone(settings) as Record<string, object>;
        for (const [room, values] of Object.entries(input)) merged[room] = { ...merged[room], ...values };
        settings = merged as typeof settings;
        return settings;
      }),
    },
    jobs: {
      list: os.jobs.list.handler(() => []),
      watch: os.jobs.watch.handler(({ signal }) => new Stream<[]>().read(signal, [])),
      cancel: os.jobs.cancel.handler(unsupported),
    },
    backups: {
      list: os.backups.list.handler(() => []),
      create: os.backups.create.handler(unsupported),
      restore: os.backups.restore.handler(unsupported),
    },
    clients: {
      requests: os.clients.requests.handler(({ signal }) => requests.read(signal)),
      answer: os.clients.answer.handler(({ input }) => {
        const waiting = answers.get(input.id);
        answers.delete(input.id);
        if (input.error !== undefined) waiting?.reject(new Error(input.error));
        else waiting?.resolve(input.result);
        return {};
      }),
    },
  };

  const handler = new RPCHandler(os.router(completeRouter(os, own)));
  const http = createServer((_request, response) => response.writeHead(404).end());
  const server = new WebSocketServer({ server: http });
  const traffic = { frames: 0, bytes: 0 };
  server.on('connection', (socket: WebSocket) => {
    countOfPages(socket, traffic);
    handler.upgrade(socket, { context: {} });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const file = discoveryFile(options.dataDirectory);
  await mkdir(options.dataDirectory, { recursive: true, mode: 0o700 });
  const discovery = { port, token: randomBytes(32).toString('hex'), pid: process.pid, instance };
  const rest = { version: status.version, protocol: options.protocol ?? PROTOCOL, startedAt };
  await writeFileAtomic(file, JSON.stringify({ ...discovery, ...rest }), { mode: 0o600 });

  const close = async () => {
    wheel.dispose();
    for (const client of server.clients) client.terminate();
    await new Promise<void>((resolve) => void http.close(() => resolve()));
  };
  const stop = async () => {
    await rm(file, { force: true });
    await close();
    options.onStop?.();
  };
  const ask: FakeCompanion['ask'] = (capability, id, input) =>
    new Promise((resolve, reject) => {
      answers.set(id, { resolve, reject });
      requests.tell({ id, capability, input });
    });
  return {
    port,
    loops,
    opened,
    signals,
    get status() {
      return status;
    },
    get settings() {
      return settings;
    },
    mind,
    council,
    wheel,
    ask,
    get testsFail() {
      return script.testsFail;
    },
    set testsFail(fail) {
      script.testsFail = fail;
    },
    change,
    traffic,
    happen(type, subjects, times) {
      for (let i = 0; i < times; i++) {
        seq++;
        events.tell({ seq, at: Date.now(), type, subject: subjects[seq % subjects.length]!, data: {} });
      }
    },
    points: globe.points,
    forgetAnswers,
    askToForget: (request) => {
      forgetRequests.set(request.id, request);
      changed('forget.requested', request.id);
    },
    tap: (tap) => ask('tap', tap.id, tap) as Promise<TapAnswer>,
    stop,
    crash: close,
  };
}

/** Counts what is sent over a socket once its client has said that it is a page. */
function countOfPages(socket: WebSocket, traffic: { frames: number; bytes: number }): void {
  let page = false;
  socket.on('message', (data: Buffer) => {
    page ||= data.includes('"kind":"webview"');
  });
  const send = socket.send.bind(socket) as (data: unknown, ...rest: unknown[]) => void;
  socket.send = ((data: string | Buffer, ...rest: unknown[]) => {
    if (page) {
      traffic.frames++;
      traffic.bytes += Buffer.byteLength(data);
    }
    send(data, ...rest);
  }) as WebSocket['send'];
}

/** Writes or removes a file of the folder where it still is what is expected there. */
function putFile(workspace: string, file: string, text: string | null, expected: string | null): boolean {
  const absolute = path.join(workspace, file);
  const now = existsSync(absolute) ? readFileSync(absolute, 'utf8') : null;
  if (now !== expected) return false;
  if (text === null) rmSync(absolute);
  else {
    mkdirSync(path.dirname(absolute), { recursive: true });
    writeFileSync(absolute, text);
  }
  return true;
}

function blank(workspace: string): Loop {
  const now = Date.now();
  return sampleLoop({
    id: `loop_${randomBytes(8).toString('hex')}`,
    workspace,
    title: '',
    summary: 'opened by hand, just now',
    source: 'manual',
    rank: 0.99,
    createdAt: now,
    touchedAt: now,
  });
}

function scanJob(subject: string) {
  const now = Date.now();
  return {
    id: 'job_1',
    kind: 'scan',
    subject,
    status: 'done' as const,
    priority: 0,
    progress: 1,
    message: 'done',
    attempts: 1,
    createdAt: now,
    updatedAt: now,
  };
}

function fakeBrief(workspace: string, loops: Loop[]): Brief {
  const now = Date.now();
  return {
    workspace,
    name: workspace.split('/').at(-1) ?? '',
    at: now,
    branch: 'fix/clock',
    awayMs: 62 * 3_600_000,
    last: {
      text: 'fix/clock: freeze time in scheduler tests, tests green',
      at: now - 62 * 3_600_000,
      evidence: [],
    },
    loops: loops.slice(0, 7),
    openLoops: loops.length,
    away: [{ text: 'main moved 6 commits', at: null, evidence: [{ branch: 'main' }] }],
    next: [
      { text: 'Commit the two files of fix/clock, then rebase.', loopId: loops[0]?.id ?? null, evidence: [] },
    ],
    coverage: 'fresh',
    notes: [],
  };
}
