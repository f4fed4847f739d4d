import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { id, time, workspacePath } from './primitives.ts';
import { procedure } from './procedure.ts';
import {
  auditRow,
  auditVerdict,
  grant,
  grantGiveInput,
  snapshotChange,
  snapshotInfo,
  snapshotsKept,
  wheelApproveInput,
  wheelConflict,
  wheelListInput,
  wheelPreview,
  wheelProposeInput,
  wheelRecipe,
  wheelRun,
  wheelSeenInput,
  wheelSide,
  wheelUndoInput,
} from './wheel.ts';

const empty = z.strictObject({});
const one = z.strictObject({ id });
const inFolder = z.strictObject({ workspace: workspacePath });

/** Delegated work: asked for, looked at, consented to, done, taken back. */
export const wheelProcedures = {
  wheel: {
    recipes: procedure({
      route: 'GET /v1/wheel/recipes',
      summary: 'What can be delegated in a folder without a model',
      permission: 'read',
      rate: 'read',
      errors: ['not_found', 'workspace_gone'],
    })
      .input(inFolder)
      .output(z.array(wheelRecipe)),
    propose: procedure({
      route: 'POST /v1/wheel',
      summary: 'Asks for a run: it is planned and rehearsed on a copy, and then waits for a person',
      permission: 'write',
      rate: 'heavy',
      errors: ['not_found', 'conflict', 'workspace_gone', 'read_only'],
    })
      .input(wheelProposeInput)
      .output(wheelRun),
    list: procedure({
      route: 'GET /v1/wheel',
      summary: 'Runs, the newest first',
      permission: 'read',
      rate: 'read',
      errors: ['not_found'],
    })
      .input(wheelListInput)
      .output(z.array(wheelRun)),
    get: procedure({
      route: 'GET /v1/wheel/{id}',
      summary: 'One run: its steps, and its report where it has ended',
      permission: 'read',
      rate: 'read',
      errors: ['not_found'],
    })
      .input(one)
      .output(wheelRun),
    watch: procedure({
      route: 'GET /v1/wheel/{id}/stream',
      summary: 'A run, again whenever it changes, until it is settled',
      permission: 'read',
      rate: 'read',
      errors: ['not_found'],
    })
      .input(one)
      .output(eventIterator(wheelRun)),
    preview: procedure({
      route: 'GET /v1/wheel/{id}/preview',
      summary: 'What a run would change, and what it would run for real',
      permission: 'read',
      rate: 'read',
      errors: ['not_found', 'conflict'],
    })
      .input(one)
      .output(wheelPreview),
    file: procedure({
      route: 'GET /v1/wheel/{id}/file',
      summary: 'A file of a preview before and after',
      permission: 'read',
      rate: 'read',
      errors: ['not_found', 'too_large'],
    })
      .input(z.strictObject({ id, path: z.string().min(1).max(4096) }))
      .output(z.strictObject({ before: wheelSide, after: wheelSide })),
    approve: procedure({
      route: 'POST /v1/wheel/{id}/approve',
      summary: 'A person’s yes to exactly the preview that this connection was shown; over the socket only',
      permission: 'write',
      rate: 'write',
      errors: ['not_found', 'conflict', 'read_only'],
    })
      .input(wheelApproveInput)
      .output(wheelRun),
    seen: procedure({
      route: 'POST /v1/wheel/{id}/seen',
      summary: 'Whether the countdown is in sight, told once a second; over the socket only',
      permission: 'write',
      rate: 'sense',
      errors: ['not_found', 'conflict'],
    })
      .input(wheelSeenInput)
      .output(wheelRun),
    stop: procedure({
      route: 'POST /v1/wheel/{id}/stop',
      summary: 'Vetoes a run that has not begun; ends one that has, with its processes, and takes it back',
      permission: 'write',
      rate: 'write',
      errors: ['not_found', 'conflict'],
    })
      .input(one)
      .output(wheelRun),
    undo: procedure({
      route: 'POST /v1/wheel/{id}/undo',
      summary: 'Takes back what a run did, wherever it is still so; tells what it left',
      permission: 'write',
      rate: 'heavy',
      errors: ['not_found', 'conflict', 'workspace_gone', 'read_only'],
    })
      .input(wheelUndoInput)
      .output(wheelRun),
    keep: procedure({
      route: 'POST /v1/wheel/{id}/keep',
      summary: 'Closes the undo window: what was done stays',
      permission: 'write',
      rate: 'write',
      errors: ['not_found', 'conflict', 'read_only'],
    })
      .input(one)
      .output(wheelRun),
  },
  grants: {
    list: procedure({
      route: 'GET /v1/grants',
      summary: 'Leave that was given, the newest first; what has ended among it',
      permission: 'read',
      rate: 'read',
      errors: ['not_found'],
    })
      .input(z.strictObject({ workspace: workspacePath.optional() }))
      .output(z.array(grant)),
    give: procedure({
      route: 'POST /v1/grants',
      summary: 'Gives leave for one capability in one folder; over the socket only',
      permission: 'write',
      rate: 'write',
      errors: ['not_found', 'read_only'],
    })
      .input(grantGiveInput)
      .output(grant),
    revoke: procedure({
      route: 'POST /v1/grants/{id}/revoke',
      summary: 'Takes leave back at once, also of a run that is under way',
      permission: 'write',
      rate: 'write',
      errors: ['not_found', 'read_only'],
    })
      .input(one)
      .output(grant),
  },
  audit: {
    list: procedure({
      route: 'GET /v1/audit',
      summary: 'Rows of the audit log after `after`',
      permission: 'read',
      rate: 'read',
    })
      .input(
        z.strictObject({
          after: z.number().int().nonnegative().default(0),
          limit: z.number().int().min(1).max(1000).default(200),
        }),
      )
      .output(z.array(auditRow)),
    verify: procedure({
      route: 'GET /v1/audit/verify',
      summary: 'Whether the audit log is whole; names each row that is not',
      permission: 'read',
      rate: 'heavy',
    })
      .input(empty)
      .output(auditVerdict),
  },
  snapshots: {
    list: procedure({
      route: 'GET /v1/snapshots',
      summary: 'Folders as they stood before and after runs, and the room that they take',
      permission: 'read',
      rate: 'read',
      errors: ['not_found'],
    })
      .input(z.strictObject({ workspace: workspacePath.optional() }))
      .output(snapshotsKept),
    show: procedure({
      route: 'GET /v1/snapshots/{id}',
      summary: 'What differs between a snapshot and the folder as it stands',
      permission: 'read',
      rate: 'heavy',
      errors: ['not_found', 'workspace_gone'],
    })
      .input(one)
      .output(z.strictObject({ snapshot: snapshotInfo, changes: z.array(snapshotChange) })),
    restore: procedure({
      route: 'POST /v1/snapshots/{id}/restore',
      summary: 'Puts a folder back as it stood; how it stands now is kept as a snapshot first',
      permission: 'admin',
      rate: 'heavy',
      errors: ['not_found', 'workspace_gone', 'conflict', 'read_only'],
    })
      .input(z.strictObject({ id, files: z.array(z.string()).max(10_000).optional() }))
      .output(
        z.strictObject({
          restored: z.array(z.string()),
          conflicts: z.array(wheelConflict),
          before: snapshotInfo,
        }),
      ),
    prune: procedure({
      route: 'POST /v1/snapshots/prune',
      summary: 'Lets snapshots go that are older, or more, than is kept; those of open runs stay',
      permission: 'admin',
      rate: 'heavy',
      errors: ['not_found', 'read_only'],
    })
      .input(z.strictObject({ workspace: workspacePath.optional(), before: time.optional() }))
      .output(
        z.strictObject({ removed: z.number().int().nonnegative(), freed: z.number().int().nonnegative() }),
      ),
  },
};
