import { cleanWorkingFiles } from './clean-working-files.ts';
import type { Traces } from './forgetting.ts';
import type { LaidOut } from './working-files/index.ts';
import { type KeptFolder, keepWorkingFiles, type WorkingSetsOptions } from './working-sets.ts';

/** The working files of all workspaces: those of open ones are kept in step, those of others can be cleaned. */
export class KeptFiles {
  readonly #options: WorkingSetsOptions;
  readonly #open = new Map<string, ReturnType<typeof keepWorkingFiles>>();

  constructor(options: WorkingSetsOptions) {
    this.#options = options;
  }

  /** Dispose it when the workspace closes. */
  keep(workspace: KeptFolder): { dispose(): Promise<void> } {
    const files = keepWorkingFiles(workspace, this.#options);
    this.#open.set(workspace.id, files);
    return {
      dispose: async () => {
        this.#open.delete(workspace.id);
        await files.dispose();
      },
    };
  }

  /** Takes texts for working files of an open workspace; null where it is not open, or nothing can be written. */
  layOut(workspaceId: string, texts: ReadonlyMap<string, string>): Promise<LaidOut | null> {
    return this.#open.get(workspaceId)?.layOut(texts) ?? Promise.resolve(null);
  }

  /** Takes what was forgotten out of the working files of these workspaces, open or not. */
  clean(workspaceIds: readonly string[], traces: Traces): Promise<void> {
    const syncOpen = (id: string) => this.#open.get(id)?.sync() ?? null;
    return cleanWorkingFiles(workspaceIds, traces, { ...this.#options, syncOpen });
  }
}
