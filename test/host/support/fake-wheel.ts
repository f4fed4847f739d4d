import type { implement } from '@orpc/server';
import { type contract, ProgenyError } from '../../../companion/protocol/index.ts';

type Implementer = ReturnType<typeof implement<typeof contract>>;

/** What the fake companion answers about delegated work. */
export function wheelAnswers(os: Implementer) {
  const later = (): never => {
    throw new ProgenyError('not_found', 'This is not built yet.');
  };
  return {
    wheel: {
      recipes: os.wheel.recipes.handler(later),
      propose: os.wheel.propose.handler(later),
      list: os.wheel.list.handler(later),
      get: os.wheel.get.handler(later),
      watch: os.wheel.watch.handler(later),
      preview: os.wheel.preview.handler(later),
      file: os.wheel.file.handler(later),
      approve: os.wheel.approve.handler(later),
      seen: os.wheel.seen.handler(later),
      stop: os.wheel.stop.handler(later),
      undo: os.wheel.undo.handler(later),
      keep: os.wheel.keep.handler(later),
    },
    grants: {
      list: os.grants.list.handler(later),
      give: os.grants.give.handler(later),
      revoke: os.grants.revoke.handler(later),
    },
    audit: { list: os.audit.list.handler(later), verify: os.audit.verify.handler(later) },
    snapshots: {
      list: os.snapshots.list.handler(later),
      show: os.snapshots.show.handler(later),
      restore: os.snapshots.restore.handler(later),
      prune: os.snapshots.prune.handler(later),
    },
  };
}
