/**
 * Something that happened in the work, as metadata: names, sizes, times, counts; never contents. Patterns, habits and
 * moods are read from these alone, live and in a replay. `at` in ms since the epoch; `workspace` is the id of a
 * folder; files are relative to it, with slashes.
 */
export type WorkEvent = { readonly at: number; readonly workspace: string } & (
  | {
      /** Somebody worked on a file. The same file and branch come again after a minute at the soonest. */
      readonly kind: 'edit';
      readonly file: string;
      readonly branch: string | null;
      /** Bytes after the edit; null where unknown. */
      readonly size: number | null;
    }
  /** Another file came to the front; `file` is the one that was left, after `ms`. */
  | { readonly kind: 'switch'; readonly file: string; readonly ms: number }
  | { readonly kind: 'focus'; readonly focused: boolean }
  | { readonly kind: 'debug'; readonly active: boolean }
  /** A run of tests ended; `name` is that of the task or of the runner. */
  | { readonly kind: 'test'; readonly passed: boolean; readonly name: string }
  /** How many errors the editor shows, after it changed. */
  | { readonly kind: 'errors'; readonly count: number }
  | { readonly kind: 'branch'; readonly branch: string | null }
  | {
      readonly kind: 'commit';
      readonly commit: string;
      /** Whether the user made it. */
      readonly own: boolean;
      readonly branch: string | null;
      readonly files: readonly string[];
      readonly insertions: number;
      readonly deletions: number;
    }
  /** A loop as it stands: told at the start, when it changes, and once a day. */
  | {
      readonly kind: 'loop';
      readonly loop: string;
      readonly status: string;
      readonly touchedAt: number;
      /** The branch that its work is on; absent where it has none of its own. */
      readonly branch?: string;
      /** What its branch and its anchors name, a bounded list; absent where there is no branch. */
      readonly files?: readonly string[];
      /** What its anchored lines and its branch name, as salted digests of words: names that its files go by. */
      readonly words?: readonly string[];
    }
  /** Work that could be lost; `since` null: no more. `subject`: a loop, a branch, or the disk. */
  | {
      readonly kind: 'risk';
      readonly what: 'uncommitted' | 'unpushed' | 'disk';
      readonly subject: string;
      readonly since: number | null;
    }
);

export type WorkEventKind = WorkEvent['kind'];
