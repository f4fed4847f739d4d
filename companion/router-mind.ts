import type { Implementer, Services } from './router.ts';

export function mindHandlers(os: Implementer, { language, answering, workspaces }: Services) {
  /** The folder of an input as the store knows it. */
  const real = async <T extends { workspace?: string | undefined }>(input: T): Promise<T> =>
    input.workspace === undefined
      ? input
      : { ...input, workspace: await workspaces.resolve(input.workspace) };
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
      ask: os.chat.ask.handler(async ({ input, signal }) => answering.chat.ask(await real(input), signal)),
      cancel: os.chat.cancel.handler(async ({ input }) => {
        await answering.chat.cancel(input.id);
        return {};
      }),
      conversations: os.chat.conversations.handler(async ({ input }) =>
        answering.chat.list(await real(input)),
      ),
      turns: os.chat.turns.handler(({ input }) => answering.chat.turns(input)),
      forget: os.chat.forget.handler(async ({ input }) => {
        await answering.forget(input.id);
        return {};
      }),
    },
    thoughts: {
      list: os.thoughts.list.handler(({ input }) => answering.thoughts.list(input)),
      trails: os.thoughts.trails.handler(async ({ input }) => answering.thoughts.trails(await real(input))),
    },
  };
}
