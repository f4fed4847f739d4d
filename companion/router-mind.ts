import { ProgenyError } from './protocol/index.ts';
import type { Implementer, Services } from './router.ts';

const missing = (): never => {
  throw new ProgenyError('not_found', 'This is being built.');
};

export function mindHandlers(os: Implementer, { language }: Services) {
  return {
    language: {
      state: os.language.state.handler(() => language.models.state),
      probe: os.language.probe.handler(async () => {
        await language.models.look();
        return language.models.state;
      }),
      fetch: os.language.fetch.handler(({ input }) => language.fetch(input)),
      part: os.language.part.handler(({ input, context }) =>
        language.part(context.connection?.id ?? null, input),
      ),
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
