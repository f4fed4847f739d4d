import type { Citation } from '../protocol/index.ts';

/** Something that is known and can be cited. Its number comes with the answer. */
export interface Source extends Omit<Citation, 'n'> {
  /** What its words are, for finding and for checking what rests on it. */
  readonly text: string;
  /** Ids of everything it holds words of: what is forgotten or made private by one of them takes the answer along. */
  readonly rests: readonly string[];
  /** It never leaves this machine. */
  readonly private: boolean;
}

/** By what two sources are the same. Pure. */
export function sourceKey(
  source: Pick<Source, 'kind' | 'id' | 'file' | 'line' | 'commit' | 'branch'>,
): string {
  const { kind, id, file, line, commit, branch } = source;
  return id ?? `${kind} ${commit?.slice(0, 12) ?? branch ?? `${file}:${line ?? ''}`}`;
}

/** The source under its number. Pure. */
export function cite({ text: _, rests: __, private: ___, ...source }: Source, n: number): Citation {
  return { n, ...source };
}

/** All that a source tells of itself, in one text. Pure. */
export function wholeText({ title, excerpt, text, file, line, commit, branch }: Source): string {
  const place = file === undefined ? '' : line === undefined ? file : `${file}:${line}`;
  return [title, excerpt, text, place, commit ?? '', branch ?? ''].join('\n');
}
