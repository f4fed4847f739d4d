import type { CommitMessages } from '../git/index.ts';
import { type ImportedRecord, recordsOf } from './record.ts';
import type { Part } from './run-import.ts';
import type { Skip } from './source-file.ts';

/**
 * The history of the repository at `root` as a part of an import: each commit an episode, told by its message.
 * Its fingerprint is what it ends with: a history that has moved on is read from its beginning.
 */
export function historyPart(root: string, { head, count, read }: CommitMessages): Part {
  let done = 0;
  return {
    name: root,
    fingerprint: head ?? '',
    weight: count,
    share: () => (count === 0 ? 1 : Math.min(1, done / count)),
    async *read(_skip: Skip, signal): AsyncGenerator<ImportedRecord> {
      done = 0;
      for await (const { commit, author, authoredAt, subject, body } of read(signal)) {
        done++;
        yield* recordsOf({
          origin: `git:${commit}`,
          kind: 'episode',
          content: body === '' ? subject : `${subject}\n\n${body}`,
          author,
          happenedAt: authoredAt,
          source: { commit },
          tags: ['git'],
          workspace: root,
        });
      }
    },
  };
}
