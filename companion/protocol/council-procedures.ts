import { z } from 'zod';
import { adviserProcedures } from './adviser-procedures.ts';
import {
  councilAskInput,
  councilDecideInput,
  councilFateInput,
  councilListInput,
  guild,
  guildCreateInput,
  guildUpdateInput,
  mask,
  maskForkInput,
  maskOffer,
  maskSpawnInput,
  proposal,
} from './council.ts';
import { id } from './primitives.ts';
import { procedure } from './procedure.ts';

const empty = z.strictObject({});

/** Advisers that vote, what they voted on, and panels of them. */
export const councilProcedures = {
  council: {
    ask: procedure({
      route: 'POST /v1/council',
      summary: 'Puts a question with its options before the council',
      permission: 'write',
      rate: 'heavy',
      errors: ['not_found', 'conflict', 'read_only'],
    })
      .input(councilAskInput)
      .output(proposal),
    fate: procedure({
      route: 'POST /v1/council/fate',
      summary: 'Asks what shall become of a loop: preserve, fork or discard',
      permission: 'write',
      rate: 'heavy',
      errors: ['not_found', 'conflict', 'read_only'],
    })
      .input(councilFateInput)
      .output(proposal),
    list: procedure({
      route: 'GET /v1/council',
      summary: 'What was before the council, the newest first',
      permission: 'read',
      rate: 'read',
      errors: ['not_found'],
    })
      .input(councilListInput)
      .output(z.array(proposal)),
    get: procedure({
      route: 'GET /v1/council/{id}',
      summary: 'One question with its ballots, shares and outcome',
      permission: 'read',
      rate: 'read',
      errors: ['not_found'],
    })
      .input(z.strictObject({ id }))
      .output(proposal),
    decide: procedure({
      route: 'POST /v1/council/{id}/decide',
      summary: "The user's last word; against the council's it needs a reason",
      permission: 'write',
      rate: 'write',
      errors: ['not_found', 'conflict', 'read_only'],
    })
      .input(councilDecideInput)
      .output(proposal),
  },
  advisers: {
    ...adviserProcedures,
    list: procedure({
      route: 'GET /v1/advisers',
      summary: 'The masks with their cards and track records; the active first',
      permission: 'read',
      rate: 'read',
    })
      .input(empty)
      .output(z.array(mask)),
    offers: procedure({
      route: 'GET /v1/advisers/offers',
      summary: 'Notes for which no mask fits, with the mask that could be made of each',
      permission: 'read',
      rate: 'read',
    })
      .input(empty)
      .output(z.array(maskOffer)),
    spawn: procedure({
      route: 'POST /v1/advisers/offers/{offer}/accept',
      summary: 'Makes the mask that was offered',
      permission: 'write',
      rate: 'write',
      errors: ['not_found', 'conflict', 'read_only'],
    })
      .input(maskSpawnInput)
      .output(mask),
    decline: procedure({
      route: 'POST /v1/advisers/offers/{id}/decline',
      summary: 'Refuses a mask that was offered; its note is not asked about again',
      permission: 'write',
      rate: 'write',
      errors: ['not_found', 'read_only'],
    })
      .input(z.strictObject({ id }))
      .output(empty),
    fork: procedure({
      route: 'POST /v1/advisers/{id}/fork',
      summary: 'Makes a mask after another, with priorities of its own',
      permission: 'write',
      rate: 'write',
      errors: ['not_found', 'conflict', 'read_only'],
    })
      .input(maskForkInput)
      .output(mask),
    retire: procedure({
      route: 'POST /v1/advisers/{id}/retire',
      summary: 'Lets a mask vote no more; its record and its votes stay',
      permission: 'write',
      rate: 'write',
      errors: ['not_found', 'conflict', 'read_only'],
    })
      .input(z.strictObject({ id }))
      .output(mask),
  },
  guilds: {
    list: procedure({
      route: 'GET /v1/guilds',
      summary: 'Panels of masks, the active first',
      permission: 'read',
      rate: 'read',
    })
      .input(empty)
      .output(z.array(guild)),
    create: procedure({
      route: 'POST /v1/guilds',
      summary: 'Makes a panel of two to twelve members',
      permission: 'write',
      rate: 'write',
      errors: ['not_found', 'conflict', 'read_only'],
    })
      .input(guildCreateInput)
      .output(guild),
    update: procedure({
      route: 'PATCH /v1/guilds/{id}',
      summary: 'Changes name, members, roles, shared loops or tone of a panel, or dissolves it',
      permission: 'write',
      rate: 'write',
      errors: ['not_found', 'conflict', 'read_only'],
    })
      .input(guildUpdateInput)
      .output(guild),
  },
};
