import { isObjectName, toMilliseconds } from './revision.ts';
import { cleanText } from './text.ts';

/** Who last changed a line, in which commit. Time (of authoring) in ms since the epoch. */
export interface BlamedLine {
  readonly commit: string;
  readonly author: string;
  readonly email: string;
  readonly at: number;
}

interface Facts {
  author: string;
  email: string;
  at: number;
}

/**
 * Reads `git blame --porcelain`: by line number in the blamed file, or null for a line that is not committed
 * yet. A commit's facts stand only where it comes first. Pure.
 */
export function parseBlame(output: Buffer): Map<number, BlamedLine | null> {
  const lines = new Map<number, BlamedLine | null>();
  const known = new Map<string, Facts>();
  let facts: Facts | null = null;
  let open: { commit: string; line: number } | null = null;
  for (let start = 0; start < output.length; ) {
    const found = output.indexOf(0x0a, start);
    const end = found === -1 ? output.length : found;
    const row = output.subarray(start, end);
    start = end + 1;
    if (!open) {
      const [commit = '', , line] = row.toString('latin1').split(' ');
      if (!isObjectName(commit)) continue;
      open = { commit, line: Number(line) };
      facts = known.get(commit) ?? { author: '', email: '', at: 0 };
      known.set(commit, facts);
    } else if (row[0] === 0x09) {
      // The text of the line ends its entry.
      lines.set(open.line, /^0+$/.test(open.commit) ? null : { commit: open.commit, ...facts! });
      open = null;
    } else {
      readFact(facts!, row);
    }
  }
  return lines;
}

function readFact(facts: Facts, row: Buffer): void {
  const space = row.indexOf(0x20);
  const value = row.subarray(space + 1);
  switch (row.toString('latin1', 0, space)) {
    case 'author':
      facts.author = cleanText(value, 200);
      break;
    case 'author-mail':
      facts.email = cleanText(value, 320).replace(/^<|>$/g, '');
      break;
    case 'author-time':
      facts.at = toMilliseconds(value.toString('latin1'));
      break;
  }
}
