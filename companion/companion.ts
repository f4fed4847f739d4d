import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type ActorRooms, AllRooms } from './actor-rooms.ts';
import { Agents } from './agents.ts';
import * as anchors from './anchors/index.ts';
import { watchForTaps } from './attention.ts';
import { Convergence } from './convergence/index.ts';
import { Dreaming } from './dreaming.ts';
import { Embedder } from './embedding/index.ts';
import { Forgetting } from './forgetting.ts';
import {
  Gateway,
  gatewayHandlers,
  newToken,
  publishDiscovery,
  Sessions,
  type WebUi,
  withdrawDiscovery,
} from './gateway/index.ts';
import * as git from './git/index.ts';
import { historyPart, Imports } from './imports/index.ts';
import { Interruption, inWords, systemLocalTime, WORTH_TELLING } from './interruption/index.ts';
import { Jobs } from './jobs/index.ts';
import { KeptFiles } from './kept-files.ts';
import {
  type Clock,
  createCpuBudget,
  Disposables,
  type Logger,
  newId,
  type Random,
  systemClock,
  systemRandom,
} from './kernel/index.ts';
import {
  AnchorKeeper,
  composeBrief,
  LoopStore,
  Notes,
  readEdits,
  readScan,
  readTodos,
} from './loops/index.ts';
import { AgentTokens, HttpDoor } from './mcp/index.ts';
import { Masks, Memory } from './memory/index.ts';
import { Models } from './models.ts';
import { examine } from './monitoring/index.ts';
import { Onboarding } from './onboarding.ts';
import { type Brief, PROTOCOL, type Status } from './protocol/index.ts';
import { Review } from './review.ts';
import { watchForReview } from './review-tap.ts';
import { createRouter } from './router.ts';
import { OwnSelf } from './self.ts';
import { sensingOf } from './sensing.ts';
import { forgetOldRecords } from './sensors/index.ts';
import { serviceStatus, stateOf } from './service-status.ts';
import { SettingsStore } from './settings-store.ts';
import { declaredTone, watchForSpontaneity } from './spontaneity.ts';
import { Store, takeLock, workspacePaths } from './store/index.ts';
import { Themes } from './themes.ts';
import { VERSION } from './version.ts';
import { watchSnapshots } from './watch-snapshots.ts';
import { WatchedWork } from './watched-work.ts';
import { dataFolder } from './working-files/index.ts';
import { readTextFile, WorkspaceDoors, Workspaces } from './workspaces/index.ts';

export interface CompanionOptions {
  dataDirectory: string;
  logger: Logger;
  /** 0 for any free port. */
  port?: number;
  ui?: WebUi | null;
  /** Stop after this long without a client, in ms; 0 for never. */
  idleExitMs?: number;
  clock?: Clock;
  random?: Random;
}

/** Another companion of this user runs on this data directory. */
export class AlreadyRunningError extends Error {
  constructor(dataDirectory: string) {
    super(
      `A companion is running already on ${dataDirectory}. \`progeny status\` shows it, \`progeny stop\` ends it.`,
    );
    this.name = 'AlreadyRunningError';
  }
}

const HOUR = 60 * 60 * 1000;
const STATUS_PULSE_MS = 60_000;
const STATUS_SETTLES_MS = 50;
/** Where the hub keeps the port that agents were told. */
const PORT = 'port';

/** The running service. */
export interface Companion {
  readonly port: number;
  readonly address: string;
  /** Resolves when it has been told to stop (by a client, or for want of clients). */
  readonly stopRequested: Promise<void>;
  status(): Status;
  dispose(): Promise<void>;
}

/**
 * The composition root: the only place that knows all rooms. Starts the service on a data directory; resolves
 * when clients can find it. Throws `AlreadyRunningError`, or what the store says of an unusable directory.
 */
export async function startCompanion(options: CompanionOptions): Promise<Companion> {
  const { dataDirectory, logger, clock = systemClock, random = systemRandom } = options;
  const owned = new Disposables();
  try {
    return await compose(options, owned, { dataDirectory, logger, clock, random });
  } catch (error) {
    await owned.dispose();
    throw error;
  }
}

async function compose(
  { port = 0, ui = null, idleExitMs = 0 }: CompanionOptions,
  owned: Disposables,
  {
    dataDirectory,
    logger,
    clock,
    random,
  }: { dataDirectory: string; logger: Logger; clock: Clock; random: Random },
): Promise<Companion> {
  const lock = takeLock(dataDirectory);
  if (!lock) throw new AlreadyRunningError(dataDirectory);
  owned.add({ dispose: () => lock.release() });

  const settings = new SettingsStore();
  const store = await Store.open({
    dataDirectory,
    clock,
    random,
    logger,
    limits: () => settings.current.store,
  });
  owned.add({ dispose: () => store.close() });
  const { hub, mind } = store;
  settings.attach(hub);

  const instance = newId('instance', clock.now(), random);
  const common = { mind, clock, random, logger };
  const jobs = new Jobs({ hub, clock, random, logger });
  const loops = new LoopStore(common);
  const program = await git.findGit({ clock }).catch((error: unknown) => {
    if (git.isGitError(error)) return error;
    throw error;
  });
  const modelFolder = path.join(dataDirectory, 'models');
  const embedder = new Embedder({ clock, folder: null, cache: modelFolder });
  owned.add(embedder);
  const themes = new Themes(common);
  owned.add(themes);
  const memory = new Memory({
    ...common,
    embedder,
    share: () => settings.current.memory.indexShare,
    settled: (ids) => themes.notice(ids),
  });
  owned.add(memory);
  const models = new Models({
    folder: modelFolder,
    jobs,
    embedder,
    index: memory.index,
    mind,
    chosen: () => settings.current.memory.model,
  });
  owned.add(settings.changed.add(() => models.choose()));
  const notes = new Notes({
    ...common,
    loops,
    makeAnchor: anchors.makeAnchor,
    readText: readTextFile,
    remember: (tx, note) => memory.takeUp(tx, note),
    branchOf: (folder) => workspaces.list().find((w) => w.path === folder)?.scan?.branch ?? null,
  });
  const self: OwnSelf = new OwnSelf({
    ...common,
    store,
    dataDirectory,
    settings: () => settings.current,
    localTime: systemLocalTime,
    degraded: () => stateOf(store, models) !== 'FULL',
    converging: () => convergence.underWay,
    onHealth: () => snapshots.changed(),
    backups: () => forgetting.backups(),
  });
  owned.add(self);
  const inPeakHours = (now: number) => self.inPeakHours(now);
  const convergence = new Convergence({ ...common, heritage: self.heritage });
  const interruption = new Interruption({
    ...common,
    settings: () => self.quieten(settings.current),
    clients: () => gateway.clients.filter((client) => client.client?.capabilities.has('tap')),
    localTime: systemLocalTime,
  });
  const budget = createCpuBudget(clock);
  const watched = new WatchedWork({
    ...common,
    git,
    loops,
    budget,
    interruption,
    settings: () => settings.current,
  });
  owned.add(watched);
  const keptFiles = new KeptFiles({
    ...common,
    dataDirectory,
    settings: () => settings.current.loops,
    loops,
    notes,
  });
  const forgetting = new Forgetting({
    store,
    clock,
    dataDirectory,
    kept: () => settings.current.store,
    cleanFiles: (ids, traces) => keptFiles.clean(ids, traces),
    forgetSubjects: (ids) => themes.forget(ids),
  });
  const doors = new WorkspaceDoors(hub);
  const workspaces: Workspaces = new Workspaces({
    ...common,
    hub,
    jobs,
    settings: () => settings.current,
    git,
    program,
    readEdits,
    readScan,
    readTodos,
    loops,
    anchors: new AnchorKeeper({ mind, follow: anchors.follow }),
    budget,
    doors: (folder) => doors.of(folder),
    startSensing: sensingOf({
      ...common,
      dataDirectory,
      settings: () => settings.current.sensors,
      budget,
      timeline: watched.work,
    }),
    forgetContents: async (id) => {
      await forgetting.forgetWorkspace(id);
      review.hypotheses.forgetWorkspace(id);
      watched.patterns.forget(id);
    },
    removeTraces: (id) => rm(dataFolder(dataDirectory, id), { recursive: true, force: true }),
    accompany: (workspace) => [
      keptFiles.keep(workspace),
      workspace.signsOfLife.add(() => dreaming.alive()),
      watchForTaps(workspace, { interruption, loops, clock, settings: () => settings.current }),
      watchForSpontaneity(workspace, {
        interruption,
        loops,
        memories: (folder) => memory.recent({ workspace: folder, kinds: [...WORTH_TELLING], limit: 1000 }),
        tone: declaredTone,
        inPeakHours,
        clock,
        settings: () => settings.current,
      }),
      watched.work.follow(workspace),
    ],
  });
  const onboarding = new Onboarding({
    clock,
    dataDirectory,
    convergence,
    heritage: self.heritage,
    settings,
    keptFiles,
    workspaces,
    git: program,
  });
  const imports = new Imports({
    jobs,
    keep: (records) => memory.keep(records),
    workspaces: () => mind.read(workspacePaths),
    register: (folder) => workspaces.register(folder),
    history: async (folder, signal) => {
      if (program instanceof Error) throw program;
      const repository = await git.openRepository(program, folder, { signal });
      return historyPart(repository.root, await git.readCommitMessages(repository, { signal }));
    },
  });
  const own: ActorRooms = { mind, memory, loops, notes, register: (folder) => workspaces.register(folder) };
  const rooms = new AllRooms({
    ...common,
    store,
    embedder,
    share: () => settings.current.memory.indexShare,
    own,
  });
  owned.add(rooms);
  const agents = new Agents({
    ...common,
    hub,
    rooms,
    doors,
    workspaces,
    owner: mind.actor,
    forget: (input) => forgetting.forget(input),
  });
  const agentTokens = new AgentTokens({
    hub,
    clock,
    newToken,
    addActor: (actor) => store.addActor(actor),
  });
  owned.add(workspaces);
  owned.add(jobs);
  // First to go: what closing workspaces withdraws is not to be forgotten by the next start.
  owned.add(interruption);
  owned.add(clock.every(HOUR, () => forgetOld()));
  const review = new Review({
    ...common,
    store,
    timeline: watched.timeline,
    settings: () => settings.current,
    heritage: self.heritage,
  });
  const { hypotheses } = review;
  const dayStartsAt = () => settings.current.loops.dayStartsAt;
  const reviewTap = owned.add(watchForReview({ hypotheses, interruption, clock, dayStartsAt, inPeakHours }));
  const dreaming = new Dreaming({
    ...common,
    jobs,
    memory,
    themes,
    instance,
    local: systemLocalTime,
    settings: () => settings.current,
    readOnly: () => store.guard.readOnly,
    tidy: () => {
      forgetOld();
      interruption.prune();
      jobs.prune();
    },
    findDamage: () => store.findDamage(),
    considerHypotheses: async (signal) => {
      const { formed, withdrawn } = await review.consider(signal);
      reviewTap.look();
      return { formed, withdrawn };
    },
    promote: async () => ({ learned: await review.promote() }),
  });
  owned.add(dreaming);
  const forgetOld = () => {
    if (store.guard.readOnly) return;
    forgetOldRecords(mind, settings.current.sensors, clock.now());
    watched.forgetOld();
  };

  const startedAt = clock.now();
  let requestStop = () => {};
  const stopRequested = new Promise<void>((resolve) => {
    requestStop = resolve;
  });
  const status = serviceStatus({
    store,
    workspaces,
    clock,
    version: VERSION,
    instance,
    startedAt,
    dataDirectory,
    clients: () => gateway.clients.length,
    pausedUntil: () => interruption.pausedUntil,
    models,
    self,
  });
  const brief = async (folder: string): Promise<Brief> => {
    const workspace = await workspaces.get(folder);
    return composeBrief({
      workspace: workspace.path,
      name: workspace.name,
      now: clock.now(),
      scan: workspace.scan,
      scanning: workspace.scanning,
      loops: loops.list({ workspace: workspace.path, limit: 1000 }),
      shown: settings.current.loops.shown,
      lastActiveAt: workspace.session?.awayFrom ?? null,
      notes: workspace.notes,
    });
  };
  const snapshots = watchSnapshots(status, clock, { settleMs: STATUS_SETTLES_MS, pulseMs: STATUS_PULSE_MS });
  owned.add(snapshots);
  for (const source of [workspaces.changed, store.changed, mind.committed])
    source.add(() => snapshots.changed());

  const ownerToken = newToken();
  const sessions = new Sessions(
    ownerToken,
    clock,
    () => settings.current.gateway,
    (digest) => agentTokens.find(digest),
  );
  const agentDoor = new HttpDoor({
    open: (principal) => agents.open(principal),
    began: (account) => {
      if (account.startsWith('agent:') && !store.guard.readOnly)
        agentTokens.used(account.slice('agent:'.length));
    },
    version: VERSION,
    clock,
    logger,
  });
  owned.add(agentDoor);
  /** Clients over HTTP are told the address once: it stays, as long as nobody else takes the port. */
  const keepPort = () => {
    if (agentTokens.list().length > 0 && hub.getMeta(PORT) !== String(gateway.port))
      hub.setMeta(PORT, String(gateway.port));
  };
  const idle = idleWatch(clock, idleExitMs, () => gateway.clients.length + agentDoor.busy, requestStop);
  owned.add(idle);
  const router = createRouter({
    gateway: gatewayHandlers({
      sessions,
      version: VERSION,
      instance,
      address: () => `http://127.0.0.1:${gateway.port}`,
      onHello: () => snapshots.changed(),
    }),
    store,
    jobs,
    loops,
    notes,
    memory,
    masks: new Masks(common),
    models,
    self,
    forget: (input) => forgetting.forget(input),
    themes,
    review,
    dreaming,
    imports,
    patterns: watched.patterns,
    workspaces,
    doors: async (folder, change) => {
      const now = doors.set(await workspaces.resolve(folder), change);
      snapshots.changed();
      return now;
    },
    agents: {
      list: () => agentTokens.list(),
      add: (name, actor) => {
        const made = agentTokens.add(name, actor);
        keepPort();
        return { ...made, url: `http://127.0.0.1:${gateway.port}/mcp` };
      },
      remove: async (name) => {
        agentTokens.remove(name);
        await agentDoor.end(`agent:${name}`);
      },
      forgetRequests: () => agents.forgetRequests(),
      answerForget: (id, allow) => agents.answerForget(id, allow),
    },
    onboarding,
    settings,
    status,
    watchStatus: (signal) => snapshots.follow(signal),
    brief,
    doctor: async () =>
      examine({
        nodeVersion: process.version,
        git:
          program instanceof Error
            ? { problem: program.message }
            : { version: `${program.version.major}.${program.version.minor}` },
        dataDirectory,
        readOnly: store.guard.readOnly,
        freeMb: store.guard.freeMb,
        warnFreeMb: settings.current.store.warnFreeMb,
        damage: await store.findDamage(),
        lastBackupAt: (await store.backups.list())[0]?.at ?? null,
        now: clock.now(),
        workspaces: workspaces.list().map(({ name, notes: found }) => ({ name, notes: found })),
      }),
    interruptions: {
      list: (limit) => interruption.list(limit).map(inWords),
      stats: (days) => interruption.stats(days),
      explain: (id) => interruption.explain(id),
      pause: (until) => {
        const pausedUntil = interruption.pause(until);
        snapshots.changed();
        return pausedUntil;
      },
      signal: (connection, folder, signals) => {
        for (const signal of signals) interruption.signal(connection, folder, signal);
      },
    },
    stop: () => clock.after(50, requestStop),
  });
  const gateway = new Gateway({
    router,
    sessions,
    settings: () => settings.current.gateway,
    ui,
    mounts: [
      {
        path: '/mcp',
        methods: ['POST', 'GET', 'DELETE'],
        permission: 'agent',
        rate: 'agent',
        answer: (request, response, body, caller) => agentDoor.answer(request, response, body, caller),
      },
    ],
    ready: () => !store.guard.readOnly,
    clock,
    random,
    logger,
    onClients: () => snapshots.changed(),
  });
  owned.add({ dispose: () => gateway.close() });
  await gateway.listen(port || Number(hub.getMeta(PORT) ?? 0));
  whenWritable(store, () => {
    keepPort();
    workspaces.settleIntents();
    jobs.resume();
    models.choose();
    void self.start();
    watched.start();
  });
  await publishDiscovery(dataDirectory, {
    port: gateway.port,
    token: ownerToken,
    pid: process.pid,
    instance,
    version: VERSION,
    protocol: { ...PROTOCOL },
    startedAt,
  });
  owned.add({ dispose: () => withdrawDiscovery(dataDirectory, instance) });
  logger.info({ port: gateway.port, instance, version: VERSION }, 'the companion is up');
  return {
    port: gateway.port,
    address: `http://127.0.0.1:${gateway.port}`,
    stopRequested,
    status,
    dispose: () => owned.dispose(),
  };
}

/** Does what a start owes to the store, now or, on a full or read-only disk, as soon as it can be written. */
function whenWritable(store: Store, work: () => void): void {
  if (!store.guard.readOnly) {
    work();
    return;
  }
  const listening = store.changed.add(() => {
    if (store.guard.readOnly) return;
    listening.dispose();
    work();
  });
}

/** Asks to stop when nobody has been connected for `limit` ms. */
function idleWatch(clock: Clock, limit: number, clients: () => number, stop: () => void) {
  if (limit <= 0) return { dispose() {} };
  let last = clock.now();
  return clock.every(Math.min(limit / 4, 15_000), () => {
    if (clients() > 0) last = clock.now();
    else if (clock.now() - last >= limit) stop();
  });
}
