import { ProgenyError } from '../protocol/index.ts';
import type { ImportedRecord } from './record.ts';

/** A file of an archive. Readers know no file system: they get this. */
export interface SourceFile {
  /** Path from the root of the import, forward slashes; just the name where the import is one file. */
  readonly name: string;
  readonly uri: string;
  readonly bytes: number;
  /** Ms since the epoch: the time of what has no other. */
  readonly modifiedAt: number;
  /** The text piece by piece, decoded, without a byte order mark. Throws `bad_input` when it cannot be read. */
  chunks(): AsyncIterable<string>;
  /** Another file by its path from this one's folder; null where there is none. */
  beside(path: string): Promise<SourceFile | null>;
}

/** Counts something that was left out because it is broken, by its reason. */
export type Skip = (reason: string) => void;

/**
 * Reads a file of one format, in the order of what was said. What is broken is skipped; a file that is not of
 * the format at all throws `bad_input`.
 */
export type ReadFile = (file: SourceFile, skip: Skip) => AsyncIterable<ImportedRecord>;

/** What is read at once; only one long value, such as a whole chat of one file, is that large. */
const LONGEST_TEXT = 256 * 1024 * 1024;

/** The whole text of a file. Throws `bad_input` beyond 256 MiB. */
export async function wholeText(file: SourceFile, longest = LONGEST_TEXT): Promise<string> {
  let text = '';
  for await (const chunk of file.chunks()) {
    text += chunk;
    if (text.length > longest)
      throw new ProgenyError(
        'bad_input',
        `"${file.name}" is larger than ${longest / 2 ** 20} MiB, which is more than is read at once. Split it, or leave it out.`,
      );
  }
  return text;
}

/** The error of a file that is of another format, in the words of all readers. */
export function notOfFormat(file: SourceFile, expected: string, received: string): ProgenyError {
  return new ProgenyError(
    'bad_input',
    `"${file.name}": expected ${expected}; received ${received}. Name the file of the export itself, or another format with \`--format\`.`,
  );
}

/** The first characters of a text, fit to be quoted. */
export function quote(text: string): string {
  const start = text.slice(0, 60).replace(/\s+/g, ' ').trim();
  return start === '' ? 'nothing' : `text that begins with ${JSON.stringify(start.toWellFormed())}`;
}
