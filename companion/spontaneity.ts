import { type Interruption, type Material, SPONTANEOUS, spontaneous } from './interruption/index.ts';
import type { Clock } from './kernel/index.ts';
import type { LoopStore } from './loops/index.ts';
import type { MemoryRecord, Settings, Tone } from './protocol/index.ts';
import type { Workspace } from './workspaces/index.ts';

export interface SpontaneityOptions {
  readonly interruption: Interruption;
  readonly loops: LoopStore;
  /** The newest memories of a folder that are worth telling, newest first. */
  readonly memories: (workspace: string) => readonly MemoryRecord[];
  readonly tone: (memories: readonly MemoryRecord[], now: number) => Tone | null;
  readonly clock: Clock;
  readonly settings: () => Settings;
  /** Hours in which what can wait, waits. */
  readonly inPeakHours: (now: number) => boolean;
}

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const RECHECK_MS = 15 * 60 * 1000;
/** A tone that was declared longer ago says nothing about now. */
const TONE_LASTS_MS = 12 * HOUR_MS;

/**
 * Proposes at most one thing that nobody asked for, and only while nothing else waits to be told: once a day at the
 * most, because there are things that matter more. Dispose it when the workspace closes.
 */
export function watchForSpontaneity(
  workspace: Workspace,
  { interruption, loops, memories, tone, clock, settings, inPeakHours }: SpontaneityOptions,
): { dispose(): Promise<void> } {
  let proposed: string | null = null;
  const withdraw = () => {
    if (proposed !== null) interruption.withdraw(proposed);
    proposed = null;
  };
  const consider = () => {
    const now = clock.now();
    const allowed =
      settings().interruption.spontaneous &&
      !inPeakHours(now) &&
      interruption.waiting(SPONTANEOUS) === 0 &&
      !interruption.toldSince(now - DAY_MS, SPONTANEOUS);
    const found = allowed ? spontaneous(materialOf(now), now) : null;
    if (found?.subject !== proposed) withdraw();
    if (!found) return;
    proposed = found.subject;
    interruption.propose(found);
  };
  const materialOf = (now: number): Material => {
    const { scan, path } = workspace;
    const known = memories(path);
    const last = scan?.last?.own && now - scan.last.at < DAY_MS ? scan.last : null;
    return {
      workspace: path,
      branch: scan?.branch ?? null,
      files: [
        ...(scan?.uncommitted?.files ?? []),
        ...(last?.files ?? last?.places.map(({ file }) => file) ?? []),
      ],
      loops: loops.list({ workspace: path, limit: 1000 }),
      // What an agent wrote is no evidence; what is private is not put on the screen unasked.
      memories: known
        .filter(
          ({ writtenBy, private: hidden, validTo }) => writtenBy === 'person' && !hidden && validTo === null,
        )
        .map(({ id, kind, content, happenedAt, source }) => ({
          id,
          kind,
          text: content,
          happenedAt,
          file: source.file ?? null,
        })),
      tone: tone(known, now),
      told: interruption.told(),
    };
  };
  const listening = workspace.changed.add(consider);
  const timer = clock.every(RECHECK_MS, consider);
  return {
    async dispose() {
      listening.dispose();
      timer.dispose();
      withdraw();
    },
  };
}

/** The tone that a person declared last, while it may still be so. */
export function declaredTone(memories: readonly MemoryRecord[], now: number): Tone | null {
  const declared = memories.find(({ tone, writtenBy }) => tone !== null && writtenBy === 'person');
  return declared && now - declared.recordedAt < TONE_LASTS_MS ? declared.tone : null;
}
