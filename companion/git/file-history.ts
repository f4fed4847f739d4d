import type { Commit, FileChange } from './commit-log.ts';

/** What a commit left of a file. */
export interface FileVersion {
  readonly commit: Pick<Commit, 'commit' | 'author' | 'email' | 'authoredAt'>;
  readonly blob: string;
  /** 'born': the commit made the file, out of nothing that it took away elsewhere. */
  readonly start: 'born' | 'unsure' | null;
}

export type FileHistories = ReadonlyMap<string, readonly FileVersion[]>;

export interface HistoryCollector {
  /** Whether a path belongs to one of the histories; follows exact renames as they are met. */
  readonly keep: (path: string) => boolean;
  /** Takes what `logReader` gives, newest first. */
  readonly add: (commit: Commit, files: readonly FileChange[] | null, kept: readonly FileChange[]) => void;
  /** Versions, newest first, by the path asked for. */
  readonly histories: FileHistories;
}

/** Collects the versions of some files out of a `--raw` log. Pure. */
export function collectHistories(wanted: ReadonlySet<string>): HistoryCollector {
  const histories = new Map<string, FileVersion[]>([...wanted].map((path) => [path, []]));
  /** Which of the wanted files a path is a version of. */
  const askers = new Map<string, string[]>([...wanted].map((path) => [path, [path]]));

  const add: HistoryCollector['add'] = (commit, files, kept) => {
    for (const { path, status, blob } of kept) {
      const asking = askers.get(path!);
      if (!asking || status === 'D') continue;
      const removed = status === 'A' ? (files ?? []).filter((file) => file.status === 'D') : [];
      const source = removed.find((file) => file.previous === blob)?.path ?? null;
      const isBulk = files === null && commit.parents.length > 0;
      const isBorn = removed.length === 0 && !isBulk;
      const start = status !== 'A' || source !== null ? null : isBorn ? 'born' : 'unsure';
      for (const asker of asking) histories.get(asker)?.push({ commit, blob, start });
      if (status !== 'A') continue;
      askers.delete(path!);
      if (source !== null) askers.set(source, [...(askers.get(source) ?? []), ...asking]);
    }
  };
  return { keep: (path) => askers.has(path), add, histories };
}
