/** JSON of any shape; undefined where the text is none. Pure. */
export function parseJson(text: string): unknown {
  try {
    // NUL bytes stand in files that a power cut left half written.
    return JSON.parse(text.replaceAll('\0', '')) as unknown;
  } catch {
    return undefined;
  }
}

/** A point in time as archives write it: ISO 8601, or a number of ms or of seconds; null for anything else. Pure. */
export function timeOf(value: unknown): number | null {
  if (typeof value === 'string') return timeOf(Date.parse(value));
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) return null;
  // Seconds until the year 5138, ms from 1973 on: no archive is older than that.
  const ms = Math.round(value < 1e11 ? value * 1000 : value);
  return ms <= 8.64e15 ? ms : null;
}
