import type { Transaction } from '../store/index.ts';
import { writeDay } from './day-state.ts';
import type { SyncedFile } from './names.ts';
import type { Change } from './plan.ts';
import type { AttachedWorkspace, WorkingFilesPorts } from './ports.ts';

/** A change that an edit has made. `subject` is a loop, a decision, or for `day` the workspace. */
export interface Applied {
  file: SyncedFile;
  kind: Change['kind'];
  subject: string;
}

/** Makes the changes of one edit inside `tx`. */
export function applyChanges(
  tx: Transaction,
  ports: WorkingFilesPorts,
  workspace: AttachedWorkspace,
  file: SyncedFile,
  changes: readonly Change[],
): Applied[] {
  const ids = new Map<string, string>();
  const apply = (change: Change): string => {
    switch (change.kind) {
      case 'open-loop': {
        const id = ports.openLoop(tx, workspace, change.loop);
        if (change.afterwards) ports.changeLoop(tx, id, change.afterwards);
        ids.set(change.key, id);
        return id;
      }
      case 'change-loop':
        ports.changeLoop(tx, change.id, change.fields);
        return change.id;
      case 'record-decision':
        return ports.recordDecision(tx, workspace, change.decision);
      case 'change-decision':
        ports.changeDecision(tx, change.id, change.fields);
        return change.id;
      case 'day': {
        const named = (refs: readonly string[]) => refs.map((ref) => ids.get(ref) ?? ref);
        writeDay(tx, workspace.id, {
          ...change.day,
          top: named(change.day.top),
          done: named(change.day.done),
        });
        return workspace.id;
      }
    }
  };
  // The day comes last: it may name loops that the others open.
  const ordered = [...changes].sort((a, b) => Number(a.kind === 'day') - Number(b.kind === 'day'));
  return ordered.map((change) => ({ file, kind: change.kind, subject: apply(change) }));
}
