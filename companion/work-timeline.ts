import { stat } from 'node:fs/promises';
import path from 'node:path';
import type * as git from './git/index.ts';
import type { AsyncDisposable, Clock, CpuBudget, Logger } from './kernel/index.ts';
import { loopScopes } from './loop-scopes.ts';
import type { LoopStore } from './loops/index.ts';
import type { EditorSignal, Settings } from './protocol/index.ts';
import type { SensorSink } from './sensors/index.ts';
import {
  commitEvents,
  noneTold,
  noSensed,
  type SensedState,
  sensedRows,
  sensedSpans,
  standingEvents,
  type Timeline,
  type Told,
  toldOf,
  type WorkEvent,
} from './timeline/index.ts';
import type { Workspace } from './workspaces/index.ts';

export interface WorkTimelineOptions {
  readonly timeline: Timeline;
  readonly loops: LoopStore;
  readonly git: typeof git;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Shared with the scans, so that together they stay within it. */
  readonly budget: CpuBudget;
  readonly settings: () => Settings;
  /** Salted digest of a word. */
  digest(word: string): string;
}

const LOOK_MS = 15 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Sizes of so many files are looked up at once; of a checkout the rest is left unknown. */
const STATS = 50;
/** A first look reads this many commits; later ones what came since the newest `KNOWN_TIPS` that are known. */
const MOST_COMMITS = 500;
const KNOWN_TIPS = 100;

/** Translates what sensors, editors, scans and loops say into the timeline. */
export class WorkTimeline {
  readonly #options: WorkTimelineOptions;
  readonly #sensed = new Map<string, SensedState>();

  constructor(options: WorkTimelineOptions) {
    this.#options = options;
  }

  /** The sink of a workspace, and the timeline after it. */
  tee(sink: SensorSink, workspace: Workspace): SensorSink {
    const { timeline, settings } = this.#options;
    const state = () => this.#sensed.get(workspace.id) ?? noSensed;
    return {
      appendRows: async (rows) => {
        await sink.appendRows(rows);
        const { warnFreeMb } = settings().store;
        const sensed = sensedRows(state(), rows, { workspace: workspace.id, warnFreeMb });
        this.#sensed.set(workspace.id, sensed.state);
        timeline.append(sensed.events);
      },
      upsertSpans: async (spans) => {
        await sink.upsertSpans(spans);
        const sensed = sensedSpans(state(), spans, workspace.id);
        this.#sensed.set(workspace.id, sensed.state);
        timeline.append(await withSizes(sensed.events, workspace.path));
      },
    };
  }

  /** Signals of a window of the editor: runs of tests; all else comes through the sensors. */
  heard(workspace: Workspace, signals: readonly EditorSignal[]): void {
    const now = this.#options.clock.now();
    this.#options.timeline.append(
      signals.flatMap((signal): WorkEvent[] => {
        if (signal.kind !== 'test') return [];
        const { passed, name } = signal;
        return [{ at: Math.min(signal.at, now), workspace: workspace.id, kind: 'test', passed, name }];
      }),
    );
  }

  /** Follows the commits and the loops of an open workspace. Dispose it when the workspace closes. */
  follow(workspace: Workspace): AsyncDisposable {
    const { clock, timeline, loops } = this.#options;
    const recent = timeline.read({
      workspace: workspace.id,
      kinds: ['loop', 'risk'],
      since: clock.now() - 2 * DAY_MS,
    });
    let told: Told = recent.length > 0 ? toldOf(recent) : noneTold;
    let tips = '';
    let reading: Promise<void> | null = null;
    const stopping = new AbortController();
    const look = () => {
      const { scan, scanning } = workspace;
      // In the middle of a scan the loops are those before it.
      if (!scan || scanning) return;
      const standing = loopScopes(
        loops.standing(workspace.id),
        loops.anchors(workspace.id),
        scan,
        this.#options.digest,
      );
      const next = standingEvents(told, standing, workspace.id, clock.now());
      told = next.told;
      timeline.append(next.events);
      const now = [scan.commit, scan.recent[0]?.commit].join(' ');
      if (now === tips || reading) return;
      tips = now;
      reading = this.#readCommits(workspace, stopping.signal).finally(() => {
        reading = null;
        if (!stopping.signal.aborted) look();
      });
    };
    const listening = workspace.changed.add(look);
    const timer = clock.every(LOOK_MS, look);
    look();
    return {
      dispose: async () => {
        stopping.abort();
        listening.dispose();
        timer.dispose();
        await reading;
      },
    };
  }

  /** What came to the branch that is checked out, and to the default branch. Each commit is read once. */
  async #readCommits({ id, repository, scan }: Workspace, signal: AbortSignal): Promise<void> {
    const { git, timeline, clock, budget, logger, settings } = this.#options;
    if (!repository || !scan) return;
    const started = performance.now();
    try {
      const identity = await git.readIdentity(repository, { signal });
      const own = (author: git.Author) => git.isOwn(identity, author);
      const places = [
        { tip: scan.commit, branch: scan.branch },
        { tip: scan.recent[0]?.commit ?? null, branch: scan.defaultBranch },
      ];
      for (const { tip, branch } of places) {
        if (tip === null) continue;
        const since = clock.now() - settings().sensors.timelineDays * DAY_MS;
        const known = timeline.read({ workspace: id, kinds: ['commit'], limit: 2 * MOST_COMMITS });
        const except = newest(known, KNOWN_TIPS);
        const commits = await git.readCommitStats(repository, {
          from: tip,
          except,
          since,
          limit: MOST_COMMITS,
          signal,
        });
        const events = commitEvents(commits, known, { workspace: id, branch, own, now: clock.now() });
        timeline.append(events, clock.now() - DAY_MS);
      }
    } catch (error) {
      if (!signal.aborted) logger.warn({ workspace: id, error: String(error) }, 'commits could not be read');
    } finally {
      budget.spend(performance.now() - started);
    }
  }
}

function newest(events: readonly WorkEvent[], n: number): string[] {
  return events.slice(-n).flatMap((event) => (event.kind === 'commit' ? [event.commit] : []));
}

/** Each edit with the size of its file as it is now; null where it is gone. */
function withSizes(events: readonly WorkEvent[], folder: string): Promise<WorkEvent[]> {
  return Promise.all(
    events.map(async (event, i) => {
      if (event.kind !== 'edit' || i >= STATS) return event;
      const found = await stat(path.join(folder, event.file)).catch(() => null);
      return found ? { ...event, size: found.size } : event;
    }),
  );
}
