import type { Clock, Disposable, Logger } from '../kernel/index.ts';
import type { Event } from '../protocol/index.ts';
import type { Mind, Reader, Writer } from '../store/index.ts';
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
const SETTLES_MS = 20;
const AGAIN_MS = 60_000;
const LOOKS_BACK_MS = 6 * 60 * 60 * 1000;
const BATCH = 500;

/**
 * Follows the event log: sees how what was voted on came out, and which notes no mask fits. What follows from an event is
 * stored with its place in the log, in one transaction, so that it comes to the same end wherever it is killed, and
 * nothing is scored twice.
 */
export class Observer implements Disposable {
  readonly #options: ObserverOptions;
  readonly #listening: Disposable;
  readonly #regularly: Disposable;
  #timer: Disposable | null = null;
  #disposed = false;

  constructor(options: ObserverOptions) {
    this.#options = options;
    this.#listening = options.mind.committed.add(() => this.#schedule(SETTLES_MS));
    this.#regularly = options.clock.every(LOOKS_BACK_MS, () => this.#schedule(0));
    this.#schedule(0);
  }

  /** Takes up what the log has told since, and what is due. Where nothing can be stored it is tried again. */
  catchUp(): void {
    if (this.#disposed) return;
    try {
      this.#follow();
      this.#lookBack();
    } catch (error) {
      this.#options.logger.warn({ error: String(error) }, 'outcomes could not be stored');
      this.#schedule(AGAIN_MS);
    }
  }

  dispose(): void {
    this.#disposed = true;
    this.#listening.dispose();
    this.#regularly.dispose();
    this.#timer?.dispose();
  }

  #schedule(ms: number): void {
    if (this.#disposed) return;
    this.#timer ??= this.#options.clock.after(ms, () => {
      this.#timer = null;
      this.catchUp();
    });
  }

  #follow(): void {
    const { mind } = this.#options;
    let place = mind.read(readPlace);
    if (place === null) {
      this.#keepPlace(mind.seq);
      return;
    }
    const began = place;
    for (;;) {
      const events = mind.events(place, BATCH);
      for (const event of events) {
        this.#take(event);
        place = event.seq;
      }
      if (events.length < BATCH) break;
    }
    if (place > began) this.#keepPlace(place);
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

  #keepPlace(seq: number): void {
    this.#options.mind.record((writer) => writePlace(writer, seq));
  }
}

/** What was over before it was asked is no outcome of it. */
function judgedBy(reader: Reader, sign: Sign, at: number): [Stored, Observed][] {
  return readWaiting(reader, { about: sign.about }).flatMap((proposal): [Stored, Observed][] => {
    const observed = at > proposal.at ? judge(proposal, sign) : null;
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
