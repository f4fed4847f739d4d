import { clip, listing } from '../kernel/index.ts';
import { ProgenyError } from '../protocol/index.ts';
import type { Part } from './questions.ts';

/** What an answer says, as heritage keeps it. */
export type Value = string | string[] | { from: string; until: string }[];

/** Characters of a text, of an item of a list, and items of a list, as heritage allows them. */
const LONGEST_TEXT = 2000;
const LONGEST_NAME = 100;
const LONGEST_ITEM = 500;
const MOST_ITEMS = 50;
const MOST_STRETCHES = 6;

const STRETCH = /^(\d{1,2})(?:[:.](\d\d))?\s*(?:-|–|to|until)\s*(\d{1,2})(?:[:.](\d\d))?$/i;

/**
 * Reads what was typed as the kind of answer that the part wants. Null for nothing. Throws `bad_input` with what was
 * received and what is expected.
 */
export function readAnswer(part: Part, typed: string): Value | null {
  const text = typed.replaceAll('\u0000', '').trim();
  if (text === '') return null;
  switch (part.kind) {
    case 'text': {
      const longest = part.id === 'name' ? LONGEST_NAME : LONGEST_TEXT;
      if (text.length > longest) throw refused(part, `${text.length} characters`, `at most ${longest}`);
      return text;
    }
    case 'list':
      return readList(part, text);
    case 'choice':
      return readChoice(part, text);
    case 'hours':
      return readHours(part, text);
  }
}

/** The answer as text that `readAnswer` reads as the same again. */
export function writeAnswer(part: Part, value: Value): string {
  if (typeof value === 'string') return value;
  if (part.kind === 'hours')
    return (value as { from: string; until: string }[])
      .map(({ from, until }) => `${from}-${until}`)
      .join(', ');
  return (value as string[]).join('\n');
}

function readList(part: Part, text: string): string[] | null {
  const items = text
    .split(part.commas ? /[\n;,]/ : /[\n;]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
  if (items.length > MOST_ITEMS) throw refused(part, `${items.length} items`, `at most ${MOST_ITEMS}`);
  const long = items.find((item) => item.length > LONGEST_ITEM);
  if (long) throw refused(part, `an item of ${long.length} characters`, `at most ${LONGEST_ITEM} an item`);
  return items.length === 0 ? null : [...new Set(items)];
}

function readChoice(part: Part, text: string): string {
  const options = part.options ?? [];
  const wanted = text.toLowerCase();
  const found = options.find(({ value, label }) => value === wanted || label.toLowerCase() === wanted);
  if (!found) {
    const values = options.map(({ value }) => value);
    throw refused(part, quoted(text), listing(values, values.length).replace(' and ', ' or '));
  }
  return found.value;
}

function readHours(part: Part, text: string): { from: string; until: string }[] {
  const expected = 'stretches such as "09:00-12:00, 14:00-16:30"';
  const pieces = text
    .split(/[\n;,]/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
  const stretches = pieces.map((piece) => {
    const match = STRETCH.exec(piece);
    const from = match && clockOf(match[1], match[2]);
    const until = match && clockOf(match[3], match[4]);
    if (!from || !until || from === until) throw refused(part, quoted(piece), expected);
    return { from, until };
  });
  if (stretches.length === 0) throw refused(part, quoted(text), expected);
  if (stretches.length > MOST_STRETCHES)
    throw refused(part, `${stretches.length} stretches`, `at most ${MOST_STRETCHES}`);
  return stretches;
}

/** "9", "30" to "09:30"; midnight may be called 24. Null for no time of a day. */
function clockOf(hours: string | undefined, minutes = '00'): string | null {
  const hour = Number(hours);
  const minute = Number(minutes);
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return null;
  return `${String(hour % 24).padStart(2, '0')}:${minutes}`;
}

function quoted(text: string): string {
  return `"${clip(text, 60)}"`;
}

function refused(part: Part, received: string, expected: string): ProgenyError {
  return new ProgenyError('bad_input', `${part.label}: received ${received}; expected ${expected}.`, {
    fields: [`answer.${part.id}`],
  });
}
