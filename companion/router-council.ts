import { ProgenyError } from './protocol/index.ts';
import type { Implementer, Services } from './router.ts';

const missing = (): never => {
  throw new ProgenyError('not_found', 'This is being built.');
};

export function councilHandlers(os: Implementer, _services: Services) {
  return {
    council: {
      ask: os.council.ask.handler(missing),
      fate: os.council.fate.handler(missing),
      list: os.council.list.handler(missing),
      get: os.council.get.handler(missing),
      decide: os.council.decide.handler(missing),
    },
    advisers: {
      list: os.advisers.list.handler(missing),
      offers: os.advisers.offers.handler(missing),
      spawn: os.advisers.spawn.handler(missing),
      decline: os.advisers.decline.handler(missing),
      fork: os.advisers.fork.handler(missing),
      retire: os.advisers.retire.handler(missing),
    },
    guilds: {
      list: os.guilds.list.handler(missing),
      create: os.guilds.create.handler(missing),
      update: os.guilds.update.handler(missing),
    },
  };
}
