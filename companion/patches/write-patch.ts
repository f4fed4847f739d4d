import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/** Beyond so many lines that differ it would take long to find the fewest. */
const MOST_EDITS = 2000;

/** A patch that turns one text of a file into another, exactly; null where they are the same or differ too much. Pure. */
export function writePatch(path: string, before: string, after: string): string | null {
  if (before === after) return null;
  const options = { context: 3, headerOptions: FILE_HEADERS_ONLY, maxEditLength: MOST_EDITS };
  return createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, options) ?? null;
}
