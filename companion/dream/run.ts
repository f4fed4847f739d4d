import type { Logger } from '../kernel/index.ts';
import { ProgenyError } from '../protocol/index.ts';
import type { DreamLog } from './dream-log.ts';
import { type Results, type Stage, type StageResult, together } from './stage.ts';

export interface RunOptions {
  readonly log: DreamLog;
  readonly stages: readonly Stage[];
  readonly logger: Logger;
  readonly signal: AbortSignal;
  progress(fraction: number, words: string): void;
}

/**
 * Runs the stages of a day's dream, from the one that it has reached. A stage that fails is told and does not hold up
 * the others; where nothing can be written, all wait. Throws the signal's reason, `read_only`, `shutting_down`.
 */
export async function runStages(
  day: string,
  { log, stages, logger, signal, progress }: RunOptions,
): Promise<Results> {
  const row = log.get(day)!;
  // A stage that this version does not have is passed over.
  const first = Math.max(
    0,
    stages.findIndex(({ name }) => name === row.stage),
  );
  let results = row.results;
  let { checkpoint } = row;
  for (const [i, stage] of stages.entries()) {
    if (i < first) continue;
    const tell = (fraction: number, words: string) =>
      progress((i + Math.min(1, fraction)) / stages.length, words);
    tell(0, stage.title);
    signal.throwIfAborted();
    const result = await attempt(stage, logger, {
      signal,
      day,
      now: row.startedAt,
      checkpoint,
      results,
      save: (at, tx) => log.saved(day, at, tx),
      progress: tell,
    });
    signal.throwIfAborted();
    results = { ...results, [stage.name]: together(results[stage.name], result) };
    log.passed(day, { stage: stage.name, next: stages[i + 1]?.name ?? null, results });
    checkpoint = null;
    await turn();
  }
  return results;
}

async function attempt(
  stage: Stage,
  logger: Logger,
  context: Parameters<Stage['run']>[0],
): Promise<StageResult> {
  try {
    return await stage.run(context);
  } catch (error) {
    const stops = error instanceof ProgenyError && ['read_only', 'shutting_down'].includes(error.code);
    if (stops || context.signal.aborted) throw error;
    logger.error({ stage: stage.name, error: String(error) }, 'a stage of the dream failed');
    return { counts: { failed: 1 } };
  }
}

/** Lets others have their turn. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
