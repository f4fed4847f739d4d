import { clip, count } from '../kernel/index.ts';
import type { WheelConflict, WheelReport, WheelReview } from '../protocol/index.ts';
import { fileWords } from './preview.ts';
import type { KeptRun } from './run-files.ts';
import type { StoredRun, StoredStep } from './run-row.ts';
import type { FileEdit, Recipe } from './types.ts';

const MOST_REVIEW = 100;

/** What a run that is done says of itself (look-and-voice.md, "A wheel report"). Pure. */
export function doneReport(of: {
  readonly run: StoredRun;
  readonly kept: KeptRun;
  readonly edits: readonly FileEdit[];
  readonly steps: readonly StoredStep[];
  /** How the verification went; null: there is none. */
  readonly verified: string | null;
  readonly recipe: Recipe | null;
  readonly containment: string;
}): WheelReport {
  const { run, kept, edits, steps, recipe } = of;
  const told = recipe?.tell?.({ output: kept.output, edits, roots: [run.root], steps: kept.plan.steps });
  const left = leftOut(run, kept);
  const done = told?.done ?? defaultDone(run, edits, steps);
  return {
    done: left === null ? done : `${done}. Left out, as you chose: ${left}`,
    where: where(run, kept, steps),
    verified: of.verified ?? 'Not verified: no test command of this folder is known',
    review: [
      ...(told?.review ?? []),
      ...(kept.plan.review ?? []),
      ...steps.flatMap(({ words, note }) => (note === null ? [] : [plain(`${words}: ${note}`)])),
    ].slice(0, MOST_REVIEW),
    containment: ranSomething(kept) ? of.containment : null,
  };
}

/** What a run says that took everything back by itself. Pure. */
export function takenBackReport(of: {
  readonly kept: KeptRun | null;
  /** Why, as the end of a sentence: "because its verification failed". */
  readonly why: string;
  readonly verified: string | null;
  /** What was put back. */
  readonly put: readonly string[];
  readonly conflicts: readonly WheelConflict[];
  /** What else is another than before and was left alone. */
  readonly left: readonly string[];
  /** Snapshot of how the folder stood until then. */
  readonly until?: string | null;
  readonly containment: string;
}): WheelReport {
  const { put, conflicts, left, until = null } = of;
  const same = conflicts.length === 0 && left.length === 0;
  return {
    done: `Nothing of it stays, ${of.why}${put.length > 0 ? `. Put back: ${fileWords(put)}` : ''}`,
    where: same
      ? 'Your folder is as it was before'
      : `Your folder, where ${count(conflicts.length + left.length, 'path')} differ${conflicts.length + left.length === 1 ? 's' : ''} from before (listed)`,
    verified: of.verified ?? 'Not verified',
    review: [
      ...conflicts.map(({ path, why }) => review(`${path}: left as it is. ${why}`, path)),
      ...left.map((path) => review(`${path}: changed meanwhile, left as it is`, path)),
      ...(until === null
        ? []
        : [
            plain(
              `If some of it was yours: \`progeny snapshots show ${until}\` has how it stood until then.`,
            ),
          ]),
    ].slice(0, MOST_REVIEW),
    containment: of.kept && ranSomething(of.kept) ? of.containment : null,
  };
}

/** What a run says that was refused, step by step. Pure. */
export function refusedReport(
  reason: string,
  steps: readonly StoredStep[],
  refused: readonly WheelReview[] = [],
): WheelReport {
  return {
    done: `Nothing: ${reason}`,
    where: 'Your folder is as it was',
    verified: 'Not verified',
    review: [
      ...refused,
      ...steps
        .filter(({ status }) => status === 'refused')
        .map(({ words, note }) => plain(`${words}: ${note ?? 'refused'}`)),
    ].slice(0, MOST_REVIEW),
    containment: null,
  };
}

function defaultDone(run: StoredRun, edits: readonly FileEdit[], steps: readonly StoredStep[]): string {
  if (edits.length > 0)
    return `${clip(run.sentence, 300).replace(/\.$/, '')} (${fileWords(edits.map(({ path }) => path))})`;
  const real = steps.filter(({ status }) => status === 'done').map(({ words }) => words);
  return real.length > 0 ? real.join('. ') : run.sentence.replace(/\.$/, '');
}

function where({ destination }: StoredRun, { plan }: KeptRun, steps: readonly StoredStep[]): string {
  const branch = plan.steps.findLast((step) => step.tool === 'branch');
  const commit = steps.findLast(({ undo }) => undo?.kind === 'git' && undo.commit !== undefined)?.undo;
  if (commit?.kind === 'git' && branch) return `${branch.name}, committed as ${commit.commit!.slice(0, 7)}`;
  return branch ? `${branch.name}, not committed` : destination;
}

function leftOut({ accepted }: StoredRun, { preview }: KeptRun): string | null {
  if (accepted === null) return null;
  const chosen = new Set(accepted);
  const left = preview.files.filter(({ path }) => !chosen.has(path)).map(({ path }) => path);
  return left.length === 0 ? null : fileWords(left);
}

function ranSomething({ plan }: KeptRun): boolean {
  return plan.verify !== null || plan.steps.some(({ tool }) => tool === 'command');
}

function plain(text: string): WheelReview {
  return { text, file: null, line: null };
}

function review(text: string, path: string): WheelReview {
  // Of a repository's own state nothing can be opened.
  return { text, file: path.startsWith('.git/') ? null : path, line: null };
}
