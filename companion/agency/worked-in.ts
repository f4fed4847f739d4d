import path from 'node:path';
import { isActing, isOpen } from './run-machine.ts';
import type { StoredRun } from './run-row.ts';

/**
 * Whether another run is at work in the folder of this one, about to be by a click, or being undone; or in a folder
 * inside of it or around it, for each would take the other's files for its own. Pure.
 */
export function isWorkedIn(
  { id, root }: StoredRun,
  runs: readonly StoredRun[],
  isBusy: (run: string) => boolean,
): boolean {
  return runs.some((run) => {
    if (run.id === id || !overlap(run.root, root)) return false;
    if (isOpen(run.status)) return isBusy(run.id);
    return isActing(run.status) || (run.status === 'counting' && run.consent?.by === 'click');
  });
}

/** Whether one folder is the other, or lies in it. */
function overlap(one: string, other: string): boolean {
  const leads = [path.relative(one, other), path.relative(other, one)];
  return leads.some((lead) => lead !== '..' && !lead.startsWith(`..${path.sep}`) && !path.isAbsolute(lead));
}
