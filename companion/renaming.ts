import type { Renamer } from './agency/index.ts';
import type { Clock } from './kernel/index.ts';
import { type Capability, editorRenameAnswer, ProgenyError } from './protocol/index.ts';

/** A connected editor that declared the capability `rename`. */
export interface RenamingClient {
  ask(capability: Capability, input: unknown, signal: AbortSignal): Promise<unknown>;
}

const ANSWERS_WITHIN_MS = 60_000;
const ELSEWHERE = /is no folder of this window/;

/**
 * Asks the editors that are connected, one after the other, what a rename would change. Throws `no_client` where none
 * has the folder open, `conflict` with the words of the one that has it and cannot, `timeout`.
 */
export function renamerOver(clients: () => readonly RenamingClient[], clock: Clock): Renamer {
  return {
    async rename(root, step, signal) {
      for (const client of clients()) {
        const limit = new AbortController();
        const timer = clock.after(ANSWERS_WITHIN_MS, () => limit.abort());
        try {
          const answer = await client.ask('rename', { root, step }, AbortSignal.any([signal, limit.signal]));
          return editorRenameAnswer.parse(answer);
        } catch (error) {
          signal.throwIfAborted();
          if (limit.signal.aborted)
            throw new ProgenyError(
              'timeout',
              `The editor did not tell within ${ANSWERS_WITHIN_MS / 1000} s what the rename would change. Try again when its language has been read.`,
            );
          const words = error instanceof Error ? error.message : String(error);
          if (error instanceof ProgenyError || ELSEWHERE.test(words)) continue;
          throw new ProgenyError('conflict', words);
        } finally {
          timer.dispose();
        }
      }
      throw new ProgenyError(
        'no_client',
        'No editor that can rename has this folder open. Open it in VS Code, and ask again.',
      );
    },
  };
}
