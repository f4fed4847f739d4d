import type { AskedRun } from '../agency/index.ts';
import { count } from '../kernel/index.ts';
import type { Proposal } from '../protocol/index.ts';
import type { StanceMeasures } from './case.ts';

/** How runs of the same recipe in the same folder came out. */
export interface PastRuns {
  readonly kept: number;
  readonly undone: number;
  readonly failed: number;
}

/** So many files are too many to look at one by one. */
const MANY_FILES = 50;
const MANY_DELETED = 5;

/** Why a run is put before the council; null where there is nothing to argue about. Pure. */
export function contestedBecause(
  { origin, files, deleted }: AskedRun,
  { undone, failed }: PastRuns,
): string | null {
  if (origin.by === 'agent') return `${origin.name} asked for it, not you.`;
  if (origin.by === 'mind') return 'A model planned it.';
  if (undone + failed > 0) return `The same did not hold ${count(undone + failed, 'time')} before.`;
  if (deleted >= MANY_DELETED) return `It would delete ${count(deleted, 'file')}.`;
  return files >= MANY_FILES ? `It would change ${count(files, 'file')}.` : null;
}

/** What speaks for and against a run; `mood`: what is remembered of such things going well or wrong. Pure. */
export function actionStance(
  run: AskedRun,
  { kept, undone, failed }: PastRuns,
  mood: { readonly success: number; readonly trouble: number; readonly cites: readonly number[] },
): StanceMeasures {
  return {
    support: (run.verified ? 1 : 0) + Math.min(3, kept) + mood.success,
    against:
      (run.origin.by === 'person' ? 0 : 1) +
      undone +
      failed +
      Math.floor(run.deleted / MANY_DELETED) +
      Math.floor(run.files / MANY_FILES) +
      mood.trouble,
    blockers: run.verified ? 0 : 1,
    supportCites: mood.success > 0 ? mood.cites : [],
    againstCites: mood.trouble > 0 ? mood.cites : [],
  };
}

/** The same in words, as every voter sees it. Pure. */
export function actionWords(
  { files, deleted, verified }: AskedRun,
  { kept, undone, failed }: PastRuns,
): Proposal['measured'] {
  return [
    { name: 'files', value: files, words: `${count(files, 'file')} would change` },
    { name: 'deleted', value: deleted, words: `${count(deleted, 'file')} would be deleted` },
    {
      name: 'verified',
      value: verified ? 1 : 0,
      words: verified ? 'the project tests it afterwards' : 'nothing tests it afterwards',
    },
    { name: 'kept', value: kept, words: `kept ${count(kept, 'time')} before` },
    {
      name: 'not held',
      value: undone + failed,
      words: `undone or failed ${count(undone + failed, 'time')} before`,
    },
  ];
}
