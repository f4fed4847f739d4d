import { z } from 'zod';
import { doors, forgetRequest } from './agents.ts';
import { brief, briefInput } from './brief.ts';
import { cluster } from './clusters.ts';
import { exported, exportInput, importInput } from './imports.ts';
import { interruptionRow, interruptionStats } from './interruption-stats.ts';
import {
  decision,
  decisionAddInput,
  decisionsListInput,
  loop,
  loopOpenInput,
  loopsListInput,
  loopUpdateInput,
  whisper,
  whisperAddInput,
  whispersListInput,
} from './loops.ts';
import { maskNoteInput, maskTrace } from './masks.ts';
import {
  forgetInput,
  forgotten,
  memoryRecord,
  memoryTrace,
  recallInput,
  recallOutput,
  recentInput,
  rememberInput,
  updateMemoryInput,
} from './memory.ts';
import { modelFetchInput, modelState } from './models.ts';
import { overviewProcedures } from './overview-procedures.ts';
import { patchOf } from './patch.ts';
import { id, time, workspacePath } from './primitives.ts';
import { procedure } from './procedure.ts';
import { editorSignal, tapExplanation } from './signals.ts';
import { job, workspaceState } from './system.ts';

const empty = z.strictObject({});

/** About the work of a person: workspaces, brief, loops, whispers, decisions, memory, signals, interruptions. */
export const workProcedures = {
  workspaces: {
    open: procedure({
      route: 'POST /v1/workspaces',
      summary: 'Registers a folder and, where it is trusted, senses it and reads its repository',
      permission: 'write',
      rate: 'write',
      errors: ['workspace_gone', 'read_only'],
    })
      .input(z.strictObject({ path: workspacePath, trusted: z.boolean().default(true) }))
      .output(workspaceState),
    list: procedure({
      route: 'GET /v1/workspaces',
      summary: 'The open workspaces',
      permission: 'read',
      rate: 'read',
    })
      .input(empty)
      .output(z.array(workspaceState)),
    close: procedure({
      route: 'POST /v1/workspaces/close',
      summary: 'Stops sensing a folder; keeps what is known',
      permission: 'write',
      rate: 'write',
    })
      .input(z.strictObject({ path: workspacePath }))
      .output(empty),
    scan: procedure({
      route: 'POST /v1/workspaces/scan',
      summary: 'Reads the repository again now; the job tells the progress',
      permission: 'write',
      rate: 'heavy',
      errors: ['not_found', 'workspace_gone'],
    })
      .input(z.strictObject({ path: workspacePath }))
      .output(job),
    forget: procedure({
      route: 'POST /v1/workspaces/forget',
      summary: 'Forgets a workspace with its loops, whispers, decisions and activity',
      permission: 'write',
      rate: 'heavy',
      errors: ['not_found', 'conflict', 'read_only'],
    })
      .input(z.strictObject({ path: workspacePath }))
      .output(empty),
    // What it opens leads to other programs: not for a browser.
    doors: procedure({
      route: 'POST /v1/workspaces/doors',
      summary: 'Opens or closes the doors of a folder, or marks it confidential; what is left out stays',
      permission: 'admin',
      rate: 'write',
      errors: ['not_found', 'conflict', 'read_only'],
    })
      .input(
        z.strictObject({
          path: workspacePath,
          ...patchOf(doors).shape,
        }),
      )
      .output(doors),
  },
  brief: {
    get: procedure({
      route: 'GET /v1/brief',
      summary: 'Where you are: last, in flight, while you were away, next',
      permission: 'read',
      rate: 'read',
      errors: ['workspace_gone', 'not_found'],
    })
      .input(briefInput)
      .output(brief),
  },
  loops: {
    ...overviewProcedures.loops,
    list: procedure({
      route: 'GET /v1/loops',
      summary: 'Open threads of work, nearest first',
      permission: 'read',
      rate: 'read',
    })
      .input(loopsListInput)
      .output(z.array(loop)),
    get: procedure({
      route: 'GET /v1/loops/{id}',
      summary: 'The loop with this id',
      permission: 'read',
      rate: 'read',
      errors: ['not_found'],
    })
      .input(z.strictObject({ id }))
      .output(loop),
    open: procedure({
      route: 'POST /v1/loops',
      summary: 'Opens a loop by hand',
      permission: 'write',
      rate: 'write',
      errors: ['not_found', 'read_only'],
    })
      .input(loopOpenInput)
      .output(loop),
    update: procedure({
      route: 'PATCH /v1/loops/{id}',
      summary: 'Changes title, context, status, priority, privacy or deferral',
      permission: 'write',
      rate: 'write',
      errors: ['not_found', 'read_only'],
    })
      .input(loopUpdateInput)
      .output(loop),
  },
  whispers: {
    add: procedure({
      route: 'POST /v1/whispers',
      summary: 'Drops a one-line note on a line; it joins a loop or opens one',
      permission: 'write',
      rate: 'write',
      errors: ['not_found', 'read_only'],
    })
      .input(whisperAddInput)
      .output(whisper),
    list: procedure({
      route: 'GET /v1/whispers',
      summary: 'Notes, newest first',
      permission: 'read',
      rate: 'read',
    })
      .input(whispersListInput)
      .output(z.array(whisper)),
  },
  decisions: {
    add: procedure({
      route: 'POST /v1/decisions',
      summary: 'Records a decision with its reason',
      permission: 'write',
      rate: 'write',
      errors: ['not_found', 'read_only'],
    })
      .input(decisionAddInput)
      .output(decision),
    list: procedure({
      route: 'GET /v1/decisions',
      summary: 'Decisions, newest first',
      permission: 'read',
      rate: 'read',
    })
      .input(decisionsListInput)
      .output(z.array(decision)),
  },
  memories: {
    ...overviewProcedures.memories,
    remember: procedure({
      route: 'POST /v1/memories',
      summary: 'Remembers something, with its source',
      permission: 'write',
      rate: 'write',
      errors: ['not_found', 'read_only'],
    })
      .input(rememberInput)
      .output(memoryRecord),
    recall: procedure({
      route: 'POST /v1/memories/recall',
      summary: 'What is remembered that speaks to a query, best first, and why',
      permission: 'read',
      rate: 'read',
      errors: ['not_found'],
    })
      .input(recallInput)
      .output(recallOutput),
    recent: procedure({
      route: 'GET /v1/memories',
      summary: 'What happened last, newest first',
      permission: 'read',
      rate: 'read',
      errors: ['not_found'],
    })
      .input(recentInput)
      .output(z.array(memoryRecord)),
    trace: procedure({
      route: 'GET /v1/memories/{id}',
      summary: 'A record and how it came to be what it is',
      permission: 'read',
      rate: 'read',
      errors: ['not_found'],
    })
      .input(z.strictObject({ id }))
      .output(memoryTrace),
    update: procedure({
      route: 'PATCH /v1/memories/{id}',
      summary: 'Pins a record, tags it, keeps it private, says until when a fact held',
      permission: 'write',
      rate: 'write',
      errors: ['not_found', 'read_only'],
    })
      .input(updateMemoryInput)
      .output(memoryRecord),
    forget: procedure({
      route: 'POST /v1/memories/forget',
      summary: 'Forgets everything that fits a selector, wherever it stands; or tells what that would be',
      permission: 'write',
      rate: 'write',
      errors: ['not_found', 'conflict', 'read_only'],
    })
      .input(forgetInput)
      .output(forgotten),
    forgetRequests: procedure({
      route: 'GET /v1/memories/forget-requests',
      summary: 'What agents ask to have forgotten, with what would go; oldest first',
      permission: 'read',
      rate: 'read',
    })
      .input(empty)
      .output(z.array(forgetRequest)),
    answerForget: procedure({
      route: 'POST /v1/memories/forget-requests/{id}',
      summary: 'Allows what an agent asked to have forgotten, which is done at once, or refuses it',
      permission: 'write',
      rate: 'write',
      errors: ['not_found', 'no_client', 'conflict', 'read_only'],
    })
      .input(z.strictObject({ id, allow: z.boolean() }))
      .output(z.strictObject({ forgotten: forgotten.nullable() })),
    restore: procedure({
      route: 'POST /v1/memories/{id}/restore',
      summary: 'Takes a record out of the archive',
      permission: 'write',
      rate: 'write',
      errors: ['not_found', 'read_only'],
    })
      .input(z.strictObject({ id }))
      .output(memoryRecord),
    import: procedure({
      route: 'POST /v1/memories/import',
      summary:
        'Takes up an archive of another program, notes, a git history, or an export; the job tells the progress',
      permission: 'write',
      rate: 'heavy',
      errors: ['not_found', 'read_only'],
    })
      .input(importInput)
      .output(job),
    // It writes to any place of the owner's: not for a browser.
    export: procedure({
      route: 'POST /v1/memories/export',
      summary: 'Writes everything that is remembered to a file that only its owner can read',
      permission: 'admin',
      rate: 'heavy',
      errors: ['conflict'],
    })
      .input(exportInput)
      .output(exported),
  },
  models: {
    state: procedure({
      route: 'GET /v1/models',
      summary: 'Which sentence model recall uses, and how much is read',
      permission: 'read',
      rate: 'read',
    })
      .input(empty)
      .output(modelState),
    // It reaches out of this machine: on the owner's word alone.
    fetch: procedure({
      route: 'POST /v1/models/fetch',
      summary: 'Fetches a sentence model from addresses with checksums; the job tells the progress',
      permission: 'admin',
      rate: 'heavy',
      errors: ['read_only'],
    })
      .input(modelFetchInput)
      .output(job),
  },
  masks: {
    note: procedure({
      route: 'POST /v1/masks/note',
      summary: 'Notes what a mask went through: a memory of its own, another tone, another role',
      permission: 'write',
      rate: 'write',
      errors: ['read_only'],
    })
      .input(maskNoteInput)
      .output(maskTrace),
    trace: procedure({
      route: 'GET /v1/masks/{mask}/trace',
      summary: 'How a mask came to be what it is: counts, tones, roles, reflections, what to ask next',
      permission: 'read',
      rate: 'read',
    })
      .input(z.strictObject({ mask: z.string().max(100) }))
      .output(maskTrace),
  },
  clusters: {
    list: procedure({
      route: 'GET /v1/clusters',
      summary: 'Recurring themes, the largest first, with their newest members',
      permission: 'read',
      rate: 'heavy',
    })
      .input(empty)
      .output(z.array(cluster)),
    refit: procedure({
      route: 'POST /v1/clusters/refit',
      summary: 'Draws all themes anew, as every night does',
      permission: 'write',
      rate: 'heavy',
      errors: ['read_only'],
    })
      .input(empty)
      .output(z.strictObject({ clusters: z.number().int() })),
  },
  sensors: {
    report: procedure({
      route: 'POST /v1/sensors/editor',
      summary: 'Signals of one editor window: metadata only',
      permission: 'sense',
      rate: 'sense',
      errors: ['not_found', 'read_only'],
    })
      .input(z.strictObject({ workspace: workspacePath, signals: z.array(editorSignal).min(1).max(1000) }))
      .output(z.strictObject({ accepted: z.number().int() })),
  },
  interruptions: {
    list: procedure({
      route: 'GET /v1/interruptions',
      summary: 'Every decision to speak or to stay silent, newest first',
      permission: 'read',
      rate: 'read',
    })
      .input(z.strictObject({ limit: z.number().int().min(1).max(1000).default(50) }))
      .output(z.array(interruptionRow)),
    explain: procedure({
      route: 'GET /v1/interruptions/{id}',
      summary: 'Why a tap was shown, why then, and what had kept it back before',
      permission: 'read',
      rate: 'read',
      errors: ['not_found'],
    })
      .input(z.strictObject({ id }))
      .output(tapExplanation),
    stats: procedure({
      route: 'GET /v1/interruptions/stats',
      summary: 'How taps were received, by moment and kind, and what was adapted to it and why',
      permission: 'read',
      rate: 'read',
    })
      .input(z.strictObject({ days: z.number().int().min(1).max(3650).default(90) }))
      .output(interruptionStats),
    pause: procedure({
      route: 'POST /v1/interruptions/pause',
      summary: 'No taps until the given time; 0 ends the pause',
      permission: 'write',
      rate: 'write',
      errors: ['read_only'],
    })
      .input(z.strictObject({ until: time }))
      .output(z.strictObject({ pausedUntil: time.nullable() })),
  },
};
