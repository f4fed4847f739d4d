/** Characters of one line's hash: 24 bits, of which a file of 20,000 lines takes a thousandth. */
export const HASH_WIDTH = 4;

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** FNV-1a, folded to 24 bits, in four letters. */
export function hashOf(key: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  const folded = ((hash >>> 24) ^ hash) & 0xffffff;
  let text = '';
  for (let shift = 18; shift >= 0; shift -= 6) text += LETTERS[(folded >> shift) & 63];
  return text;
}
