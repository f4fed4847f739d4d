import type { z } from 'zod';
import { ProgenyError, type WheelRun, type wheelSide } from '../protocol/index.ts';
import { type Countdown, count, endsAt } from './countdown.ts';
import { isBinary } from './preview.ts';
import type { KeptRun } from './run-files.ts';
import { isOpen } from './run-machine.ts';
import type { StoredRun, StoredStep } from './run-row.ts';
import type { ChangeSet, FileState } from './types.ts';

/** A run as clients see it. Pure. */
export function shownRun(
  run: StoredRun,
  steps: readonly StoredStep[],
  countdown: Countdown | null,
  now: number,
): WheelRun {
  return {
    id: run.id,
    workspace: run.root,
    recipe: run.recipe,
    origin: run.origin,
    status: run.status,
    sentence: run.sentence,
    destination: run.destination,
    steps: steps.map(({ tool, words, status, note }) => ({ tool, words, status, note })),
    digest: run.digest,
    files: run.files,
    additions: run.additions,
    deletions: run.deletions,
    reason: run.reason,
    proposal: run.proposal,
    countdown: run.status === 'counting' && countdown ? shownCountdown(countdown, now) : null,
    report: run.report,
    undoUntil: isOpen(run.status) ? run.undoUntil : null,
    conflicts: [...run.conflicts],
    createdAt: run.createdAt,
    changedAt: run.changedAt,
  };
}

function shownCountdown(countdown: Countdown, now: number): WheelRun['countdown'] {
  const { consent, remainingMs } = count(countdown, now);
  const ends = endsAt(countdown, now);
  return {
    consent,
    remainingMs: Math.round(remainingMs),
    endsAt: ends === null ? null : Math.round(ends),
  };
}

type Side = z.output<typeof wheelSide>;
/** Longer texts are not shown side by side. */
const MOST_SHOWN = 2 * 1024 * 1024;

/** A file of a preview before and after. Throws `not_found`, `too_large`. */
export async function shownFile(
  path: string,
  { preview, edits }: KeptRun,
  { load }: ChangeSet,
): Promise<{ before: Side; after: Side }> {
  const file = preview.files.find((each) => each.path === path);
  if (!file) throw new ProgenyError('not_found', `"${path}" is no file of this run.`);
  const of = (wanted: string) => edits.find((each) => each.path === wanted);
  return {
    before: await sideOf(of(file.from ?? path)?.before ?? null, load),
    after: await sideOf(of(path)?.after ?? null, load),
  };
}

async function sideOf(state: FileState | null, load: ChangeSet['load']): Promise<Side> {
  if (state === null) return { text: null, binary: false };
  if (state.bytes > MOST_SHOWN)
    throw new ProgenyError(
      'too_large',
      `The file has ${state.bytes} bytes, and ${MOST_SHOWN} are shown at most. Look at it in the folder afterwards.`,
    );
  const bytes = await load(state.digest);
  return isBinary(bytes) ? { text: null, binary: true } : { text: bytes.toString('utf8'), binary: false };
}
