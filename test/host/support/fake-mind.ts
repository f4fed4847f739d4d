import { type implement, ORPCError } from '@orpc/server';
import { type contract, ProgenyError } from '../../../companion/protocol/index.ts';
import type { ScriptedMind } from '../../support/scripted-mind.ts';
import { trailsOf } from '../../support/scripted-trails.ts';

type Implementer = ReturnType<typeof implement<typeof contract>>;

/** What stands around every answer of a fake: notes the call, and fails it where a test wants that. */
export type Around = <T>(name: string, input: unknown, answer: () => T, signal?: AbortSignal) => Promise<T>;

/** Answers, and turns the contract's errors into what travels. */
export const plainly: Around = async (_name, _input, answer) => {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof ProgenyError)) throw error;
    throw new ORPCError(error.code, { message: error.message, defined: true });
  }
};

/** Questions and answers, out of a script. */
export function mindAnswers(os: Implementer, mind: ScriptedMind, around: Around = plainly) {
  const unsupported = (): never => {
    throw new Error('The fake companion cannot do this.');
  };
  return {
    language: {
      state: os.language.state.handler(({ input }) => around('language.state', input, () => mind.language())),
      probe: os.language.probe.handler(({ input }) => around('language.probe', input, () => mind.language())),
      fetch: os.language.fetch.handler(unsupported),
      part: os.language.part.handler(unsupported),
    },
    chat: {
      ask: os.chat.ask.handler(async function* ({ input, signal }) {
        const events = await around('chat.ask', input, () => mind.ask(input, signal), signal);
        yield* events;
      }),
      cancel: os.chat.cancel.handler(({ input }) =>
        around('chat.cancel', input, () => {
          mind.cancel(input.id);
          return {};
        }),
      ),
      conversations: os.chat.conversations.handler(({ input, signal }) =>
        around('chat.conversations', input, () => mind.conversations(input.workspace), signal),
      ),
      turns: os.chat.turns.handler(({ input, signal }) =>
        around('chat.turns', input, () => mind.conversation(input.id), signal),
      ),
      forget: os.chat.forget.handler(({ input }) =>
        around('chat.forget', input, () => {
          mind.forget(input.id);
          return {};
        }),
      ),
    },
    thoughts: {
      list: os.thoughts.list.handler(({ input }) => around('thoughts.list', input, () => [])),
      trails: os.thoughts.trails.handler(({ input, signal }) =>
        around('thoughts.trails', input, () => trailsOf(mind.trails, input), signal),
      ),
    },
  };
}
