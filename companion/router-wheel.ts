import { ProgenyError } from './protocol/index.ts';
import type { Implementer, Services } from './router.ts';

/** Contract to logic: delegated work, leave, the audit log, snapshots. */
export function wheelHandlers(os: Implementer, s: Pick<Services, 'snapshots' | 'workspaces'>) {
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
      list: os.snapshots.list.handler(async ({ input: { workspace } }) =>
        s.snapshots.list(workspace === undefined ? undefined : await s.workspaces.resolve(workspace)),
      ),
      show: os.snapshots.show.handler(({ input }) => s.snapshots.show(input.id)),
      restore: os.snapshots.restore.handler(({ input }) => s.snapshots.restore(input.id, input.files)),
      prune: os.snapshots.prune.handler(async ({ input: { workspace, before } }) => {
        const root = workspace === undefined ? undefined : await s.workspaces.resolve(workspace);
        const { removed, freed } = await s.snapshots.prune({ root, before });
        return { removed, freed };
      }),
    },
  };
}
