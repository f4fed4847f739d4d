import type { implement } from '@orpc/server';
import type { contract, LanguageState } from '../../../companion/protocol/index.ts';

type Implementer = ReturnType<typeof implement<typeof contract>>;

const unsupported = (): never => {
  throw new Error('The fake companion cannot do this.');
};

const NO_MODEL: LanguageState = {
  providers: [
    {
      provider: 'ollama',
      state: 'unreachable',
      words: 'Ollama does not answer (ECONNREFUSED). Start it with `ollama serve`, or open its app.',
      model: null,
      models: [],
      structured: false,
      local: true,
      checkedAt: 0,
      retryAt: null,
    },
  ],
  current: null,
};

/** What the fake companion answers about this. */
export function mindAnswers(os: Implementer) {
  return {
    language: {
      state: os.language.state.handler(() => NO_MODEL),
      probe: os.language.probe.handler(() => NO_MODEL),
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
