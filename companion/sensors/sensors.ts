import {
  type Clock,
  type CpuBudget,
  createCpuBudget,
  type Disposable,
  Disposables,
  type Logger,
  newId,
  systemRandom,
} from '../kernel/index.ts';
import type { EditorSignal, Settings } from '../protocol/index.ts';
import { type ActivitySignal, idle, step } from './activity.ts';
import { admit } from './admission.ts';
import { ChangeFeed } from './change-feed.ts';
import { createFileWatcher, type FileWatcher } from './file-watcher.ts';
import { type LoadState, loadRows } from './load-rows.ts';
import { Outbox } from './outbox.ts';
import type { GitPart, RowDraft, SensorChange, SensorHealth, SensorSink } from './records.ts';
import { STORM_RULES } from './storm.ts';
import { startSystemLoad } from './system-load.ts';
import type { SystemReaders, SystemSample } from './system-sample.ts';
import { WorkspaceWatch } from './workspace-watch.ts';

export interface SensingOptions {
  /** The absolute path of the folder, which may be missing now. */
  readonly workspace: string;
  readonly settings: Settings['sensors'];
  readonly clock: Clock;
  readonly logger: Logger;
  readonly sink: SensorSink;
  readonly onChange: (change: SensorChange) => void;
  readonly onHealth: (health: SensorHealth) => void;
  /** Each sample of the machine's load, for what needs free disk at once. */
  readonly onSample?: (sample: SystemSample) => void;
  readonly dataDirectory?: string;
  /** Shared by all workspaces of a companion, so that together they stay within it. */
  readonly budget?: CpuBudget;
  readonly watcher?: FileWatcher;
  readonly readers?: SystemReaders;
}

/** The sensing of one workspace. */
export interface Sensing {
  /** Resolves when everything that is there is watched; never rejects. */
  readonly ready: Promise<void>;
  /** Takes in signals of an editor window and gives how many could be recorded. */
  report(signals: readonly EditorSignal[]): number;
  /** Writes every edit seen so far; resolves when that was tried. */
  flush(): Promise<void>;
  /** Ends sensing; everything seen so far is written when it resolves. */
  dispose(): Promise<void>;
}

/** Begins to sense a workspace: metadata only, nothing that is ignored or denied (systems.md §1). */
export function startSensing(options: SensingOptions): Sensing {
  const { workspace, settings, clock, logger, sink, onChange, onHealth } = options;
  const owned = new Disposables();
  const outbox = owned.add(
    new Outbox({ sink, clock, logger, onSink: (failing) => onHealth(sinkHealth(failing, clock.now())) }),
  );
  const feed = owned.add(new ChangeFeed(clock, onChange));
  const context = {
    workspace,
    gapMs: settings.spanGapSeconds * 1000,
    mint: (at: number) => newId('span', at, systemRandom),
    rules: STORM_RULES,
  };
  let state = idle;
  let timer: Disposable | null = null;

  const dispatch = (signal: ActivitySignal) => {
    const result = step(state, signal, clock.now(), context);
    state = result.state;
    for (const effect of result.effects) {
      if (effect.kind === 'row') addRow(effect.row);
      if (effect.kind === 'span') outbox.addSpan(effect.span);
      if (effect.kind === 'changed') feed.files(effect.paths);
      if (effect.kind === 'rescan') watch.refresh();
    }
    timer?.dispose();
    const { dueAt } = result;
    timer =
      dueAt === null ? null : clock.after(Math.max(0, dueAt - clock.now()), () => dispatch({ kind: 'tick' }));
  };
  const addRow = (row: RowDraft) => outbox.addRow({ ...row, workspace });
  const onGit = (what: GitPart) => {
    feed.git(what);
    if (what === 'refs' || what === 'stash') {
      addRow({ at: clock.now(), kind: what, file: null, branch: state.branch, n: 1 });
    }
  };

  const watch = new WorkspaceWatch({
    workspace,
    exclude: settings.exclude,
    watcher: options.watcher ?? createFileWatcher({ clock, logger }),
    clock,
    budget: options.budget ?? createCpuBudget(clock),
    logger,
    onChanges(changes, many) {
      dispatch({ kind: 'files', changes });
      if (many) feed.files([]);
    },
    onBranch: (branch) => dispatch({ kind: 'branch', branch }),
    onGit,
    onHealth,
  });

  let load: LoadState = new Map();
  const system = startSystemLoad({
    workspace,
    dataDirectory: options.dataDirectory,
    seconds: settings.systemSeconds,
    clock,
    logger,
    ...(options.readers && { readers: options.readers }),
    onSample(sample) {
      const result = loadRows(load, sample);
      load = result.state;
      for (const row of result.rows) addRow(row);
      options.onSample?.(sample);
    },
  });

  // Disposed in reverse: first what sees, then what it saw is finished, then the feed and the outbox.
  owned.add({
    dispose() {
      dispatch({ kind: 'end' });
      timer?.dispose();
    },
  });
  owned.add(system);
  owned.add(watch);

  return {
    ready: watch.start(),
    report(signals) {
      const { rules } = watch;
      let recorded = 0;
      for (const signal of signals) {
        const admitted = rules && admit(signal, rules, clock.now());
        if (!admitted) continue;
        dispatch({ kind: 'editor', signal: admitted });
        recorded++;
      }
      return recorded;
    },
    flush() {
      dispatch({ kind: 'write' });
      return outbox.flush();
    },
    dispose: () => owned.dispose(),
  };
}

function sinkHealth(failing: boolean, at: number): SensorHealth {
  return failing
    ? {
        at,
        state: 'degraded',
        reason: 'sink',
        message: 'Activity cannot be written at the moment. The newest is held in memory and written later.',
      }
    : { at, state: 'ok', reason: 'sink', message: 'Activity is being written again.' };
}
