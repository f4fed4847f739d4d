/** Seeded chance for the streams of this folder: the same seed gives the same stream on every machine. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    // Neighbouring seeds begin far apart.
    this.#state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  }

  /** In [0, 1); a xorshift-multiply of a Weyl sequence. */
  next(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let z = this.#state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  }

  /** A float in [from, to). */
  between(from: number, to: number): number {
    return from + this.next() * (to - from);
  }

  /** An integer from `from` to `to`, both included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  /** True in this share of cases. */
  hit(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.next() * from.length)]!;
  }

  /** `n` different ones, in random order; all of them where there are fewer. */
  some<T>(from: readonly T[], n: number): T[] {
    const rest = [...from];
    for (let i = rest.length - 1; i > 0; i--) {
      const j = this.whole(0, i);
      [rest[i], rest[j]] = [rest[j]!, rest[i]!];
    }
    return rest.slice(0, n);
  }

  /** A normal deviate (Box and Muller). */
  normal(mean: number, deviation: number): number {
    const u = Math.sqrt(-2 * Math.log(1 - this.next()));
    return mean + deviation * u * Math.cos(2 * Math.PI * this.next());
  }

  /** Log-normal with this median; `spread` is the deviation of its logarithm. Times of people look like it. */
  around(median: number, spread: number): number {
    return median * Math.exp(this.normal(0, spread));
  }

  /** Hexadecimal digits, as of a commit. */
  hex(digits: number): string {
    let text = '';
    while (text.length < digits) text += this.whole(0, 15).toString(16);
    return text;
  }
}
