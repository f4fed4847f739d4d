import type { Implementer, Services } from './router.ts';

export function councilHandlers(os: Implementer, { council: side, workspaces }: Services) {
  const { council } = side;
  const { advisers, guilds } = council;
  /** The folder of an input as the store knows it. */
  const real = async <T extends { workspace?: string | undefined }>(input: T): Promise<T> =>
    input.workspace === undefined
      ? input
      : { ...input, workspace: await workspaces.resolve(input.workspace) };
  return {
    council: {
      ask: os.council.ask.handler(async ({ input, signal }) => side.ask(await real(input), signal)),
      fate: os.council.fate.handler(({ input, signal }) => side.fate(input, signal)),
      list: os.council.list.handler(async ({ input }) => council.list(await real(input))),
      get: os.council.get.handler(({ input }) => council.get(input.id)),
      decide: os.council.decide.handler(({ input }) => council.decide(input)),
    },
    advisers: {
      list: os.advisers.list.handler(() => advisers.list()),
      offers: os.advisers.offers.handler(() => advisers.offers()),
      spawn: os.advisers.spawn.handler(({ input }) => advisers.spawn(input)),
      decline: os.advisers.decline.handler(({ input }) => {
        advisers.decline(input.id);
        return {};
      }),
      fork: os.advisers.fork.handler(({ input }) => advisers.fork(input)),
      details: os.advisers.details.handler(({ input }) => advisers.details(input.id)),
      favour: os.advisers.favour.handler(({ input }) => advisers.favour(input.id, input.favourite)),
      retire: os.advisers.retire.handler(({ input }) => advisers.retire(input.id)),
    },
    guilds: {
      list: os.guilds.list.handler(() => guilds.list()),
      create: os.guilds.create.handler(({ input }) => guilds.create(input)),
      update: os.guilds.update.handler(({ input }) => guilds.update(input)),
    },
  };
}
