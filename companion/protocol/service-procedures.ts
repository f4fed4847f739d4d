import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { actorId, agentName, agentToken, newAgentToken } from './agents.ts';
import { overviewProcedures } from './overview-procedures.ts';
import { id, time } from './primitives.ts';
import { procedure } from './procedure.ts';
import { settings, settingsPatch } from './settings.ts';
import { backup, capability, doctorReport, event, health, hello, helloInput, job, status } from './system.ts';
import { violation } from './violations.ts';

const empty = z.strictObject({});

/** About the service itself: greeting, logging in, the event log, settings, jobs, backups, what clients can do. */
export const serviceProcedures = {
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
    violation: procedure({
      route: 'POST /v1/violations',
      summary: 'What the policy of a page kept it from loading or running, as the page saw it',
      permission: 'read',
      rate: 'write',
    })
      .input(violation)
      .output(empty),
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
  agents: {
    add: procedure({
      route: 'POST /v1/agents',
      summary: 'Makes a token for an agent (MCP over HTTP); it is told this once and permits nothing else',
      permission: 'admin',
      rate: 'auth',
      errors: ['conflict', 'read_only'],
    })
      .input(z.strictObject({ name: agentName, actor: actorId.default('creator') }))
      .output(newAgentToken),
    list: procedure({
      route: 'GET /v1/agents',
      summary: 'The tokens of agents, without their secrets',
      permission: 'admin',
      rate: 'read',
    })
      .input(empty)
      .output(z.array(agentToken)),
    remove: procedure({
      route: 'DELETE /v1/agents/{name}',
      summary: 'Takes the token of an agent back and ends its sessions',
      permission: 'admin',
      rate: 'write',
      errors: ['not_found', 'read_only'],
    })
      .input(z.strictObject({ name: agentName }))
      .output(empty),
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
          /** Only events of these types. */
          types: z.array(z.string().min(1).max(100)).min(1).max(50).optional(),
        }),
      )
      .output(
        z.strictObject({
          events: z.array(event),
          /** Up to which row the log was gone through: ask on with it as `since` while it is below `last`. */
          through: z.number().int(),
          /** The last row of the log. */
          last: z.number().int(),
        }),
      ),
    subscribe: procedure({
      route: 'GET /v1/events/stream',
      summary: 'Rows of the event log after `since`, then each new one, in order, without a gap or a repeat',
      permission: 'read',
      rate: 'read',
    })
      .input(z.strictObject({ since: z.number().int().nonnegative().default(0) }))
      .output(eventIterator(event)),
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
    ...overviewProcedures.jobs,
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
    // A browser may: no more than the newest ten that were taken by hand are kept.
    create: procedure({
      route: 'POST /v1/backups',
      summary: 'Takes a backup now',
      permission: 'write',
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
