const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** Longer than any path that an operating system can hold; only a forged tree has one. */
const LONGEST_PATH = 16_384;

/**
 * A path or a ref as git stores it (bytes) as a string, or null where the bytes are not UTF-8.
 *
 * Such a name cannot stand in JSON, in a URI of the editor or in an anchor, and a replacement character
 * would name another file. So every reader of this room leaves it out and counts it (`undecodable`).
 */
export function decodePath(bytes: Uint8Array): string | null {
  if (bytes.length > LONGEST_PATH) return null;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
  if (!text.includes('\ufffd')) return text;
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

// Control characters (terminal escapes) and the bidirectional overrides that make text read differently
// from what it is.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;

/**
 * Words that somebody wrote (subject, author, comment), fit to be shown: invalid bytes replaced, control
 * characters and directional overrides turned to a space, white space joined, at most `limit` characters.
 */
export function cleanText(words: Uint8Array | string, limit = 500): string {
  const text = typeof words === 'string' ? words : decodeLossily(words.subarray(0, limit * 8));
  const clean = text.replace(UNPRINTABLE, ' ').replace(/\s+/g, ' ').trim();
  if (clean.length <= limit) return clean;
  const cut = clean.slice(0, limit - 1);
  // Never half of a surrogate pair.
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

export function decodeLossily(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}
