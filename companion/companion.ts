import { rm } from 'node:fs/promises';
import path from 'node:path';
import { AgentSide } from './agent-side.ts';
import * as anchors from './anchors/index.ts';
import { composeAnswering } from './answering.ts';
import { watchForTaps } from './attention.ts';
import { briefOf } from './brief-of.ts';
import { Convergence } from './convergence/index.ts';
import { CouncilSide } from './council-side.ts';
import { composeDelegating } from './delegating.ts';
import { examineAll } from './doctor.ts';
import { weigh } from './drift/index.ts';
import { Forgetting } from './forgetting.ts';
import { Front } from './front.ts';
import type { WebUi } from './gateway/index.ts';
import * as git from './git/index.ts';
import { historyPart, Imports } from './imports/index.ts';
import { Interruption, systemLocalTime, WORTH_TELLING } from './interruption/index.ts';
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
import type { Language } from './language/index.ts';
import { LanguageSide } from './language-side.ts';
import { whenWritable } from './lifetime.ts';
import { AnchorKeeper, LoopStore, Notes, readEdits, readScan, readTodos } from './loops/index.ts';
import { Masks } from './memory/index.ts';
import { Violations } from './monitoring/index.ts';
import { composeNight } from './nightly.ts';
import { Onboarding } from './onboarding.ts';
import { composeOverview } from './overview.ts';
import type { Status } from './protocol/index.ts';
import { composeMemory } from './remembering.ts';
import { SavedFiles } from './saved-files.ts';
import { OwnSelf } from './self.ts';
import { sensingOf } from './sensing.ts';
import { forgetOldRecords } from './sensors/index.ts';
import { stateOf } from './service-status.ts';
import { SettingsStore } from './settings-store.ts';
import { declaredTone, watchForSpontaneity } from './spontaneity.ts';
import { isCorruption, Store, takeLock, workspacePaths } from './store/index.ts';
import { composeStory } from './storytelling.ts';
import { VERSION } from './version.ts';
import { WatchedWork } from './watched-work.ts';
import type { WheelSideOptions } from './wheel-side.ts';
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
  /** The data directory is a demo's: only folders below this one may be opened, and everything says what it is. */
  demo?: string | null;
  /** What writes text, in the place of the models of this machine. */
  writer?: Language;
  /** Parts of delegated work, in the place of those that are built here. */
  wheel?: WheelSideOptions['parts'];
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
  try {
    return await attempt(options);
  } catch (error) {
    if (!isCorruption(error)) throw error;
    // The store has noted in which file it met the damage, and looks into that before it uses it again.
    options.logger.error(
      { error: String(error) },
      'damage was met at the start: once more, with what is sound',
    );
    return attempt(options);
  }
}

async function attempt(options: CompanionOptions): Promise<Companion> {
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
  { port = 0, ui = null, idleExitMs = 0, demo = null, writer, wheel: parts = {} }: CompanionOptions,
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
  const violations = new Violations({ clock, logger });
  const jobs = new Jobs({ hub, clock, random, logger });
  const loops = new LoopStore(common);
  const program = await git.findGit({ clock }).catch((error: unknown) => {
    if (git.isGitError(error)) return error;
    throw error;
  });
  const { embedder, themes, memory, models } = composeMemory(
    { ...common, jobs, folder: path.join(dataDirectory, 'models'), settings },
    owned,
  );
  const doors = new WorkspaceDoors(hub);
  const language: LanguageSide = new LanguageSide({
    ...common,
    jobs,
    settings,
    doors,
    folder: path.join(dataDirectory, 'models'),
    clients: () => front.gateway.able('generate'),
  });
  owned.add(language);
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
    degraded: () => stateOf(store, models, language.models) !== 'FULL',
    converging: () => convergence.underWay,
    onHealth: () => front.changed(),
    backups: () => forgetting.backups(),
  });
  owned.add(self);
  const inPeakHours = (now: number) => self.inPeakHours(now);
  const convergence = new Convergence({ ...common, heritage: self.heritage });
  const interruption = new Interruption({
    ...common,
    settings: () => self.quieten(settings.current),
    clients: () => front.gateway.able('tap'),
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
  const narrator = composeStory({
    ...common,
    settings: () => settings.current,
    watched,
    language: () => writer ?? language.models,
    confidential: (folder) => doors.of(folder).confidential,
  });
  owned.add(narrator);
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
    endRuns: (ids) => delegating.wheel.forgetRuns(ids),
  });
  const saved = new SavedFiles(clock);
  const workspaces: Workspaces = new Workspaces({
    ...common,
    only: demo,
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
      saved,
    }),
    forgetContents: async (id) => {
      await delegating.forget(id);
      await forgetting.forgetWorkspace(id);
      review.hypotheses.forgetWorkspace(id);
      watched.patterns.forget(id);
      watched.drift.forget(id);
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
  const agents = new AgentSide({
    ...common,
    store,
    embedder,
    share: () => settings.current.memory.indexShare,
    own: { mind, memory, loops, notes, register: (folder) => workspaces.register(folder) },
    doors,
    workspaces,
    forget: (input) => forgetting.forget(input),
    wheel: {
      recipes: (folder) => delegating.wheel.wheel.recipes(folder),
      propose: (ask, origin) => delegating.wheel.wheel.propose(ask, origin),
      get: (run) => delegating.wheel.wheel.get(run),
      list: (folder, limit) => delegating.wheel.wheel.list(folder, limit),
    },
    port: () => front.gateway.port,
  });
  const answering = composeAnswering(
    {
      ...common,
      memory,
      loops,
      notes,
      workspaces,
      doors,
      program,
      language: writer ?? language.models,
      settings: () => settings.current,
      forgetConversation: (ids) => forgetting.forgetConversation(ids),
    },
    owned,
  );
  owned.add(agents);
  owned.add(workspaces);
  owned.add(jobs);
  // First to go: what closing workspaces withdraws is not to be forgotten by the next start.
  owned.add(interruption);
  owned.add(clock.every(HOUR, () => forgetOld()));
  const forgetOld = () => {
    if (store.guard.readOnly) return;
    forgetOldRecords(mind, settings.current.sensors, clock.now());
    watched.forgetOld();
    delegating.wheel.forgetOld();
  };
  const { review, dreaming } = composeNight(
    {
      ...common,
      store,
      jobs,
      memory,
      themes,
      instance,
      timeline: watched.timeline,
      heritage: self.heritage,
      interruption,
      inPeakHours,
      settings: () => settings.current,
      forgetOld,
    },
    owned,
  );

  const masks = new Masks(common);
  const council = new CouncilSide({
    ...{ ...common, memory, masks, loops, notes, program },
    timeline: watched.timeline,
    drift: (loop) => {
      const [newest] = watched.drift.of(loop, 1);
      // What the masks themselves said of it is no news to them.
      return newest ? weigh({ ...newest.parts, conflict: null }).rating : null;
    },
    confidential: (folder) => doors.of(folder).confidential,
    language: () => writer ?? language.models,
  });
  owned.add(council);
  const delegating: ReturnType<typeof composeDelegating> = composeDelegating(
    {
      ...{
        ...common,
        store,
        dataDirectory,
        program,
        loops,
        notes,
        workspaces,
        doors,
        council,
        parts,
        answering,
        saved,
      },
      settings: () => settings.current,
      tier: () => self.limbic.tier,
      clients: () => front.gateway.able('rename'),
    },
    owned,
  );
  const { leave, snapshots, wheel } = delegating;

  const front: Front = new Front(
    {
      ...{ clock, random, logger, dataDirectory, instance, ui, idleExitMs },
      demo: demo !== null,
      ...{
        store,
        settings,
        jobs,
        loops,
        notes,
        memory,
        masks,
        council,
        leave,
        wheel,
        models,
        language,
        self,
        themes,
      },
      ...{ review, dreaming, imports, narrator, workspaces, agents, answering, onboarding, interruption },
      snapshots,
      patterns: watched.patterns,
      drift: watched.drift,
      ...composeOverview({ ...common, jobs }, owned),
      ofMask: (id) => council.driftOf(id),
      forget: (input) => forgetting.forget(input),
      doors: async (folder, change) => doors.set(await workspaces.resolve(folder), change),
      brief: (folder) => briefOf(folder, { workspaces, loops, clock, settings: () => settings.current }),
      doctor: () =>
        examineAll({
          ...{ store, clock, dataDirectory, program, workspaces },
          settings: () => settings.current,
          language: () => language.check(),
          violations,
        }),
      violations,
    },
    owned,
  );
  await front.gateway.listen(port || agents.keptPort);
  language.models.start();
  whenWritable(store, () => {
    agents.keepPort();
    workspaces.settleIntents();
    jobs.resume();
    answering.settle();
    models.choose();
    void self.start();
    watched.start();
    council.start();
    void delegating.start();
  });
  await front.publish();
  logger.info({ port: front.gateway.port, instance, version: VERSION }, 'the companion is up');
  return {
    port: front.gateway.port,
    address: front.address,
    stopRequested: front.stopRequested,
    status: front.status,
    dispose: () => owned.dispose(),
  };
}
