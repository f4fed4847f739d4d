import type { implement } from '@orpc/server';
import type { contract } from '../../../companion/protocol/index.ts';

type Implementer = ReturnType<typeof implement<typeof contract>>;

const unsupported = (): never => {
  throw new Error('The fake companion cannot do this.');
};

/** What the fake companion answers about this. */
export function mindAnswers(os: Implementer) {
  return {
    language: {
      state: os.language.state.handler(unsupported),
      probe: os.language.probe.handler(unsupported),
      fetch: os.language.fetch.handler(unsupported),
      part: os.language.part.handler(unsupported),
    },
    chat: {
      ask: os.chat.ask.handler(unsupported),
      cancel: os.chat.cancel.handler(unsupported),
      conversations: os.chat.conversations.handler(unsupported),
      turns: os.chat.turns.handler(unsupported),
      forget: os.chat.forget.handler(unsupported),
    },
    thoughts: {
      list: os.thoughts.list.handler(unsupported),
    },
  };
}
