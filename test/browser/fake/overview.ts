import type { implement } from '@orpc/server';
import type {
  Axis,
  Backup,
  contract,
  Dream,
  Drift,
  InterruptionInWords,
  InterruptionStats,
  Job,
  LoopHistory,
  MemoryGrowth,
  SelfMoment,
} from '../../../companion/protocol/index.ts';
import type { Around } from '../../host/support/fake-mind.ts';
import { NOW } from './fixtures.ts';
import * as sample from './overview-samples.ts';

type Implementer = ReturnType<typeof implement<typeof contract>>;

/** What the dashboard and the view of jobs ask for; a test puts in what it wants to see. */
export class FakeOverview {
  history: SelfMoment[] = sample.atlasMoves();
  growth: (days: number) => MemoryGrowth = sample.atlasGrowth;
  loops: (days: number) => LoopHistory = sample.atlasThreads;
  drift: Drift[] = sample.atlasDrifts();
  stats: InterruptionStats = sample.atlasTaps();
  taps: InterruptionInWords[] = sample.atlasTapRows();
  jobs: Job[] = sample.atlasJobs();
  dreams: Dream[] = sample.atlasDreams();
  backups: Backup[] = sample.atlasBackups();
  checks = sample.atlasChecks();
  /** What `dream now` is answered with, unless one is forced. */
  little: string | null = null;

  historyOf(axis: Axis | undefined): SelfMoment[] {
    return this.history.filter(
      (moment) => moment.kind === 'mark' || !axis || moment.changes.some((change) => change.axis === axis),
    );
  }

  /** A job is another now; those that watch are told by `changed`. */
  set(id: string, change: Partial<Job>): Job {
    this.jobs = this.jobs.map((job) => (job.id === id ? { ...job, updatedAt: NOW, ...change } : job));
    return this.jobs.find((job) => job.id === id)!;
  }

  dream(): Job {
    const job = sample.aJob({
      id: 'job_dream2',
      kind: 'dream',
      subject: 'creator',
      status: 'running',
      progress: 0,
    });
    this.jobs = [job, ...this.jobs];
    return job;
  }
}

interface Parts {
  readonly overview: FakeOverview;
  readonly call: Around;
  changed(type: string): void;
  stream<T>(read: () => T | null, signal: AbortSignal | undefined): AsyncGenerator<T, void>;
}

/** Answers of the fake companion to what both views ask. Each joins the procedures of its own subject. */
export function overviewAnswers(os: Implementer, { overview, call, changed, stream }: Parts) {
  return {
    self: {
      history: os.self.history.handler(({ input, signal }) =>
        call('self.history', input, () => overview.historyOf(input.axis).slice(0, input.limit), signal),
      ),
      mark: os.self.mark.handler(({ input, signal }) =>
        call(
          'self.mark',
          input,
          () => {
            const mark = { kind: 'mark' as const, at: NOW, id: 'mark_new1', text: input.text };
            overview.history = [mark, ...overview.history];
            changed('limbic.marked');
            return mark;
          },
          signal,
        ),
      ),
      unmark: os.self.unmark.handler(({ input, signal }) =>
        call(
          'self.unmark',
          input,
          () => {
            overview.history = overview.history.filter(
              (each) => each.kind !== 'mark' || each.id !== input.id,
            );
            return {};
          },
          signal,
        ),
      ),
    },
    memories: {
      growth: os.memories.growth.handler(({ input, signal }) =>
        call('memories.growth', input, () => overview.growth(input.days), signal),
      ),
    },
    loops: {
      history: os.loops.history.handler(({ input, signal }) =>
        call('loops.history', input, () => overview.loops(input.days), signal),
      ),
    },
    drift: {
      list: os.drift.list.handler(({ input, signal }) =>
        call('drift.list', input, () => overview.drift, signal),
      ),
    },
    interruptions: {
      stats: os.interruptions.stats.handler(({ input, signal }) =>
        call('interruptions.stats', input, () => overview.stats, signal),
      ),
      list: os.interruptions.list.handler(({ input, signal }) =>
        call('interruptions.list', input, () => overview.taps.slice(0, input.limit), signal),
      ),
    },
    jobs: {
      list: os.jobs.list.handler(({ input, signal }) =>
        call('jobs.list', input, () => overview.jobs, signal),
      ),
      watch: os.jobs.watch.handler(async function* ({ input, signal }) {
        await call('jobs.watch', input, () => null, signal);
        yield* stream(() => overview.jobs, signal);
      }),
      cancel: os.jobs.cancel.handler(({ input, signal }) =>
        call(
          'jobs.cancel',
          input,
          () => {
            const job = overview.set(input.id, { status: 'cancelled', message: 'Cancelled' });
            changed('scan.applied');
            return job;
          },
          signal,
        ),
      ),
    },
    dreams: {
      list: os.dreams.list.handler(({ input, signal }) =>
        call('dreams.list', input, () => overview.dreams, signal),
      ),
      run: os.dreams.run.handler(({ input, signal }) =>
        call(
          'dreams.run',
          input,
          () => {
            if (overview.little !== null && !input.force) return { job: null, message: overview.little };
            const job = overview.dream();
            changed('dream.started');
            return { job, message: 'The dream has begun.' };
          },
          signal,
        ),
      ),
    },
    backups: {
      list: os.backups.list.handler(({ input, signal }) =>
        call('backups.list', input, () => overview.backups, signal),
      ),
      create: os.backups.create.handler(({ input, signal }) =>
        call(
          'backups.create',
          input,
          () => {
            const made: Backup = { id: `${NOW}-manual`, at: NOW, bytes: 4_812_800, kind: 'manual' };
            overview.backups = [made, ...overview.backups];
            return made;
          },
          signal,
        ),
      ),
    },
    doctor: os.system.doctor.handler(({ input, signal }) =>
      call('system.doctor', input, () => ({ checks: overview.checks }), signal),
    ),
  };
}
