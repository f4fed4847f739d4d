import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import {
  chatAskInput,
  chatEvent,
  chatTurn,
  chatTurnsInput,
  conversation,
  conversationsInput,
} from './chat.ts';
import { languageFetchInput, languageState } from './language-models.ts';
import { id } from './primitives.ts';
import { procedure } from './procedure.ts';
import { job } from './system.ts';

const empty = z.strictObject({});

/** Questions and answers, what was thought on the way, and what writes the answers. */
export const mindProcedures = {
  language: {
    state: procedure({
      route: 'GET /v1/language',
      summary: 'Which language models there are, which is used, and what is amiss',
      permission: 'read',
      rate: 'read',
    })
      .input(empty)
      .output(languageState),
    probe: procedure({
      route: 'POST /v1/language/probe',
      summary: 'Looks for language models again now',
      permission: 'write',
      rate: 'heavy',
    })
      .input(empty)
      .output(languageState),
    // It reaches out of this machine: on the owner's word alone.
    fetch: procedure({
      route: 'POST /v1/language/fetch',
      summary: 'Fetches a GGUF file from an address with a checksum; the job tells the progress',
      permission: 'admin',
      rate: 'heavy',
      errors: ['read_only'],
    })
      .input(languageFetchInput)
      .output(job),
    /** A client that has the capability `generate` hands in what the editor's model writes. */
    part: procedure({
      route: 'POST /v1/language/parts',
      summary: "A part of what the editor's model writes for the companion",
      permission: 'read',
      rate: 'sense',
      errors: ['not_found'],
    })
      .input(z.strictObject({ generation: z.string().max(64), text: z.string().max(100_000) }))
      .output(z.strictObject({ go: z.boolean() })),
  },
  chat: {
    ask: procedure({
      route: 'POST /v1/chat',
      summary: 'Asks a question; the answer streams, with what it rests on',
      permission: 'write',
      rate: 'heavy',
      errors: ['not_found', 'read_only'],
    })
      .input(chatAskInput)
      .output(eventIterator(chatEvent)),
    cancel: procedure({
      route: 'POST /v1/chat/turns/{id}/cancel',
      summary: 'Stops an answer that is being written; what is there stays',
      permission: 'write',
      rate: 'write',
      errors: ['not_found'],
    })
      .input(z.strictObject({ id }))
      .output(empty),
    conversations: procedure({
      route: 'GET /v1/chat/conversations',
      summary: 'Conversations, the newest first',
      permission: 'read',
      rate: 'read',
      errors: ['not_found'],
    })
      .input(conversationsInput)
      .output(z.array(conversation)),
    turns: procedure({
      route: 'GET /v1/chat/conversations/{id}',
      summary: 'The turns of a conversation, the oldest first',
      permission: 'read',
      rate: 'read',
      errors: ['not_found'],
    })
      .input(chatTurnsInput)
      .output(z.array(chatTurn)),
    forget: procedure({
      route: 'POST /v1/chat/conversations/{id}/forget',
      summary: 'Forgets a conversation with its thoughts and what was remembered of it',
      permission: 'write',
      rate: 'write',
      errors: ['not_found', 'read_only'],
    })
      .input(z.strictObject({ id }))
      .output(empty),
  },
};
