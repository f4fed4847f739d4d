import { ProgenyError } from '../protocol/index.ts';

/** More than this is no single conversation. */
const LONGEST_ITEM = 256 * 1024 * 1024;

/**
 * The items of a JSON array that comes in pieces, each as its own text, so that an archive of any size is read
 * with the memory of its largest item. Also of the first array in an object (`{"conversations": [...]}`).
 * Gives nothing where there is no array. What stands after a broken item is given again from the next comma on
 * the level of items; whether an item is valid is for `JSON.parse` to say.
 */
export async function* jsonItems(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let depth = 0;
  /** Depth of the array's items; 0 until it begins. */
  let level = 0;
  let inString = false;
  let escaped = false;
  let held = '';

  for await (const chunk of chunks) {
    let start = 0;
    for (let i = 0; i < chunk.length; i++) {
      const code = chunk.charCodeAt(i);
      if (inString) {
        if (escaped) escaped = false;
        else if (code === BACKSLASH) escaped = true;
        else if (code === QUOTE) inString = false;
      } else if (code === QUOTE) inString = true;
      else if (code === OPEN_ARRAY || code === OPEN_OBJECT) {
        depth++;
        if (level > 0 || code !== OPEN_ARRAY) continue;
        level = depth;
        start = i + 1;
      } else if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) {
        depth--;
        if (level === 0 || depth >= level) continue;
        const item = (held + chunk.slice(start, i)).trim();
        if (item !== '') yield item;
        return;
      } else if (code === COMMA && level > 0 && depth === level) {
        yield (held + chunk.slice(start, i)).trim();
        held = '';
        start = i + 1;
      }
    }
    if (level > 0) held += chunk.slice(start);
    if (held.length > LONGEST_ITEM)
      throw new ProgenyError(
        'bad_input',
        'One item of the JSON array is larger than 256 MiB. The file is damaged.',
      );
  }
  // A file that was cut off in the middle of an item: the caller finds that it is no JSON.
  if (held.trim() !== '') yield held.trim();
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
