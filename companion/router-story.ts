import { ProgenyError } from './protocol/index.ts';
import type { Implementer, Services } from './router.ts';

/** Contract to logic: how far things went from where they began, and the running story. */
export function storyHandlers(os: Implementer, { drift, narrator, loops, workspaces, ofMask }: Services) {
  const real = (folder: string | undefined) =>
    folder === undefined ? undefined : workspaces.resolve(folder);
  return {
    drift: {
      get: os.drift.get.handler(({ input: { id, limit } }) => {
        if (loops.find(id)) return drift.of(id, limit);
        const mask = ofMask(id);
        if (mask !== undefined) return mask === null ? [] : [mask];
        throw new ProgenyError(
          'not_found',
          `There is no loop and no mask "${id}". \`progeny loops\` and \`progeny advisers\` list them.`,
        );
      }),
      list: os.drift.list.handler(async ({ input }) => drift.list(await real(input.workspace))),
    },
    story: {
      list: os.story.list.handler(async ({ input: { workspace, ...input } }) =>
        narrator.list({ ...input, workspace: await real(workspace) }),
      ),
      watch: os.story.watch.handler(({ signal }) => narrator.watch(signal)),
      day: os.story.day.handler(async ({ input: { workspace, ...input } }) =>
        narrator.day({ ...input, workspace: await real(workspace) }),
      ),
    },
  };
}
