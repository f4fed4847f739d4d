import type { Api } from '../../companion/client/index.ts';
import type { Decision, Whisper } from '../../companion/protocol/index.ts';
import type { FileNotes } from './line-notes.ts';

type NotesApi = {
  readonly whispers: Pick<Api['whispers'], 'list'>;
  readonly decisions: Pick<Api['decisions'], 'list'>;
};

/** More documents than anybody reads between two events. */
const FILES = 100;
const LIMIT = 200;

/** What the companion said about the notes of each file that was looked at; forgotten whenever something happened. */
export class NotesCache {
  readonly #whispers = new Map<string, Promise<readonly Whisper[]>>();
  readonly #decisions = new Map<string, Promise<readonly Decision[]>>();

  /** Rejects where the companion cannot be asked; the next look asks again. */
  async of(api: NotesApi, workspace: string, file: string): Promise<FileNotes> {
    if (this.#whispers.size >= FILES) this.clear();
    const [whispers, decisions] = await Promise.all([
      once(this.#whispers, `${workspace}\n${file}`, () =>
        api.whispers.list({ workspace, file, limit: LIMIT }),
      ),
      once(this.#decisions, workspace, () => api.decisions.list({ workspace, limit: LIMIT })),
    ]);
    return { whispers, decisions };
  }

  clear(): void {
    this.#whispers.clear();
    this.#decisions.clear();
  }
}

function once<T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const asked = known.get(key) ?? ask();
  known.set(key, asked);
  asked.catch(() => known.get(key) === asked && known.delete(key));
  return asked;
}
