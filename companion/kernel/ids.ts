import type { Random } from './random.ts';

// Crockford's base 32: no I, L, O or U, so that an id can be read aloud and typed.
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A sortable id: nine characters of time (ms, good until the year 3084), seven of randomness.
 * `prefix` names the kind of thing ("loop", "whisper", ...), so that an id in a log explains itself.
 */
export function newId(prefix: string, now: number, random: Random): string {
  let time = '';
  for (let rest = Math.floor(now), i = 0; i < 9; i++) {
    time = ALPHABET[rest % 32] + time;
    rest = Math.floor(rest / 32);
  }
  let tail = '';
  for (let i = 0; i < 7; i++) tail += ALPHABET[Math.floor(random.next() * 32)];
  return `${prefix}_${time}${tail}`;
}
