const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in the coarsest unit that still tells: "40 min", "31 h", "6 days", "3 months". */
export function duration(ms: number): string {
  const span = Math.max(0, ms);
  if (span < HOUR) return `${Math.max(1, Math.round(span / MINUTE))} min`;
  if (span < 2 * DAY) return `${Math.round(span / HOUR)} h`;
  if (span < 120 * DAY) return `${Math.round(span / DAY)} days`;
  if (span < 730 * DAY) return `${Math.round(span / (30.44 * DAY))} months`;
  return `${Math.round(span / (365.25 * DAY))} years`;
}

/** "just now", "6 days ago". */
export function ago(at: number, now: number): string {
  return now - at < MINUTE ? 'just now' : `${duration(now - at)} ago`;
}

/** "1 file", "3 files". */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Cuts long text at `limit` characters, on a code point, with an ellipsis. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  // No code point is longer than two units: the rest need not be taken apart.
  const points = [...text.slice(0, 2 * limit + 2)];
  return points.length <= limit ? text : `${points.slice(0, limit - 1).join('')}…`;
}

/** "a", "a and b", "a, b and 3 more". */
export function listing(items: readonly string[], shown: number): string {
  if (items.length <= 1) return items.join('');
  const visible = items.slice(0, shown);
  const rest = items.length - visible.length;
  if (rest > 0) return `${visible.join(', ')} and ${rest} more`;
  return `${visible.slice(0, -1).join(', ')} and ${visible.at(-1)}`;
}

const TITLE = 80;

/** What a note is called by: its first line, clipped. Pure. */
export function titleOf(note: string): string {
  return clip(note.split('\n')[0]!, TITLE);
}
