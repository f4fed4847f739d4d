import { implement } from '@orpc/server';
import type { Answering } from './answering.ts';
import type { CouncilSide } from './council-side.ts';
import type { Dreaming } from './dreaming.ts';
import type { DriftKeeper } from './drift/index.ts';
import type { Forgetting } from './forgetting.ts';
import type { Caller, gatewayHandlers } from './gateway/index.ts';
import { type Imports, writeExport } from './imports/index.ts';
import { type Interruption, inWords } from './interruption/index.ts';
import type { Jobs } from './jobs/index.ts';
import type { Clock } from './kernel/index.ts';
import type { LanguageSide } from './language-side.ts';
import type { LeaveSide } from './leave-side.ts';
import type { LoopStore, Notes } from './loops/index.ts';
import type { Masks, Memory } from './memory/index.ts';
import type { Models } from './models.ts';
import type { Violations } from './monitoring/index.ts';
import type { Narrator } from './narration/index.ts';
import type { Onboarding } from './onboarding.ts';
import type { PatternKeeper } from './patterns/index.ts';
import {
  type AgentToken,
  type Brief,
  contract,
  type Doors,
  type Drift,
  type ForgetRequest,
  type Forgotten,
  type Job,
  type LoopHistory,
  type NewAgentToken,
  type Status,
} from './protocol/index.ts';
import type { Review } from './review.ts';
import { councilHandlers } from './router-council.ts';
import { eventsPage, globeHandlers } from './router-globe.ts';
import { mindHandlers } from './router-mind.ts';
import { overviewHandlers } from './router-overview.ts';
import { storyHandlers } from './router-story.ts';
import { wheelHandlers } from './router-wheel.ts';
import type { OwnSelf } from './self.ts';
import type { SettingsStore } from './settings-store.ts';
import type { SnapshotSide } from './snapshot-side.ts';
import type { Store } from './store/index.ts';
import type { Themes } from './themes.ts';
import type { WheelSide } from './wheel-side.ts';
import type { DoorChange, Workspaces } from './workspaces/index.ts';

/** What the handlers stand on. */
export interface Services {
  gateway: ReturnType<typeof gatewayHandlers>;
  clock: Clock;
  store: Store;
  jobs: Jobs;
  loops: LoopStore;
  notes: Notes;
  memory: Memory;
  masks: Masks;
  models: Models;
  language: LanguageSide;
  self: OwnSelf;
  leave: LeaveSide;
  forget: Forgetting['forget'];
  themes: Themes;
  review: Review;
  council: CouncilSide;
  wheel: WheelSide;
  snapshots: SnapshotSide;
  dreaming: Dreaming;
  imports: Imports;
  patterns: PatternKeeper;
  drift: DriftKeeper;
  /** How far a mask has moved; null: it voted too seldom to say; undefined: there is no such mask. */
  ofMask(id: string): Drift | null | undefined;
  narrator: Narrator;
  workspaces: Workspaces;
  doors(folder: string, change: DoorChange): Promise<Doors>;
  agents: {
    list(): AgentToken[];
    add(name: string, actor: string): NewAgentToken;
    remove(name: string): Promise<void>;
    forgetRequests(): Promise<ForgetRequest[]>;
    answerForget(id: string, allow: boolean): Promise<{ forgotten: Forgotten | null }>;
  };
  answering: Answering;
  onboarding: Onboarding;
  settings: SettingsStore;
  status(): Status;
  watchStatus(signal?: AbortSignal): AsyncGenerator<Status, void>;
  brief(workspace: string): Promise<Brief>;
  doctor(): Promise<{ checks: { name: string; result: 'ok' | 'warning' | 'failed'; message: string }[] }>;
  interruption: Interruption;
  loopHistory(of: { workspace: string | undefined; days: number }): Promise<LoopHistory>;
  watchJobs(signal?: AbortSignal): AsyncGenerator<Job[], void>;
  violations: Violations;
  /** The picture of the service is another now. */
  changed(): void;
  stop(): void;
}

const implementer = () => implement(contract).$context<Caller>();
/** What handlers are made with. */
export type Implementer = ReturnType<typeof implementer>;

/** Contract to logic: one line a procedure. */
export function createRouter(s: Services) {
  const os = implementer();
  /** The folder of an input as the store knows it. */
  const real = async <T extends { workspace?: string | undefined }>(input: T): Promise<T> =>
    input.workspace === undefined
      ? input
      : { ...input, workspace: await s.workspaces.resolve(input.workspace) };
  const overview = overviewHandlers(os, s);
  return os.router({
    ...mindHandlers(os, s),
    ...councilHandlers(os, s),
    ...storyHandlers(os, s),
    ...globeHandlers(os, s),
    ...wheelHandlers(os, s),
    system: {
      hello: s.gateway.hello,
      status: os.system.status.handler(() => s.status()),
      watch: os.system.watch.handler(({ signal }) => s.watchStatus(signal)),
      doctor: os.system.doctor.handler(() => s.doctor()),
      violation: os.system.violation.handler(({ input }) => {
        s.violations.note(input);
        s.changed();
        return {};
      }),
      stop: os.system.stop.handler(() => {
        s.stop();
        return {};
      }),
    },
    auth: s.gateway.auth,
    clients: s.gateway.clients,
    agents: {
      add: os.agents.add.handler(({ input }) => s.agents.add(input.name, input.actor)),
      list: os.agents.list.handler(() => s.agents.list()),
      remove: os.agents.remove.handler(async ({ input }) => {
        await s.agents.remove(input.name);
        return {};
      }),
    },
    events: {
      list: os.events.list.handler(({ input }) => eventsPage(s.store.mind, input)),
      subscribe: os.events.subscribe.handler(({ input, signal }) => s.store.mind.follow(input.since, signal)),
    },
    workspaces: {
      open: os.workspaces.open.handler(async ({ input }) =>
        (await s.workspaces.open(input.path, input.trusted)).state(),
      ),
      list: os.workspaces.list.handler(() => s.workspaces.list().map((workspace) => workspace.state())),
      close: os.workspaces.close.handler(async ({ input }) => {
        await s.workspaces.close(input.path);
        return {};
      }),
      scan: os.workspaces.scan.handler(({ input }) => s.workspaces.scan(input.path, 'full')),
      forget: os.workspaces.forget.handler(async ({ input }) => {
        await s.workspaces.forget(input.path);
        return {};
      }),
      doors: os.workspaces.doors.handler(({ input: { path, ...change } }) => s.doors(path, change)),
    },
    brief: { get: os.brief.get.handler(({ input }) => s.brief(input.workspace)) },
    loops: {
      ...overview.loops,
      list: os.loops.list.handler(async ({ input }) => s.loops.list(await real(input))),
      get: os.loops.get.handler(({ input }) => s.loops.get(input.id)),
      open: os.loops.open.handler(async ({ input }) => s.notes.openLoop(await real(input))),
      update: os.loops.update.handler(({ input }) => s.loops.update(input)),
    },
    whispers: {
      add: os.whispers.add.handler(async ({ input }) => s.notes.whisper(await real(input))),
      list: os.whispers.list.handler(async ({ input }) => s.notes.whispers(await real(input))),
    },
    decisions: {
      add: os.decisions.add.handler(async ({ input }) => s.notes.decide(await real(input))),
      list: os.decisions.list.handler(async ({ input }) => s.notes.decisions(await real(input))),
    },
    memories: {
      ...overview.memories,
      remember: os.memories.remember.handler(async ({ input }) => s.memory.remember(await real(input))),
      recall: os.memories.recall.handler(async ({ input }) => s.memory.recall(await real(input))),
      recent: os.memories.recent.handler(async ({ input }) => s.memory.recent(await real(input))),
      trace: os.memories.trace.handler(({ input }) => s.memory.trace(input.id)),
      update: os.memories.update.handler(({ input }) => s.memory.update(input)),
      forget: os.memories.forget.handler(async ({ input }) =>
        s.forget({ ...input, select: await real(input.select) }),
      ),
      forgetRequests: os.memories.forgetRequests.handler(() => s.agents.forgetRequests()),
      answerForget: os.memories.answerForget.handler(({ input }) =>
        s.agents.answerForget(input.id, input.allow),
      ),
      restore: os.memories.restore.handler(({ input }) => s.memory.restore(input.id)),
      import: os.memories.import.handler(async ({ input }) => s.imports.start(await real(input))),
      export: os.memories.export.handler(({ input }) => writeExport(s.memory, input)),
    },
    models: {
      state: os.models.state.handler(() => s.models.state),
      fetch: os.models.fetch.handler(({ input }) => s.models.fetch(input)),
    },
    masks: {
      note: os.masks.note.handler(({ input }) => s.masks.note(input)),
      trace: os.masks.trace.handler(({ input }) => s.masks.trace(input.mask)),
    },
    clusters: {
      list: os.clusters.list.handler(() => s.themes.list()),
      refit: os.clusters.refit.handler(async () => ({ clusters: (await s.themes.refit()).themes })),
    },
    dreams: {
      run: os.dreams.run.handler(({ input }) => s.dreaming.run(input)),
      last: os.dreams.last.handler(() => s.dreaming.last()),
      list: os.dreams.list.handler(({ input }) => s.dreaming.list(input.limit)),
    },
    self: {
      state: os.self.state.handler(() => s.self.state),
      history: os.self.history.handler(({ input }) => s.self.limbic.history(input)),
      mark: os.self.mark.handler(({ input }) => s.self.limbic.mark(input.text)),
      unmark: os.self.unmark.handler(({ input }) => {
        s.self.unmark(input.id);
        return {};
      }),
    },
    heritage: {
      get: os.heritage.get.handler(() => s.self.documents()),
      update: os.heritage.update.handler(({ input }) => s.self.update(input)),
      versions: os.heritage.versions.handler(({ input }) =>
        s.self.heritage.versions(input.file, input.limit),
      ),
      diff: os.heritage.diff.handler(({ input: { file, from, to } }) => s.self.heritage.diff(file, from, to)),
      restore: os.heritage.restore.handler(({ input: { file, version, reason } }) => {
        s.self.heritage.restore(file, version, reason);
        return s.self.document(file);
      }),
      forgetVersions: os.heritage.forgetVersions.handler(({ input }) =>
        s.self.forgetVersions(input.file, input.dryRun),
      ),
    },
    review: {
      queue: os.review.queue.handler(() => s.review.queue()),
      list: os.review.list.handler(({ input }) => s.review.list(input.status)),
      answer: os.review.answer.handler(({ input }) => s.review.answer(input)),
      forget: os.review.forget.handler(async ({ input }) => {
        await s.review.forget(input.id);
        return {};
      }),
    },
    sensors: {
      report: os.sensors.report.handler(async ({ input, context }) => {
        const workspace = await s.workspaces.get(input.workspace);
        workspace.report(input.signals);
        const window = context.connection?.id ?? 'rest';
        for (const signal of input.signals) s.interruption.signal(window, workspace.path, signal);
        return { accepted: input.signals.length };
      }),
    },
    interruptions: {
      list: os.interruptions.list.handler(({ input }) => s.interruption.list(input.limit).map(inWords)),
      explain: os.interruptions.explain.handler(({ input }) => s.interruption.explain(input.id)),
      stats: os.interruptions.stats.handler(({ input }) => s.interruption.stats(input.days)),
      pause: os.interruptions.pause.handler(({ input }) => {
        const pausedUntil = s.interruption.pause(input.until);
        s.changed();
        return { pausedUntil };
      }),
    },
    patterns: {
      list: os.patterns.list.handler(async ({ input }) => s.patterns.list(await real(input))),
      dismiss: os.patterns.dismiss.handler(({ input }) => s.patterns.dismiss(input.id)),
    },
    convergence: {
      get: os.convergence.get.handler(({ input }) => s.onboarding.convergence.get(input)),
      answer: os.convergence.answer.handler(({ input }) => s.onboarding.convergence.answer(input)),
      skip: os.convergence.skip.handler(({ input }) => s.onboarding.convergence.skip(input)),
      correct: os.convergence.correct.handler(({ input }) => s.onboarding.convergence.correct(input)),
      finish: os.convergence.finish.handler(() => s.onboarding.convergence.finish()),
    },
    setup: {
      detect: os.setup.detect.handler(() => s.onboarding.detect()),
      templates: os.setup.templates.handler(() => s.onboarding.templates()),
      apply: os.setup.apply.handler(({ input }) => s.onboarding.apply(input.template, input.workspace)),
    },
    settings: {
      get: os.settings.get.handler(() => s.settings.current),
      update: os.settings.update.handler(({ input }) => s.settings.update(input)),
    },
    jobs: {
      ...overview.jobs,
      list: os.jobs.list.handler(({ input }) => s.jobs.list(input.limit)),
      cancel: os.jobs.cancel.handler(({ input }) => s.jobs.cancel(input.id)),
    },
    backups: {
      list: os.backups.list.handler(() => s.store.backups.list()),
      create: os.backups.create.handler(() => s.store.backup('manual')),
      restore: os.backups.restore.handler(async ({ input }) => ({
        ...(await s.store.restore(input.id)),
        health: [...s.store.notices],
      })),
    },
  });
}
