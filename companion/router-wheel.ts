import type { Caller } from './gateway/index.ts';
import { ProgenyError } from './protocol/index.ts';
import type { Implementer, Services } from './router.ts';

/** Contract to logic: delegated work, leave, the audit log, snapshots. */
export function wheelHandlers(os: Implementer, s: Pick<Services, 'leave' | 'workspaces'>) {
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
      list: os.grants.list.handler(async ({ input: { workspace } }) =>
        s.leave.grants.list(workspace === undefined ? undefined : await s.workspaces.resolve(workspace)),
      ),
      give: os.grants.give.handler(async ({ input, context }) => {
        overSocket(context);
        return s.leave.grants.give({ ...input, workspace: await s.workspaces.resolve(input.workspace) });
      }),
      revoke: os.grants.revoke.handler(({ input }) => s.leave.grants.revoke(input.id)),
    },
    audit: {
      list: os.audit.list.handler(({ input }) => s.leave.audit.list(input.after, input.limit)),
      verify: os.audit.verify.handler(({ signal }) => s.leave.audit.verify(signal)),
    },
    snapshots: {
      list: os.snapshots.list.handler(later),
      show: os.snapshots.show.handler(later),
      restore: os.snapshots.restore.handler(later),
      prune: os.snapshots.prune.handler(later),
    },
  };
}

/** A person's word is given where they see what it is about. Throws `forbidden` for a call over REST. */
function overSocket({ connection }: Caller): void {
  if (connection) return;
  throw new ProgenyError(
    'forbidden',
    'Leave is given by a person at a screen: in the editor, the web UI or the terminal (`progeny grants give`), not over REST.',
  );
}
