import type { Clock, Disposable, Logger } from '../kernel/index.ts';
import type { Event } from '../protocol/index.ts';
import { LogFollower, type Mind, type Reader, type Writer } from '../store/index.ts';
import type { Advisers } from './advisers.ts';
import { judge, judgeLater, type LoopState, type Observed, type Sign, signOf } from './outcomes.ts';
import { readWaiting, type Stored } from './proposal-rows.ts';
import type { Scoring } from './scoring.ts';

export interface ObserverOptions {
  readonly mind: Mind;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly advisers: Pick<Advisers, 'offerFor' | 'offer'>;
  readonly scoring: Scoring;
}

const PLACE = 'council.place';
const LOOKS_BACK_MS = 6 * 60 * 60 * 1000;
const BATCH = 500;
const KEEPS_EVERY = 200;

/**
 * Follows the event log: sees how what was voted on came out, and which notes no mask fits. What follows from an event is
 * stored with its place in the log, in one transaction, so that it comes to the same end wherever it is killed, and
 * nothing is scored twice.
 */
export class Observer implements Disposable {
  readonly #options: ObserverOptions;
  readonly #follower: LogFollower;
  readonly #regularly: Disposable;
  /** The last event that was looked at, and the last that is known to the store as such. */
  #place = 0;
  #stored = 0;
  #generation = -1;

  constructor(options: ObserverOptions) {
    this.#options = options;
    const follow = () => {
      this.#follow();
      this.#lookBack();
    };
    this.#follower = new LogFollower({ ...options, follow, trouble: 'outcomes could not be stored' });
    this.#regularly = options.clock.every(LOOKS_BACK_MS, () => this.#follower.soon(0));
  }

  /** Takes up what the log has told since, and what is due. Where nothing can be stored it is tried again. */
  catchUp(): void {
    this.#follower.catchUp();
  }

  dispose(): void {
    this.#follower.dispose();
    this.#regularly.dispose();
  }

  #follow(): void {
    const { mind } = this.#options;
    if (this.#generation !== mind.generation) {
      this.#stored = mind.read(readPlace) ?? this.#keepPlace(mind.seq);
      this.#place = this.#stored;
      this.#generation = mind.generation;
    }
    for (;;) {
      const events = mind.events(this.#place, BATCH);
      for (const event of events) {
        this.#take(event);
        this.#place = event.seq;
      }
      if (events.length < BATCH) break;
    }
    // Events that are looked at again after a crash change nothing anew, so the place need not be kept each time.
    if (this.#place - this.#stored >= KEEPS_EVERY) this.#stored = this.#keepPlace(this.#place);
  }

  #take(event: Event): void {
    const { mind, advisers, scoring } = this.#options;
    if (event.type === 'whisper.added') {
      const offer = mind.read((reader) => advisers.offerFor(reader, event.subject));
      if (offer)
        mind.transact((tx) => {
          advisers.offer(tx, offer);
          writePlace(tx, event.seq);
        });
      return;
    }
    const sign = signOf(event);
    const observed = sign === null ? [] : mind.read((reader) => judgedBy(reader, sign, event.at));
    if (observed.length > 0)
      mind.transact((tx) => {
        for (const [proposal, how] of observed) scoring.settle(tx, proposal, how);
        writePlace(tx, event.seq);
      });
  }

  /** Ninety days after a vote, or after the decision on it, how it stands is its outcome. */
  #lookBack(): void {
    const { mind, clock, scoring } = this.#options;
    const now = clock.now();
    for (const { id } of mind.read((reader) => readWaiting(reader, { due: now })))
      mind.transact((tx) => {
        const proposal = readWaiting(tx, { due: now }).find((each) => each.id === id);
        if (!proposal) return;
        const loops = [proposal.subject, proposal.child].map((loop) => loopState(tx, loop));
        scoring.settle(tx, proposal, judgeLater(proposal, loops, now));
      });
  }

  #keepPlace(seq: number): number {
    this.#options.mind.record((writer) => writePlace(writer, seq));
    return seq;
  }
}

/** What was over before it was asked is no outcome of it. */
function judgedBy(reader: Reader, sign: Sign, at: number): [Stored, Observed][] {
  return readWaiting(reader, { about: sign.about }).flatMap((proposal): [Stored, Observed][] => {
    if (at <= proposal.at) return [];
    // What was before the decision is judged as it was then, also when it is looked at again.
    const early = proposal.decision !== null && at < proposal.decision.at;
    const observed = judge(early ? { ...proposal, decision: null } : proposal, sign);
    return observed ? [[proposal, observed]] : [];
  });
}

function readPlace(reader: Reader): number | null {
  const row = reader.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', PLACE);
  return row ? Number(row.value) : null;
}

function writePlace(tx: Writer, seq: number): void {
  tx.run('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', PLACE, String(seq));
}

function loopState(reader: Reader, id: string | null): LoopState {
  const sql = 'SELECT status, touched_at AS touchedAt FROM loops WHERE id = ?';
  return reader.get<{ status: string; touchedAt: number }>(sql, id) ?? null;
}
