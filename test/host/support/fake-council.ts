import type { implement } from '@orpc/server';
import type { contract } from '../../../companion/protocol/index.ts';

type Implementer = ReturnType<typeof implement<typeof contract>>;

const unsupported = (): never => {
  throw new Error('The fake companion cannot do this.');
};

/** What the fake companion answers about this. */
export function councilAnswers(os: Implementer) {
  return {
    council: {
      ask: os.council.ask.handler(unsupported),
      fate: os.council.fate.handler(unsupported),
      list: os.council.list.handler(unsupported),
      get: os.council.get.handler(unsupported),
      decide: os.council.decide.handler(unsupported),
    },
    advisers: {
      list: os.advisers.list.handler(unsupported),
      offers: os.advisers.offers.handler(unsupported),
      spawn: os.advisers.spawn.handler(unsupported),
      decline: os.advisers.decline.handler(unsupported),
      fork: os.advisers.fork.handler(unsupported),
      retire: os.advisers.retire.handler(unsupported),
    },
    guilds: {
      list: os.guilds.list.handler(unsupported),
      create: os.guilds.create.handler(unsupported),
      update: os.guilds.update.handler(unsupported),
    },
  };
}
