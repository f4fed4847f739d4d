import { type ImportedRecord, recordsOf } from './record.ts';
import type { Part } from './run-import.ts';
import type { Skip } from './source-file.ts';

/** A commit, as the reading of repositories tells it. */
export interface CommitMessage {
  readonly sha: string;
  readonly author: string;
  /** Ms since the epoch, of the author. */
  readonly at: number;
  readonly subject: string;
  readonly body: string;
}

/** What a history is read from. */
export interface History {
  readonly root: string;
  /** The commit that it ends with; empty without commits. */
  readonly head: string;
  /** How many commits there are. */
  readonly commits: number;
  /** Oldest first, without merges. */
  read(signal: AbortSignal): AsyncIterable<CommitMessage>;
}

/** A history as a part of an import: each commit an episode, told by its message. */
export function historyPart({ root, head, commits, read }: History): Part {
  let done = 0;
  return {
    name: root,
    fingerprint: head,
    weight: commits,
    share: () => (commits === 0 ? 1 : Math.min(1, done / commits)),
    async *read(_skip: Skip, signal): AsyncGenerator<ImportedRecord> {
      done = 0;
      for await (const { sha, author, at, subject, body } of read(signal)) {
        done++;
        yield* recordsOf({
          origin: `git:${sha}`,
          kind: 'episode',
          content: body.trim() === '' ? subject : `${subject}\n\n${body.trim()}`,
          author,
          happenedAt: at,
          source: { commit: sha },
          tags: ['git'],
          workspace: root,
        });
      }
    },
  };
}
