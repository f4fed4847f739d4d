import type { TextChange } from './edited-text.ts';

/** What an editor's provider would do: edits of files, and files that move. Paths are absolute. */
export interface ProviderAnswer {
  readonly edits: readonly { readonly path: string; readonly changes: readonly TextChange[] }[];
  readonly moves: readonly { readonly from: string; readonly to: string }[];
  /** Other things that the answer does to files: made, deleted. */
  readonly others: number;
}

/** What a rename needs of the editor. */
export interface RenameEditor {
  /** The folder of this window that has this path, as its files are opened; null where it is none. */
  folder(root: string): string | null;
  /** A file's text as it is saved. Throws with words where it has unsaved changes, or is no UTF-8 text. */
  text(path: string): Promise<string>;
  /** A file's text as it is on disk; null where it cannot be read as one. Cheap: many are looked through. */
  peek(path: string): Promise<string | null>;
  /** Lets the language of a file know that it is there. */
  open(path: string): Promise<void>;
  /** Whether there is something at a path. */
  exists(path: string): Promise<boolean>;
  /** What the provider would do, nothing applied; null where nothing can be renamed there. */
  provide(path: string, line: number, character: number, to: string): Promise<ProviderAnswer | null>;
  /** Files of the folder that may refer to `path`, the likeliest first; those that are kept out of searches left out. */
  candidates(folder: string, path: string, limit: number): Promise<readonly string[]>;
}
