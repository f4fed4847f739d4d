import { type ActOptions, act, Outdated, type Progress } from './act.ts';
import { Halt, haltOf } from './halt.ts';
import { refusedReport, takenBackReport } from './report.ts';
import type { KeptRun } from './run-files.ts';
import type { StoredRun } from './run-row.ts';
import type { Outcome, Told } from './runs.ts';
import { acceptedEdits, stepsTakenBack, type TakenBack, takeBackAll } from './take-back.ts';

/**
 * Carries out a run that was consented to, to one of its ends: done and reported; or taken back, with the reason; or, where
 * not even that could be done, interrupted. Never throws.
 */
export async function carryOut(id: string, options: ActOptions): Promise<void> {
  const progress: Progress = { verified: null };
  const { files, runs, signal, wheel } = options;
  let kept: KeptRun | null = null;
  try {
    kept = await files.load(id);
    if (!kept) throw new Halt('failed', 'because its bytes are gone from the data directory');
    await act(id, { kept, edits: acceptedEdits(kept, runs.get(id).accepted) }, options, progress);
  } catch (error) {
    const halt = haltOf(error, signal);
    if (halt.why === 'failed') wheel.logger.warn({ run: id, error: halt.message }, 'a run failed');
    try {
      end(id, halt, kept, await takeBackAll(id, kept, options), progress, options);
    } catch (failure) {
      wheel.logger.error({ run: id, error: String(failure) }, 'a run could not be taken back');
      interrupted(id, failure, kept, progress, options);
    }
  }
}

/** What became of it, once everything is back. */
function end(
  id: string,
  halt: Halt,
  kept: KeptRun | null,
  back: TakenBack,
  { verified }: Progress,
  { runs, wheel }: ActOptions,
): void {
  const run = runs.get(id);
  const why = WHY[halt.why](halt.message);
  const untouched = run.status === 'acting' && back.put.length === 0 && back.conflicts.length === 0;
  const outcome = outcomeOf(run, halt);
  const told: Told = {
    act: halt.why === 'stopped' ? 'stopped' : 'rolled back',
    real: true,
    result: halt.why,
    data: { put: back.put.length, conflicts: back.conflicts.length, left: back.left.length },
  };
  if (untouched && (halt.why === 'refused' || halt.why === 'outdated')) {
    const conflicts = halt instanceof Outdated ? [...halt.conflicts] : [];
    const report = refusedReport(halt.message, runs.steps(id));
    runs.move(id, halt.why, told, { change: { reason: halt.message, conflicts, report }, outcome });
    return;
  }
  const containment = wheel.programs.containment;
  runs.move(id, 'rolled_back', told, {
    change: {
      reason: `Taken back, ${why}${halt.why === 'unverified' && verified !== null ? `: ${firstLine(verified)}` : ''}.`,
      conflicts: [...back.conflicts],
      report: takenBackReport({ ...{ kept, why, verified, containment }, ...back }),
    },
    outcome,
    tx: (tx) => stepsTakenBack(tx, id),
  });
}

const firstLine = (text: string): string => text.split('\n', 1)[0]!.replace(/[.:]$/, '');

/** It could not be taken back: said so, and undo offered. */
function interrupted(
  id: string,
  failure: unknown,
  kept: KeptRun | null,
  { verified }: Progress,
  { runs, wheel }: ActOptions,
): void {
  const message = failure instanceof Error ? failure.message : String(failure);
  const why = `though it should: ${message}`;
  const report = takenBackReport({
    ...{ kept, why, verified, put: [], conflicts: [], left: [] },
    containment: wheel.programs.containment,
  });
  runs.tryMove(
    id,
    'interrupted',
    { act: 'rolled back', real: true, result: 'failed' },
    {
      change: {
        reason: 'It could not be taken back whole. Undo tries again; Keep leaves the folder as it is.',
        report: {
          ...report,
          done: `It is not known what stays: taking it back failed (${message})`,
          where: 'Your folder',
        },
        undoUntil: wheel.clock.now() + wheel.settings().undoMinutes * 60_000,
      },
    },
  );
}

const WHY: Readonly<Record<Halt['why'], (message: string) => string>> = {
  stopped: () => 'because you stopped it',
  closing: () => 'because Progeny was closed while it ran',
  refused: (message) => `because leave for the next step was refused: ${message.replace(/\.$/, '')}`,
  outdated: () => 'because the folder changed since the preview',
  unverified: (message) => message,
  failed: (message) =>
    message.startsWith('because ') ? message : `because it ran into this: ${message.replace(/\.$/, '')}`,
};

/** A refusal counts only where more was asked for than any contract allows, and a person did not ask for it. */
function outcomeOf({ origin }: StoredRun, { why, breach }: Halt): Outcome {
  if (why === 'unverified' || why === 'failed') return 'failure';
  if (why === 'stopped') return 'undone';
  return breach && origin.by !== 'person' ? 'breach' : null;
}
