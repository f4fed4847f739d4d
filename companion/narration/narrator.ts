import type { ToLocal } from '../interruption/index.ts';
import { type Clock, type Disposable, Doorbell, Listeners, type Logger } from '../kernel/index.ts';
import { type Event, ProgenyError, type Settings, type StoryDay, type StoryLine } from '../protocol/index.ts';
import { LogFollower, type Mind } from '../store/index.ts';
import { aboutOf } from './about.ts';
import { choose, textOf } from './compose.ts';
import { isFaithful } from './faithful.ts';
import { kindOf, type StoryKind } from './kinds.ts';
import { LiveQueue, OLDEST_MS } from './live-queue.ts';
import { LOOKED_BACK, Repeats } from './repeats.ts';
import type { Rephrase } from './rephrase.ts';
import { eventBefore, insertLine, type LineRow, notLive, readLines, readPlace, writePlace } from './rows.ts';
import { dateOf, dayMarkdown, isDate, rangeOf } from './story-day.ts';
import { plainly, type Words } from './templates.ts';

/** What is known of an event when it is told: looked up each time, so that what was forgotten is told no more. */
export interface Facts {
  /** Id and path of the folder that it is about. */
  readonly workspace: { readonly id: string; readonly path: string } | null;
  readonly words: Words;
  /** It is about something that never leaves this machine. Its words hold no name then. */
  readonly private: boolean;
  /** What a click opens, where the event itself does not say it. */
  readonly about?: StoryLine['about'];
}

export interface NarratorOptions {
  readonly mind: Mind;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: () => Settings;
  readonly local: ToLocal;
  /** Null: what it was about is gone, and there is nothing to tell. */
  facts(event: Event, kind: StoryKind): Facts | null;
  /** Id of a folder by its path. Throws `not_found`. */
  workspaceId(path: string): string;
  /** A model, where there is one; lines that are kept are never its. */
  readonly rephrase?: Rephrase | null;
}

interface DayQuery {
  readonly day?: string | undefined;
  readonly workspace?: string | undefined;
  readonly plain?: boolean | undefined;
}

const BATCH = 200;
const DAY_MS = 24 * 60 * 60 * 1000;
/** So many events without a line are read again after a restart, rather than writing the place for each. */
const PLACE_EVERY = 100;
/** More lines than anybody reads of one day. */
const MOST_OF_DAY = 2000;
const MOST_HELD = 60;

/**
 * Tells the event log of one mind as a story. What is stored of a line is the number of its event and how it was said;
 * its words are looked up each time. The place in the log and the lines are stored in one transaction.
 */
export class Narrator implements Disposable {
  readonly #options: NarratorOptions;
  readonly #queue: LiveQueue;
  readonly #told = new Listeners<StoryLine>();
  readonly #follower: LogFollower;
  #repeats = new Repeats();
  #place = 0;
  #written = 0;
  #generation = -1;
  readonly #closing = new AbortController();
  #closed = false;

  constructor(options: NarratorOptions) {
    this.#options = options;
    this.#queue = new LiveQueue(options.clock, {
      tell: (seq) => void this.#tellLive(seq),
      late: (seqs) => this.#letGo(seqs),
    });
    const follow = () => this.#follow();
    this.#follower = new LogFollower({ ...options, follow, trouble: 'the story waits to be stored' });
  }

  /** Lines, newest first. Throws `not_found` for an unknown folder. */
  list({
    workspace,
    since,
    limit,
  }: {
    workspace?: string | undefined;
    since?: number | undefined;
    limit: number;
  }): StoryLine[] {
    this.catchUp();
    const folder = workspace === undefined ? undefined : this.#options.workspaceId(workspace);
    const lines: StoryLine[] = [];
    let before: number | undefined;
    while (lines.length < limit) {
      const rows = this.#options.mind.read((reader) =>
        readLines(reader, { workspace: folder, since, ...(before !== undefined && { before }), limit }),
      );
      for (const row of rows) lines.push(...this.#render(row));
      before = rows.at(-1)?.line.seq;
      if (rows.length < limit) break;
    }
    return lines.slice(0, limit);
  }

  /** The story of a day, oldest first. Throws `bad_input` for what is no date, `not_found` for an unknown folder. */
  day({ day, workspace, plain }: DayQuery): StoryDay {
    const { clock, settings, local, mind, workspaceId } = this.#options;
    const { loops, narration } = settings();
    const options = { local, startsAt: loops.dayStartsAt, plain: plain ?? narration.plain };
    const wanted = day ?? dateOf(clock.now(), options);
    if (!isDate(wanted)) {
      const message = `"${wanted}" is no date of the calendar; expected one such as "2026-03-02".`;
      throw new ProgenyError('bad_input', message, { fields: [{ path: 'day', message }] });
    }
    this.catchUp();
    const range = rangeOf(wanted, options);
    const folder = workspace === undefined ? undefined : workspaceId(workspace);
    const lines = mind
      .read((reader) => readLines(reader, { ...range, workspace: folder, limit: MOST_OF_DAY }))
      .filter(({ line }) => range.has(line.at))
      .flatMap((row) => this.#render(row))
      .reverse();
    return { day: wanted, lines, markdown: dayMarkdown(wanted, lines, options) };
  }

  /** Lines as they are told. A reader that is too slow for two a second loses the oldest. */
  async *watch(signal?: AbortSignal): AsyncGenerator<StoryLine, void> {
    const bell = new Doorbell();
    const held: StoryLine[] = [];
    const listening = this.#told.add((line) => {
      held.push(line);
      if (held.length > MOST_HELD) held.shift();
      bell.ring();
    });
    try {
      while (!signal?.aborted) {
        const line = held.shift();
        if (line) yield line;
        else await bell.wait(signal);
      }
    } finally {
      listening.dispose();
    }
  }

  /** Tells what the log has since the last time. Where nothing can be stored it is tried again. */
  catchUp(): void {
    this.#follower.catchUp();
  }

  dispose(): void {
    this.#closed = true;
    this.#closing.abort(new Error('The story is over.'));
    this.#follower.dispose();
    this.#queue.dispose();
    this.#told.clear();
  }

  #follow(): void {
    try {
      if (this.#generation !== this.#options.mind.generation) this.#reload();
      while (this.#take() === BATCH);
    } catch (error) {
      this.#generation = -1;
      throw error;
    }
  }

  #reload(): void {
    const { mind, clock } = this.#options;
    const place = mind.read(readPlace);
    this.#place = place ?? mind.read((reader) => eventBefore(reader, clock.now() - DAY_MS));
    this.#written = this.#place;
    this.#repeats = new Repeats();
    const last = mind.read((reader) => readLines(reader, { limit: LOOKED_BACK })).reverse();
    for (const row of last) for (const { text } of this.#render(row)) this.#repeats.add(text);
    this.#generation = mind.generation;
  }

  /** Tells a batch of events; how many there were. */
  #take(): number {
    const { mind, clock, settings } = this.#options;
    const { narration } = settings();
    const events = mind.events(this.#place, BATCH);
    const last = events.at(-1);
    if (!last) return 0;
    const now = clock.now();
    const lines = narration.on ? events.flatMap((event) => this.#lineOf(event, now) ?? []) : [];
    if (lines.length > 0 || last.seq - this.#written >= PLACE_EVERY || !narration.on) {
      mind.record((writer) => {
        for (const line of lines) insertLine(writer, line);
        writePlace(writer, last.seq);
      });
      this.#written = last.seq;
    }
    this.#place = last.seq;
    this.#queue.add(lines.filter(({ live }) => live));
    return events.length;
  }

  #lineOf(event: Event, now: number): LineRow | null {
    const kind = kindOf(event);
    const facts = kind && this.#options.facts(event, kind);
    if (!kind || !facts) return null;
    const choice = choose(kind, facts.words, event.seq, this.#options.settings().narration, this.#repeats);
    if (!choice) return null;
    this.#repeats.add(textOf(choice, facts.words) ?? '');
    const { seq, at } = event;
    return { ...choice, seq, at, workspace: facts.workspace?.id ?? null, live: now - at <= OLDEST_MS };
  }

  #render({ line, event }: { line: LineRow; event: Event }): StoryLine[] {
    const facts = this.#options.facts(event, line.kind);
    const plain = facts && plainly(line.kind, facts.words);
    const text = facts && textOf(line, facts.words);
    if (!facts || !plain || !text) return [];
    const { seq, at, speaker, importance, live } = line;
    return [
      {
        id: `story_${seq}`,
        at,
        seq,
        speaker,
        text: this.#options.settings().narration.plain ? plain : text,
        plain,
        importance,
        workspace: facts.workspace?.path ?? null,
        subject: event.subject,
        about: facts.about ?? aboutOf(line.kind, event),
        live,
      },
    ];
  }

  async #tellLive(seq: number): Promise<void> {
    const { mind, settings, rephrase, facts, logger } = this.#options;
    const [row] = mind.read((reader) => readLines(reader, { before: seq + 1, limit: 1 }));
    const [line] = row?.line.seq === seq ? this.#render(row) : [];
    if (!row || !line || !settings().narration.on) return;
    let { text } = line;
    if (rephrase && !settings().narration.plain) {
      const onlyLocal = facts(row.event, row.line.kind)?.private ?? true;
      const { speaker, plain, importance, workspace } = line;
      const { signal } = this.#closing;
      const asked = { speaker, plain, importance, workspace, onlyLocal, signal };
      const said = await rephrase(asked).catch((error: unknown) => {
        if (!signal.aborted) logger.warn({ error: String(error) }, 'a line could not be said in other words');
        return null;
      });
      if (said !== null && isFaithful(said, plain)) text = said.trim();
    }
    if (!this.#closed) this.#told.tell({ ...line, text });
  }

  #letGo(seqs: readonly number[]): void {
    try {
      this.#options.mind.record((writer) => notLive(writer, seqs));
    } catch (error) {
      this.#options.logger.warn({ error: String(error) }, 'late lines could not be marked');
    }
  }
}
