import { implement, ORPCError } from '@orpc/server';
import type {
  Brief,
  Drift,
  Event,
  Loop,
  MemoryRecord,
  RecallOutput,
  ReviewItem,
  SelfState,
  SetupDetected,
  Status,
  Whisper,
} from '../../../companion/protocol/index.ts';
import { contract, ProgenyError } from '../../../companion/protocol/index.ts';
import { councilAnswers } from '../../host/support/fake-council.ts';
import { globeAnswers } from '../../host/support/fake-globe.ts';
import { mindAnswers } from '../../host/support/fake-mind.ts';
import { ScriptedCouncil } from '../../support/scripted-council.ts';
import { ScriptedMind } from '../../support/scripted-mind.ts';
import {
  atlasBrief,
  atlasDrift,
  atlasLoops,
  atlasSelf,
  atlasStatus,
  atlasWhispers,
  NOW,
  WORKSPACE,
} from './fixtures.ts';
import { atlasGlobe } from './globe.ts';
import { FakeHeritage, heritageAnswers } from './heritage.ts';
import { fakeMaskAnswers } from './masks.ts';
import { asFound, atlasMemories, theSuccessor, traceOf, wouldGo } from './memory.ts';
import { atlasMachine, FakeOnboarding } from './onboarding.ts';
import { FakeOverview, overviewAnswers } from './overview.ts';
import { atlasBeliefs } from './review.ts';
import { FakeStory, fakeStoryAnswers } from './story.ts';
import { atlasChat, atlasProposals, talks } from './talks.ts';
import { atlasTrails } from './thoughts.ts';
import { FakeWheel, fakeWheelAnswers } from './wheel.ts';

/** A companion made of the contract and a few lists: what it says is what the test put there. */
export class FakeCompanion {
  status: Status = atlasStatus();
  brief: Brief = atlasBrief();
  loops: Loop[] = atlasLoops();
  whispers: Whisper[] = atlasWhispers();
  memories: MemoryRecord[] = atlasMemories();
  beliefs: ReviewItem[] = atlasBeliefs();
  /** Ratings by loop, the newest first. */
  drift: Record<string, Drift[]> = { loop_import: atlasDrift() };
  /** How many wait for another day. */
  moreBeliefs = 2;
  readonly onboarding = new FakeOnboarding();
  machine: SetupDetected = atlasMachine;
  /** By what means recall finds; all there are, at first. */
  means: Omit<RecallOutput, 'found'> = { meaning: true, covered: 1, note: null };
  readonly mind = new ScriptedMind({
    now: () => this.#clock(),
    changed: (type) => this.changed(type),
    script: atlasChat,
  });
  readonly council = new ScriptedCouncil({ now: () => NOW, changed: (type) => this.changed(type) });
  readonly heritage = new FakeHeritage((type) => this.changed(type));
  readonly wheel = new FakeWheel({
    now: () => NOW,
    changed: (type) => this.changed(type),
    workspace: WORKSPACE,
  });
  readonly globe = atlasGlobe();
  readonly overview = new FakeOverview();
  readonly story = new FakeStory({ now: () => NOW, workspace: WORKSPACE });
  self: SelfState = atlasSelf();
  /** Calls answered with an error, by name: `fail.set('loops.update', ['read_only', 'The disk is full.'])`. */
  readonly fail = new Map<string, [code: string, message: string]>();
  /** Calls that never answer. */
  readonly hang = new Set<string>();
  /** Every call, in order, with its input. */
  readonly calls: { name: string; input: unknown }[] = [];
  readonly #watchers = new Set<() => void>();
  #seq = 100;
  #ids = 0;
  #tick = 0;

  constructor() {
    talks(this.mind);
    this.mind.trails = atlasTrails(this.mind.turns);
    atlasProposals(this.council);
  }

  /** Each answer a second after the one before. */
  #clock(): number {
    return NOW - 60_000 + 1000 * this.#tick++;
  }

  /** Something changed: one row of the event log, and the picture of the service again. */
  changed(type = 'loop.changed', subject = 'loop_clock1'): void {
    this.#seq++;
    this.status = { ...this.status, seq: this.#seq };
    this.#event = { seq: this.#seq, at: NOW, type, subject, data: {} };
    for (const tell of [...this.#watchers]) tell();
  }
  #event: Event | null = null;

  router() {
    const os = implement(contract);
    const call = async <T>(
      name: string,
      input: unknown,
      answer: () => T,
      signal?: AbortSignal,
    ): Promise<T> => {
      this.calls.push({ name, input });
      if (this.hang.has(name)) await new Promise((_, reject) => signal?.addEventListener('abort', reject));
      const failure = this.fail.get(name);
      if (failure) throw new ORPCError(failure[0], { message: failure[1], defined: true });
      try {
        return answer();
      } catch (error) {
        if (!(error instanceof ProgenyError)) throw error;
        throw new ORPCError(error.code, { message: error.message, defined: true });
      }
    };
    const find = (id: string) => {
      const loop = this.loops.find((each) => each.id === id);
      if (!loop) throw new ORPCError('not_found', { message: `There is no loop "${id}".`, defined: true });
      return loop;
    };
    const memory = (id: string) => {
      const record = [...this.memories, theSuccessor()].find((each) => each.id === id);
      if (!record)
        throw new ORPCError('not_found', { message: `There is no memory "${id}".`, defined: true });
      return record;
    };
    const {
      system,
      events,
      brief,
      drift,
      loops,
      whispers,
      workspaces,
      memories,
      review,
      convergence,
      setup,
    } = os;
    const overview = overviewAnswers(os, {
      overview: this.overview,
      call,
      changed: (type) => this.changed(type),
      stream: (read, signal) => this.#stream(read, signal),
    });
    return {
      ...mindAnswers(os, this.mind, call),
      ...councilAnswers(os, this.council, (id) => find(id).title, call),
      ...fakeWheelAnswers(os, this.wheel, call),
      ...globeAnswers(os, this.globe, call),
      interruptions: overview.interruptions,
      jobs: overview.jobs,
      dreams: overview.dreams,
      backups: overview.backups,
      ...fakeStoryAnswers(os, this.story, call),
      masks: fakeMaskAnswers(os, call),
      ...heritageAnswers(os, this.heritage, call),
      self: {
        ...overview.self,
        state: os.self.state.handler(({ input, signal }) =>
          call('self.state', input, () => this.self, signal),
        ),
      },
      system: {
        doctor: overview.doctor,
        hello: system.hello.handler(({ input }) =>
          call('system.hello', input, () => ({
            protocol: 1,
            version: '0.1.0',
            connection: 'conn_1',
            instance: 'fake',
          })),
        ),
        status: system.status.handler(({ input }) => call('system.status', input, () => this.status)),
        watch: system.watch.handler(({ signal }) => this.#stream(() => this.status, signal)),
        violation: system.violation.handler(({ input }) => call('system.violation', input, () => ({}))),
      },
      events: {
        list: events.list.handler(({ input, signal }) =>
          call('events.list', input, () => this.globe.log(input), signal),
        ),
        subscribe: events.subscribe.handler(({ signal }) => this.#stream(() => this.#event, signal)),
      },
      brief: {
        get: brief.get.handler(({ input, signal }) => call('brief.get', input, () => this.brief, signal)),
      },
      drift: {
        ...overview.drift,
        get: drift.get.handler(({ input, signal }) =>
          call('drift.get', input, () => (this.drift[input.id] ?? []).slice(0, input.limit), signal),
        ),
      },
      loops: {
        ...overview.loops,
        list: loops.list.handler(({ input, signal }) =>
          call(
            'loops.list',
            input,
            () => this.loops.filter(({ status }) => input.status?.includes(status) ?? true),
            signal,
          ),
        ),
        get: loops.get.handler(({ input }) => call('loops.get', input, () => find(input.id))),
        open: loops.open.handler(({ input }) =>
          call('loops.open', input, () => {
            const now = { createdAt: NOW, touchedAt: NOW };
            const rest = {
              summary: 'Opened by hand',
              source: 'manual' as const,
              status: 'open' as const,
              evidence: [],
              facts: {},
            };
            const loop: Loop = {
              ...input,
              ...rest,
              ...now,
              id: `loop_new${this.#ids++}`,
              rank: 0.9,
              deferUntil: null,
              parentId: null,
            };
            this.loops = [loop, ...this.loops];
            this.changed();
            return loop;
          }),
        ),
        update: loops.update.handler(({ input, signal }) =>
          call(
            'loops.update',
            input,
            () => {
              const { id, ...change } = input;
              const given = Object.fromEntries(
                Object.entries(change).filter(([, value]) => value !== undefined),
              );
              const saved = { ...find(id), ...given } as Loop;
              this.loops = this.loops.map((loop) => (loop.id === id ? saved : loop));
              this.changed();
              return saved;
            },
            signal,
          ),
        ),
      },
      whispers: {
        add: whispers.add.handler(({ input }) =>
          call('whispers.add', input, () => {
            const whisper: Whisper = {
              id: `whisper_new${this.#ids++}`,
              workspace: WORKSPACE,
              loopId: input.loopId ?? 'loop_clock1',
              text: input.text,
              branch: 'fix/clock',
              anchor: null,
              at: NOW,
            };
            this.whispers = [whisper, ...this.whispers];
            this.changed('whisper.added');
            return whisper;
          }),
        ),
        list: whispers.list.handler(({ input }) =>
          call('whispers.list', input, () =>
            this.whispers.filter(({ loopId }) => !input.loopId || loopId === input.loopId),
          ),
        ),
      },
      memories: {
        ...overview.memories,
        recent: memories.recent.handler(({ input, signal }) =>
          call('memories.recent', input, () => this.#memoriesOf(input.kinds), signal),
        ),
        // Whatever shares a word with the question; a test that asks for nothing in particular gets all.
        recall: memories.recall.handler(({ input, signal }) =>
          call(
            'memories.recall',
            input,
            () => {
              const words = input.query.toLowerCase().match(/\w{4,}/g) ?? [];
              const speaks = ({ content }: MemoryRecord) =>
                words.length === 0 || words.some((word) => content.toLowerCase().includes(word));
              return { found: asFound(this.#memoriesOf(input.kinds).filter(speaks)), ...this.means };
            },
            signal,
          ),
        ),
        trace: memories.trace.handler(({ input }) =>
          call('memories.trace', input, () => traceOf(memory(input.id))),
        ),
        update: memories.update.handler(({ input }) =>
          call('memories.update', input, () => {
            const { id, ...change } = input;
            return this.#replaceMemory({ ...memory(id), ...(change as Partial<MemoryRecord>) });
          }),
        ),
        restore: memories.restore.handler(({ input }) =>
          call('memories.restore', input, () =>
            this.#replaceMemory({ ...memory(input.id), archivedAt: null }),
          ),
        ),
        forget: memories.forget.handler(({ input, signal }) =>
          call(
            input.dryRun ? 'memories.forget dry' : 'memories.forget',
            input,
            () => {
              const gone = this.memories.filter(({ id }) => input.select.ids?.includes(id));
              const told = wouldGo(gone);
              if (input.dryRun) return told;
              this.memories = this.memories.filter((record) => !gone.includes(record));
              this.changed('memory.forgotten');
              return { ...told, preview: [] };
            },
            signal,
          ),
        ),
      },
      review: {
        queue: review.queue.handler(({ input, signal }) =>
          call(
            'review.queue',
            input,
            () => ({
              items: this.beliefs.filter(({ status }) => status === 'waiting'),
              more: this.moreBeliefs,
            }),
            signal,
          ),
        ),
        list: review.list.handler(({ input, signal }) =>
          call('review.list', input, () => this.beliefs, signal),
        ),
        answer: review.answer.handler(({ input }) =>
          call('review.answer', input, () => {
            const status = { confirm: 'confirmed', deny: 'denied', context: 'conditional' } as const;
            const item = this.beliefs.find(({ id }) => id === input.id)!;
            const except = input.text ?? null;
            const exceptRead = except === 'on Fridays' ? 'on Friday' : null;
            const saved: ReviewItem = {
              ...item,
              status: status[input.answer],
              except,
              exceptRead,
              answeredAt: NOW,
            };
            this.beliefs = this.beliefs.map((each) => (each.id === saved.id ? saved : each));
            this.changed('hypothesis.answered');
            return saved;
          }),
        ),
        forget: review.forget.handler(({ input }) =>
          call('review.forget', input, () => {
            this.beliefs = this.beliefs.filter(({ id }) => id !== input.id);
            this.changed('hypothesis.forgotten');
            return {};
          }),
        ),
      },
      convergence: {
        get: convergence.get.handler(({ input, signal }) =>
          call('convergence.get', input, () => this.onboarding.get(input.form), signal),
        ),
        answer: convergence.answer.handler(({ input }) =>
          call('convergence.answer', input, () =>
            this.onboarding.answer(input.question, input.answer, input.form),
          ),
        ),
        skip: convergence.skip.handler(({ input }) =>
          call('convergence.skip', input, () => this.onboarding.skip(input.question, input.form)),
        ),
        correct: convergence.correct.handler(({ input }) =>
          call('convergence.correct', input, () =>
            this.onboarding.answer(input.question, { [input.part]: input.text }),
          ),
        ),
        finish: convergence.finish.handler(({ input }) =>
          call('convergence.finish', input, () => ({ convergence: this.onboarding.finish(), wrote: [] })),
        ),
      },
      setup: {
        detect: setup.detect.handler(({ input, signal }) =>
          call('setup.detect', input, () => this.machine, signal),
        ),
      },
      workspaces: {
        scan: workspaces.scan.handler(({ input }) =>
          call('workspaces.scan', input, () => ({
            id: 'job_1',
            kind: 'scan',
            subject: input.path,
            status: 'queued' as const,
            priority: 0,
            progress: null,
            message: '',
            attempts: 0,
            createdAt: NOW,
            updatedAt: NOW,
          })),
        ),
      },
    };
  }

  #memoriesOf(kinds: readonly string[] | undefined): MemoryRecord[] {
    return this.memories.filter(({ kind }) => kinds?.includes(kind) ?? true);
  }

  #replaceMemory(saved: MemoryRecord): MemoryRecord {
    this.memories = this.memories.map((record) => (record.id === saved.id ? saved : record));
    this.changed('memory.changed');
    return saved;
  }

  /** Yields what `read` gives now and again after each change, until the client leaves. */
  async *#stream<T>(read: () => T | null, signal: AbortSignal | undefined): AsyncGenerator<T, void> {
    let wake = () => {};
    const watcher = () => wake();
    this.#watchers.add(watcher);
    signal?.addEventListener('abort', watcher);
    try {
      while (!signal?.aborted) {
        const changed = new Promise<void>((resolve) => {
          wake = resolve;
        });
        const value = read();
        if (value !== null) yield value;
        await changed;
      }
    } finally {
      this.#watchers.delete(watcher);
    }
  }
}
