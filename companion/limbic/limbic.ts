import { type Clock, type Disposable, type Logger, newId, type Random } from '../kernel/index.ts';
import type { Axis, Levels, SelfMoment, Tier } from '../protocol/index.ts';
import { LogFollower, type Mind, type Transaction } from '../store/index.ts';
import {
  type DayOf,
  type Downgrade,
  loadOf,
  type Move,
  newSelf,
  type Self,
  take,
  tierChange,
} from './fold.ts';
import { read } from './levels.ts';
import { firstEventAt, readHistory, readSelf, writeMove } from './rows.ts';
import { tierOf } from './tier.ts';

export interface LimbicOptions {
  mind: Mind;
  clock: Clock;
  random: Random;
  logger: Logger;
  /** The day that a time belongs to, as the user counts days. */
  dayOf: DayOf;
}

const BATCH = 500;

/**
 * Keeps the limbic state of one mind: a projection of its event log (ADR 0005). Each move is stored with the event
 * that it follows from, so that none counts twice and none is lost, whenever the process ends. Reading stores nothing.
 */
export class Limbic implements Disposable {
  readonly #options: LimbicOptions;
  readonly #follower: LogFollower;
  #self: Self | null = null;
  /** The last event that `#self` knows of. */
  #seq = 0;
  #generation = -1;

  constructor(options: LimbicOptions) {
    this.#options = options;
    const follow = () => this.#follow();
    this.#follower = new LogFollower({ ...options, follow, trouble: 'the limbic state could not be stored' });
  }

  /** The levels as they are now, with all that has happened; and when they last moved. */
  get now(): { levels: Levels; since: number; load: number } {
    const { self } = this.#upToDate();
    const now = this.#options.clock.now();
    return { levels: read(self.state, now), since: self.movedAt, load: loadOf(self, now) };
  }

  /** What may run without a click, now. */
  get tier(): Tier {
    return tierOf(this.#upToDate().self.state.levels.trust);
  }

  /** The last change of tier, where it was a fall. */
  get downgrade(): Downgrade | null {
    return this.#upToDate().self.lost;
  }

  /** What moved it, and what the user marked, newest first. */
  history(options: { limit: number; axis?: Axis | undefined }): SelfMoment[] {
    this.catchUp();
    return this.#options.mind.read((reader) => readHistory(reader, options));
  }

  /** Marks this moment in the history. Throws `read_only`. */
  mark(text: string): SelfMoment {
    const { mind, clock, random } = this.#options;
    const at = clock.now();
    const id = newId('mark', at, random);
    mind.transact((tx) => {
      tx.run('INSERT INTO limbic_marks (id, at, text) VALUES (?, ?, ?)', id, at, text);
      tx.emit({ type: 'limbic.marked', subject: id, data: { length: text.length } });
    });
    return { kind: 'mark', at, id, text };
  }

  /** Stores what the log has moved. Where nothing can be stored it is tried again; nothing is lost by that. */
  catchUp(): void {
    this.#follower.catchUp();
  }

  dispose(): void {
    this.#follower.dispose();
  }

  #follow(): void {
    const { self, seq, moves } = this.#upToDate();
    if (moves.length > 0) this.#options.mind.transact((tx) => keep(tx, moves));
    // An empty log does not say yet when the self begins.
    if (seq > 0) this.#self = self;
    this.#seq = seq;
  }

  /** The self after the last event there is, and the moves on the way that are not stored yet. */
  #upToDate(): { self: Self; seq: number; moves: Move[] } {
    const { mind, clock, dayOf } = this.#options;
    if (this.#generation !== mind.generation) this.#reload();
    const moves: Move[] = [];
    let self = this.#self ?? newSelf(mind.read(firstEventAt) ?? clock.now());
    let seq = this.#seq;
    for (;;) {
      const events = mind.events(seq, BATCH);
      for (const event of events) {
        const taken = take(self, event, dayOf);
        self = taken.self;
        if (taken.move) moves.push(taken.move);
        seq = event.seq;
      }
      if (events.length < BATCH) return { self, seq, moves };
    }
  }

  /** Takes up what is stored: at the start, and when a backup took the file's place. */
  #reload(): void {
    const { mind, dayOf } = this.#options;
    const stored = mind.read((reader) => readSelf(reader, dayOf));
    this.#self = stored?.self ?? null;
    this.#seq = stored?.seq ?? 0;
    this.#generation = mind.generation;
  }
}

function keep(tx: Transaction, moves: readonly Move[]): void {
  for (const move of moves) {
    writeMove(tx, move);
    tx.emit({ type: 'limbic.moved', subject: move.subject, data: { cause: move.cause, seq: move.seq } });
    const turn = tierChange(move);
    if (turn) tx.emit({ type: 'tier.changed', subject: move.subject, data: turn });
  }
}
