import { ProgenyError } from './protocol/index.ts';
import type { Implementer, Services } from './router.ts';

const missing = (): never => {
  throw new ProgenyError('not_found', 'This is being built.');
};

export function mindHandlers(os: Implementer, _services: Services) {
  return {
    language: {
      state: os.language.state.handler(missing),
      probe: os.language.probe.handler(missing),
      fetch: os.language.fetch.handler(missing),
      part: os.language.part.handler(missing),
    },
    chat: {
      ask: os.chat.ask.handler(missing),
      cancel: os.chat.cancel.handler(missing),
      conversations: os.chat.conversations.handler(missing),
      turns: os.chat.turns.handler(missing),
      forget: os.chat.forget.handler(missing),
    },
    thoughts: {
      list: os.thoughts.list.handler(missing),
    },
  };
}
