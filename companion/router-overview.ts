import type { Implementer, Services } from './router.ts';

/** Contract to logic: how things went over weeks, and long work as it goes on. */
export function overviewHandlers(os: Implementer, { memory, loopHistory, workspaces, watchJobs }: Services) {
  const real = (folder: string | undefined) =>
    folder === undefined ? undefined : workspaces.resolve(folder);
  return {
    memories: {
      growth: os.memories.growth.handler(async ({ input: { workspace, days } }) =>
        memory.growth({ workspace: await real(workspace), days }),
      ),
    },
    loops: {
      history: os.loops.history.handler(async ({ input: { workspace, days } }) =>
        loopHistory({ workspace: await real(workspace), days }),
      ),
    },
    jobs: { watch: os.jobs.watch.handler(({ signal }) => watchJobs(signal)) },
  };
}
