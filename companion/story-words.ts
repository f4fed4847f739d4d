import { clip } from './kernel/index.ts';
import type { Facts, Words } from './narration/index.ts';
import type { Reader } from './store/index.ts';

/** Where something is, and whether it has no name in the story. */
export interface Found {
  readonly workspace: { readonly id: string; readonly path: string } | null;
  readonly private: boolean;
  /** What a click opens, where the event itself does not say it. */
  readonly about?: NonNullable<Facts['about']>;
}

/** No name or title in a line is longer. */
export const LONGEST = 100;
const nothing: Words = { what: '', more: '', where: '' };

/** What a line tells, with the words that are known. Pure. */
export function facts({ workspace, private: hidden, about }: Found, words: Partial<Words>): Facts {
  return { workspace, private: hidden, words: { ...nothing, ...words }, ...(about && { about }) };
}

export function workspaceOf(reader: Reader, id: string): { id: string; path: string } | null {
  return reader.get<{ id: string; path: string }>('SELECT id, path FROM workspaces WHERE id = ?', id) ?? null;
}

/** A title in quotes, which are its only ones. Pure. */
export function quoted(title: string): string {
  return `"${clip(title.replaceAll('"', "'"), LONGEST)}"`;
}
