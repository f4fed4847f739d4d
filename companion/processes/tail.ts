/** Counts what a program writes and keeps the last of it. */
export class Tail {
  readonly #keep: number;
  #chunks: Buffer[] = [];
  #kept = 0;
  #bytes = 0;

  /** `keep`: bytes that are kept. */
  constructor(keep: number) {
    this.#keep = keep;
  }

  /** All that was written, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  push(chunk: Buffer): void {
    this.#bytes += chunk.length;
    this.#chunks.push(chunk);
    this.#kept += chunk.length;
    // A chunk is let go when those behind it are enough.
    while (this.#kept - this.#chunks[0]!.length >= this.#keep) this.#kept -= this.#chunks.shift()!.length;
  }

  /** The last bytes as text; a character that was cut in two is left out. */
  text(): string {
    const all = Buffer.concat(this.#chunks);
    if (all.length <= this.#keep) return all.toString('utf8');
    let from = all.length - this.#keep;
    while (from < all.length && (all[from]! & 0xc0) === 0x80) from++;
    return all.subarray(from).toString('utf8');
  }
}
