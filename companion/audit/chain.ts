import type { AuditVerdict } from '../protocol/index.ts';
import { hashOf, NO_ROWS } from './canonical.ts';
import type { StoredRow } from './rows.ts';

type Finding = AuditVerdict['findings'][number];

/** A row as far as its place is known: under which number it was written. */
interface Placed {
  readonly hash: string;
  readonly written: number | null;
}

/** Rows in a run that are numbered otherwise than they were written. */
interface Moved {
  readonly from: number;
  to: number;
  readonly shift: number;
}

/** So many rows that do not fit are looked at one by one; what is beyond is told as one. */
const MOST_ODD = 100;
/** A few rows that stand elsewhere were put in another order; many were renumbered because of one. */
const FEW = 20;
/** How many rows may have been left out or put in at one place and still be told by their number. */
const REACH = 8;

/**
 * Follows the chain row by row, as they come, and tells what does not fit: rows that were changed, are missing, were
 * put in, or stand in another place. Holds no more than the rows that do not fit and their neighbours.
 */
export class Chain {
  readonly #isSealed: (row: StoredRow) => boolean;
  readonly #findings: Finding[] = [];
  readonly #odd: StoredRow[] = [];
  readonly #near = new Map<number, Placed>();
  readonly #moved: Moved[] = [];
  /** Rows that fit, but were not sealed by us. */
  readonly #forged: { from: number; to: number }[] = [];
  #beyond: { from: number; to: number } | null = null;
  /** The last row that fitted: its number when it was written, and its hash. */
  #good = { seq: 0, hash: NO_ROWS };
  #last = { seq: 0, hash: NO_ROWS };
  /** The hash that the last row would have by its content, where another stands there. */
  #instead: string | null = null;
  /** How much higher the last row that fitted is numbered now than it was written. */
  #shift = 0;
  #rows = 0;

  constructor(isSealed: (row: StoredRow) => boolean) {
    this.#isSealed = isSealed;
  }

  get rows(): number {
    return this.#rows;
  }

  get head(): { seq: number; hash: string } {
    return this.#last;
  }

  /** The next row, by rising `seq`. */
  take(row: StoredRow): void {
    this.#rows++;
    const missing = row.seq > this.#last.seq + 1;
    if (missing) this.#say(this.#last.seq + 1, `${span(this.#last.seq + 1, row.seq - 1)} missing.`);
    const written = missing ? this.#afterGap(row) : this.#placeOf(row);
    if (written === null) this.#setAside(row);
    else {
      this.#fits(row, written);
      this.#instead = null;
    }
    this.#last = { seq: row.seq, hash: row.hash };
  }

  /** All that was found, by number. Call it once, after the last row. */
  findings(): Finding[] {
    this.#placeOdd();
    for (const row of this.#odd)
      if (this.#near.get(row.seq)?.written === null)
        this.#say(
          row.seq,
          this.#isSealed(row)
            ? `Row ${row.seq} was changed after it was written.`
            : `Row ${row.seq} was changed or put in: it does not follow from the row before it, and is not sealed.`,
        );
    if (this.#beyond)
      this.#say(
        this.#beyond.from,
        `Among ${span(this.#beyond.from, this.#beyond.to, '')} many do not fit; they are not told one by one.`,
      );
    for (const { from, to } of this.#forged)
      this.#say(from, `${span(from, to)} not sealed: something else than the companion wrote it.`);
    for (const moved of this.#moved) this.#tellMoved(moved);
    return this.#findings.sort((a, b) => a.seq - b.seq);
  }

  /** Under which number a row was written, if it follows from what is there; else null. */
  #placeOf(row: StoredRow): number | null {
    const next = this.#good.seq + 1;
    if (fits(row, next, this.#good.hash)) return next;
    if (this.#instead !== null && fits(row, next + 1, this.#instead)) {
      this.#say(this.#last.seq, `The hash of row ${this.#last.seq} was changed after it was written.`);
      this.#near.set(this.#last.seq, { hash: this.#last.hash, written: next });
      return next + 1;
    }
    const expected = row.seq - this.#shift;
    for (const before of [this.#last.hash, ...this.#odd.slice(-REACH).map(({ hash }) => hash)])
      for (const step of STEPS) if (fits(row, expected + step, before)) return expected + step;
    return null;
  }

  /** The row before it is not there, so that it can prove itself by its seal alone. */
  #afterGap(row: StoredRow): number | null {
    return row.data !== null && this.#isSealed(row) ? row.seq : null;
  }

  #fits(row: StoredRow, written: number): void {
    this.#shift = row.seq - written;
    const sealed = this.#isSealed(row);
    // What we did not write is nothing that the next row must follow from.
    if (sealed) this.#good = { seq: written, hash: row.hash };
    else extend(this.#forged, row.seq);
    if (this.#odd.at(-1)?.seq === row.seq - 1) this.#near.set(row.seq, { hash: row.hash, written });
    const before = this.#moved.at(-1);
    if (before && before.shift === this.#shift && before.to === row.seq - 1) before.to = row.seq;
    else if (this.#shift !== 0) this.#moved.push({ from: row.seq, to: row.seq, shift: this.#shift });
  }

  #setAside(row: StoredRow): void {
    this.#instead =
      row.data === null ? null : hashOf({ ...row, data: row.data, seq: this.#good.seq + 1 }, this.#good.hash);
    if (this.#odd.length >= MOST_ODD) {
      this.#beyond = { from: this.#beyond?.from ?? row.seq, to: row.seq };
      return;
    }
    if (!this.#near.has(this.#last.seq))
      this.#near.set(this.#last.seq, { hash: this.#last.hash, written: this.#good.seq });
    this.#near.set(row.seq, { hash: row.hash, written: null });
    this.#odd.push(row);
  }

  /** Rows that were written after another than the one that stands before them now. */
  #placeOdd(): void {
    for (let found = true; found; ) {
      found = false;
      for (const row of this.#odd) {
        if (this.#near.get(row.seq)?.written !== null) continue;
        const place = [...this.#near.values()].find(
          ({ hash, written }) => written !== null && fits(row, written + 1, hash),
        );
        if (!place) continue;
        found = true;
        const written = (place.written ?? 0) + 1;
        this.#near.set(row.seq, { hash: row.hash, written });
        if (written !== row.seq) this.#moved.push({ from: row.seq, to: row.seq, shift: row.seq - written });
      }
    }
  }

  #tellMoved({ from, to, shift }: Moved): void {
    if (to - from < FEW && to < this.#last.seq)
      for (let seq = from; seq <= to; seq++)
        this.#say(seq, `Row ${seq} was written as row ${seq - shift}: rows were put in another order.`);
    else if (from === to)
      this.#say(
        from,
        `Row ${from} was written as row ${from - shift}: rows were put in another order, or left out.`,
      );
    else
      this.#say(
        from,
        `From row ${from} on rows are numbered ${Math.abs(shift)} too ${shift > 0 ? 'high: rows were put in' : 'low: rows were left out'} before.`,
      );
  }

  #say(seq: number, what: string): void {
    this.#findings.push({ seq, what });
  }
}

/** 0, 1, -1, 2, -2, … */
const STEPS = Array.from({ length: 2 * REACH + 1 }, (_, i) => (i % 2 === 1 ? (i + 1) / 2 : -i / 2));

function fits(row: StoredRow, seq: number, before: string): boolean {
  return row.data !== null && hashOf({ ...row, data: row.data, seq }, before) === row.hash;
}

function span(from: number, to: number, verb = ' is| are'): string {
  const [one, many] = verb.split('|');
  return from === to ? `Row ${from}${one}` : `Rows ${from} to ${to}${many ?? one}`;
}

function extend(ranges: { from: number; to: number }[], seq: number): void {
  const last = ranges.at(-1);
  if (last && last.to === seq - 1) last.to = seq;
  else ranges.push({ from: seq, to: seq });
}
