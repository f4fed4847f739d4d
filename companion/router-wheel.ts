import type { Caller } from './gateway/index.ts';
import { ProgenyError, type WheelOrigin } from './protocol/index.ts';
import type { Implementer, Services } from './router.ts';

/** Contract to logic: delegated work, leave, the audit log, snapshots. */
export function wheelHandlers(
  os: Implementer,
  s: Pick<Services, 'wheel' | 'leave' | 'snapshots' | 'workspaces'>,
) {
  return {
    wheel: {
      recipes: os.wheel.recipes.handler(async ({ input }) =>
        s.wheel.wheel.recipes((await s.workspaces.get(input.workspace)).path),
      ),
      propose: os.wheel.propose.handler(async ({ input, context }) => {
        const { path } = await s.workspaces.get(input.workspace);
        return s.wheel.wheel.propose({ ...input, workspace: path }, originOf(input.recipe, context));
      }),
      list: os.wheel.list.handler(async ({ input: { workspace, limit } }) =>
        s.wheel.wheel.list(workspace === undefined ? null : await s.workspaces.resolve(workspace), limit),
      ),
      get: os.wheel.get.handler(({ input }) => s.wheel.wheel.get(input.id)),
      watch: os.wheel.watch.handler(({ input, signal }) => s.wheel.wheel.watch(input.id, signal)),
      preview: os.wheel.preview.handler(({ input, context }) =>
        s.wheel.wheel.preview(input.id, context.connection?.id ?? null),
      ),
      file: os.wheel.file.handler(({ input }) => s.wheel.wheel.file(input.id, input.path)),
      approve: os.wheel.approve.handler(({ input, context }) =>
        s.wheel.wheel.approve(input, context.connection?.id ?? null),
      ),
      seen: os.wheel.seen.handler(({ input, context }) =>
        s.wheel.wheel.seen(input, context.connection?.id ?? null),
      ),
      stop: os.wheel.stop.handler(({ input }) => s.wheel.wheel.stop(input.id)),
      undo: os.wheel.undo.handler(({ input }) => s.wheel.wheel.undo(input.id, input.files ?? null)),
      keep: os.wheel.keep.handler(({ input }) => s.wheel.wheel.keep(input.id)),
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

/** A person's word is given where they see what it is about. Throws `forbidden` for a call over REST. */
function overSocket({ connection }: Caller): void {
  if (connection) return;
  throw new ProgenyError(
    'forbidden',
    'Leave is given by a person at a screen: in the editor, the web UI or the terminal (`progeny grants give`), not over REST.',
  );
}

/**
 * Who asks, as far as the door tells. What a model planned is the mind's own, whoever asked for the plan. Over REST a
 * program asks, and silence is never consent to that.
 */
function originOf(recipe: string, { connection }: Caller): WheelOrigin {
  if (recipe === 'plan') return { by: 'mind', name: connection?.client?.kind ?? 'REST' };
  return connection
    ? { by: 'person', name: connection.client?.kind ?? 'unknown' }
    : { by: 'agent', name: 'REST' };
}
