import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { brief, briefInput } from './brief.ts';
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
import { memoryRecord, recalled, recallInput, recentInput, rememberInput } from './memory.ts';
import { id, time, workspacePath } from './primitives.ts';
import { procedure } from './procedure.ts';
import { settings, settingsPatch } from './settings.ts';
import { editorSignal, interruption } from './signals.ts';
import {
  backup,
  capability,
  doctorReport,
  event,
  health,
  hello,
  helloInput,
  job,
  status,
  workspaceState,
} from './system.ts';

const empty = z.strictObject({});

/** Every procedure and stream of the companion. All doors (RPC, REST, OpenAPI, command line) are made from it. */
export const contract = {
  system: {
    hello: procedure({
      route: 'POST /v1/hello',
      summary: 'First call on a connection: agree on a contract version, say what the client can do',
      permission: 'read',
      rate: 'read',
      errors: ['incompatible'],
    })
      .input(helloInput)
      .output(hello),
    status: procedure({
      route: 'GET /v1/status',
      summary: 'A complete picture of the service',
      permission: 'read',
      rate: 'read',
    })
      .input(empty)
      .output(status),
    watch: procedure({
      route: 'GET /v1/status/stream',
      summary: 'The picture of the service, again whenever it changes',
      permission: 'read',
      rate: 'read',
    })
      .input(empty)
      .output(eventIterator(status)),
    doctor: procedure({
      route: 'GET /v1/doctor',
      summary: 'Checks the set-up and says what to mend',
      permission: 'read',
      rate: 'heavy',
    })
      .input(empty)
      .output(doctorReport),
    stop: procedure({
      route: 'POST /v1/stop',
      summary: 'Stops the companion cleanly',
      permission: 'admin',
      rate: 'heavy',
    })
      .input(empty)
      .output(empty),
  },
  auth: {
    code: procedure({
      route: 'POST /v1/auth/code',
      summary: 'A one-use code and the address that logs a browser in with it',
      permission: 'admin',
      rate: 'auth',
    })
      .input(empty)
      .output(z.strictObject({ code: z.string(), url: z.string(), expiresAt: time })),
    exchange: procedure({
      route: 'POST /v1/auth/exchange',
      summary: 'Trades a one-use code for a session token',
      permission: 'public',
      rate: 'auth',
    })
      .input(z.strictObject({ code: z.string().min(1).max(200) }))
      .output(z.strictObject({ token: z.string(), expiresAt: time })),
  },
  events: {
    list: procedure({
      route: 'GET /v1/events',
      summary: 'Rows of the event log after `since`',
      permission: 'read',
      rate: 'read',
    })
      .input(
        z.strictObject({
          since: z.number().int().nonnegative().default(0),
          limit: z.number().int().min(1).max(1000).default(200),
        }),
      )
      .output(z.strictObject({ events: z.array(event), last: z.number().int() })),
    subscribe: procedure({
      route: 'GET /v1/events/stream',
      summary: 'Rows of the event log after `since`, then each new one, in order, without a gap or a repeat',
      permission: 'read',
      rate: 'read',
    })
      .input(z.strictObject({ since: z.number().int().nonnegative().default(0) }))
      .output(eventIterator(event)),
  },
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
      errors: ['not_found', 'read_only'],
    })
      .input(z.strictObject({ path: workspacePath }))
      .output(empty),
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
      .output(z.array(recalled)),
    recent: procedure({
      route: 'GET /v1/memories',
      summary: 'What happened last, newest first',
      permission: 'read',
      rate: 'read',
      errors: ['not_found'],
    })
      .input(recentInput)
      .output(z.array(memoryRecord)),
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
      .output(z.array(interruption)),
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
  settings: {
    get: procedure({
      route: 'GET /v1/settings',
      summary: 'The settings in force',
      permission: 'read',
      rate: 'read',
    })
      .input(empty)
      .output(settings),
    update: procedure({
      route: 'PATCH /v1/settings',
      summary: 'Changes settings; what is left out stays',
      permission: 'write',
      rate: 'write',
      errors: ['read_only'],
    })
      .input(settingsPatch)
      .output(settings),
  },
  jobs: {
    list: procedure({
      route: 'GET /v1/jobs',
      summary: 'Long work, newest first',
      permission: 'read',
      rate: 'read',
    })
      .input(z.strictObject({ limit: z.number().int().min(1).max(1000).default(50) }))
      .output(z.array(job)),
    cancel: procedure({
      route: 'POST /v1/jobs/{id}/cancel',
      summary: 'Cancels a queued or running job',
      permission: 'write',
      rate: 'write',
      errors: ['not_found'],
    })
      .input(z.strictObject({ id }))
      .output(job),
  },
  backups: {
    list: procedure({
      route: 'GET /v1/backups',
      summary: 'Backups, newest first',
      permission: 'read',
      rate: 'read',
    })
      .input(empty)
      .output(z.array(backup)),
    create: procedure({
      route: 'POST /v1/backups',
      summary: 'Takes a backup now',
      permission: 'admin',
      rate: 'heavy',
      errors: ['read_only'],
    })
      .input(empty)
      .output(backup),
    restore: procedure({
      route: 'POST /v1/backups/{id}/restore',
      summary: 'Verifies a backup and puts it in the place of the store, which is set aside',
      permission: 'admin',
      rate: 'heavy',
      errors: ['not_found', 'conflict', 'read_only'],
    })
      .input(z.strictObject({ id: z.string().min(1).max(200) }))
      .output(z.strictObject({ restored: backup, setAside: z.string(), health: z.array(health) })),
  },
  clients: {
    requests: procedure({
      route: 'GET /v1/clients/requests',
      summary: 'What the companion asks this client to do, for the capabilities it declared',
      permission: 'read',
      rate: 'read',
    })
      .input(empty)
      .output(eventIterator(z.strictObject({ id: z.string(), capability, input: z.unknown() }))),
    answer: procedure({
      route: 'POST /v1/clients/answers',
      summary: 'The answer to a request, or why it could not be done',
      permission: 'read',
      rate: 'write',
      errors: ['not_found'],
    })
      .input(
        z.strictObject({
          id: z.string().max(64),
          result: z.unknown().optional(),
          error: z.string().max(2000).optional(),
        }),
      )
      .output(empty),
  },
};

export type Contract = typeof contract;
