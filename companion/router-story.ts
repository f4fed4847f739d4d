import { ProgenyError } from './protocol/index.ts';
import type { Implementer, Services } from './router.ts';

const missing = (): never => {
  throw new ProgenyError('not_found', 'This is being built.');
};

export function storyHandlers(os: Implementer, _services: Services) {
  return {
    drift: {
      get: os.drift.get.handler(missing),
      list: os.drift.list.handler(missing),
    },
    story: {
      list: os.story.list.handler(missing),
      watch: os.story.watch.handler(missing),
      day: os.story.day.handler(missing),
    },
  };
}
