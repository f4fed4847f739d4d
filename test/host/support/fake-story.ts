import type { implement } from '@orpc/server';
import type { contract } from '../../../companion/protocol/index.ts';

type Implementer = ReturnType<typeof implement<typeof contract>>;

const unsupported = (): never => {
  throw new Error('The fake companion cannot do this.');
};

/** What the fake companion answers about this. */
export function storyAnswers(os: Implementer) {
  return {
    drift: {
      get: os.drift.get.handler(unsupported),
      list: os.drift.list.handler(unsupported),
    },
    story: {
      list: os.story.list.handler(unsupported),
      watch: os.story.watch.handler(unsupported),
      day: os.story.day.handler(unsupported),
    },
  };
}
