import type { z } from 'zod';
import type { ToLocal } from '../interruption/index.ts';
import { type Clock, type Disposable, Listeners, type Logger, newId, type Random } from '../kernel/index.ts';
import { type Pattern, ProgenyError, type patternsListInput, type Settings } from '../protocol/index.ts';
import type { Mind, Transaction } from '../store/index.ts';
import type { WorkEvent } from '../timeline/index.ts';
import { explain } from './explain.ts';
import { type FoundPattern, type PatternKey, type PatternState, patternFold } from './fold.ts';
import { DAY, MINUTE, type PatternContext } from './pattern.ts';
import {
  activeId,
  endPattern,
  insertPattern,
  newestRow,
  type PatternRow,
  patternRow,
  patternRows,
  toPattern,
} from './rows.ts';

export interface PatternKeeperOptions {
  readonly mind: Mind;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly settings: () => Settings;
  readonly local: ToLocal;
  /** What a loop is called; null where it is gone. */
  titleOf(loop: string): string | null;
  /** What happened from then on, oldest first, after the last sign of work in each workspace before. */
  history(since: number): WorkEvent[];
  /** Lets others have their turn. */
  pause(): Promise<void>;
}

/** So many events are taken up between two pauses. */
const AT_ONCE = 200;
/** Beyond what is usual, for what began before it. */
const MORE_DAYS = 2;
const MOST_UNSAVED = 1_000;

/** Keeps the patterns of one mind: takes up the timeline at the start, then follows it and the time. */
export class PatternKeeper {
  readonly changed = new Listeners<void>();
  readonly #options: PatternKeeperOptions;
  readonly #ticking: Disposable;
  #state: PatternState = patternFold.empty;
  #ready = false;
  #arrived: WorkEvent[] = [];
  #closed = false;
  /** What happened and is not stored yet, since the disk was in trouble. */
  #unsaved: ((tx: Transaction) => void)[] = [];

  constructor(options: PatternKeeperOptions) {
    this.#options = options;
    this.#ticking = options.clock.every(MINUTE, () => this.#step('tick', options.clock.now()));
  }

  /** Reads the days that matter, and brings what is stored in line with them. */
  async start(): Promise<void> {
    const { clock, settings, history, pause } = this.#options;
    const since = clock.now() - (settings().patterns.baselineDays + MORE_DAYS) * DAY;
    const waiting = history(since);
    let state = patternFold.empty;
    for (const [i, event] of waiting.entries()) {
      if (i % AT_ONCE === AT_ONCE - 1) await pause();
      if (this.#closed) return;
      state = patternFold.step(state, event, event.at, this.#context).state;
    }
    for (const event of this.#arrived) state = patternFold.step(state, event, event.at, this.#context).state;
    this.#arrived = [];
    this.#state = patternFold.step(state, 'tick', clock.now(), this.#context).state;
    this.#ready = true;
    this.#reconcile();
    this.changed.tell();
  }

  /** Takes what happened; until the start is complete it waits. */
  take(events: readonly WorkEvent[]): void {
    if (!this.#ready) {
      this.#arrived.push(...events);
      return;
    }
    const now = this.#options.clock.now();
    for (const event of events) this.#step(event, now);
  }

  /** Newest first, with evidence and words as of now. */
  list(input: z.output<typeof patternsListInput>): Pattern[] {
    const live = this.#live();
    return this.#options.mind
      .read((reader) => patternRows(reader, input))
      .map((row) => this.#told(row, live.get(keyOf(row))));
  }

  /** With evidence and words as of now; null where there is none. */
  find(id: string): Pattern | null {
    const row = this.#options.mind.read((reader) => patternRow(reader, id));
    if (!row) return null;
    return this.#told(row, row.status === 'active' ? this.#live().get(keyOf(row)) : undefined);
  }

  /** The user does not want to hear of it any more, for as long as it lasts. Throws `not_found`. */
  dismiss(id: string): Pattern {
    const { mind, clock } = this.#options;
    const row = mind.read((reader) => patternRow(reader, id));
    if (!row)
      throw new ProgenyError('not_found', `There is no pattern "${id}". \`progeny patterns\` lists them.`);
    if (row.status === 'active') {
      mind.transact((tx) => endPattern(tx, id, 'dismissed', clock.now()));
      this.#state = patternFold.dismiss(this.#state, row);
      this.changed.tell();
    }
    return this.#told(mind.read((reader) => patternRow(reader, id)) ?? row, undefined);
  }

  /** A workspace was forgotten with all that is stored of it. */
  forget(workspace: string): void {
    this.#state = patternFold.forget(this.#state, workspace);
    this.changed.tell();
  }

  dispose(): void {
    this.#closed = true;
    this.#ticking.dispose();
    this.changed.clear();
  }

  get #context(): PatternContext {
    return { settings: this.#options.settings(), local: this.#options.local };
  }

  #step(input: WorkEvent | 'tick', now: number): void {
    if (!this.#ready || this.#closed) return;
    const { state, found, resolved, recovered } = patternFold.step(this.#state, input, now, this.#context);
    this.#state = state;
    for (const pattern of found) this.#unsaved.push(this.#insertion(pattern));
    for (const episode of resolved) this.#unsaved.push((tx) => this.#end(tx, episode));
    for (const workspace of recovered)
      this.#unsaved.push((tx) => tx.emit({ type: 'tests.recovered', subject: workspace }));
    if (this.#unsaved.length > 0) this.#save();
  }

  /** What is stored and what the days say: what began or ended while nobody looked is told now. */
  #reconcile(): void {
    const { mind, clock } = this.#options;
    const live = this.#live();
    const stored = mind.read((reader) => patternRows(reader, { all: false, limit: -1 }));
    const known = new Set(stored.map(keyOf));
    for (const row of stored)
      if (!live.has(keyOf(row))) this.#unsaved.push((tx) => endPattern(tx, row.id, 'resolved', clock.now()));
    for (const [key, pattern] of live) {
      if (known.has(key)) continue;
      const before = mind.read((reader) => newestRow(reader, pattern));
      // A dismissal holds for what began before it.
      if (before?.status === 'dismissed' && pattern.since <= before.changed_at)
        this.#state = patternFold.dismiss(this.#state, pattern);
      else this.#unsaved.push(this.#insertion({ ...pattern, at: clock.now() }));
    }
    if (this.#unsaved.length > 0) this.#save();
  }

  #save(): void {
    const { mind, logger } = this.#options;
    const unsaved = this.#unsaved;
    try {
      mind.transact((tx) => {
        for (const write of unsaved) write(tx);
      });
      this.#unsaved = [];
      this.changed.tell();
    } catch (error) {
      this.#unsaved = unsaved.slice(-MOST_UNSAVED);
      logger.warn({ error: String(error), waiting: unsaved.length }, 'patterns wait to be stored');
    }
  }

  #insertion(pattern: FoundPattern): (tx: Transaction) => void {
    const { clock, random } = this.#options;
    const id = newId('pattern', clock.now(), random);
    return (tx) => {
      // A workspace may have been forgotten meanwhile.
      if (!tx.get('SELECT 1 FROM workspaces WHERE id = ?', pattern.workspace) || activeId(tx, pattern))
        return;
      insertPattern(tx, id, pattern);
    };
  }

  #end(tx: Transaction, episode: PatternKey): void {
    const id = activeId(tx, episode);
    if (id) endPattern(tx, id, 'resolved', this.#options.clock.now());
  }

  #live(): Map<string, FoundPattern> {
    const active = patternFold.active(this.#state, this.#options.clock.now(), this.#context);
    return new Map(active.map((pattern) => [keyOf(pattern), pattern]));
  }

  #told(row: PatternRow, live: FoundPattern | undefined): Pattern {
    const { clock, local, titleOf } = this.#options;
    const current = row.status === 'active' ? live : undefined;
    const pattern = toPattern(row, current);
    const title = row.subject.startsWith('loop_') ? titleOf(row.subject) : null;
    const at = row.status === 'active' ? clock.now() : row.changed_at;
    return { ...pattern, text: explain({ ...pattern, title }, at, local) };
  }
}

function keyOf({ workspace, kind, subject }: PatternKey): string {
  return `${workspace} ${kind} ${subject}`;
}
