import type { z } from 'zod';
import { type RunText, runTexts } from './agency/index.ts';
import { type Clock, clip } from './kernel/index.ts';
import { derivedFrom, type Selected, saysAll, select } from './memory/index.ts';
import type { ForgetSelector, Forgotten, forgetInput, MemoryKind } from './protocol/index.ts';
import { scrubSetAside } from './scrub-set-aside.ts';
import { type Store, type Tombstone, workspaceId } from './store/index.ts';

export interface ForgettingOptions {
  store: Store;
  clock: Clock;
  dataDirectory: string;
  /** How many daily and weekly backups are kept, which tells until when one exists. */
  kept(): { dailyBackups: number; weeklyBackups: number };
  /** Takes what is gone out of working files and the copies beside them. */
  cleanFiles(workspaceIds: readonly string[], traces: Traces): Promise<void>;
  /** Takes subjects out of the themes. */
  forgetSubjects(ids: readonly string[]): Promise<void>;
  /** Ends runs of delegated work that are being forgotten, and removes what they hold besides their rows. */
  endRuns(ids: readonly string[]): Promise<void>;
}

/** By what a copy of something forgotten is known. */
export interface Traces {
  readonly ids: readonly string[];
  /** Beginnings of its lines. */
  readonly lines: readonly string[];
}

const EXCERPT = 120;
const MOST_SHOWN = 50;
const DAY = 24 * 60 * 60 * 1000;

/** Forgetting, through everything that holds a copy. */
export class Forgetting {
  readonly #options: ForgettingOptions;

  constructor(options: ForgettingOptions) {
    this.#options = options;
  }

  /**
   * Forgets what fits the selector: records with their vectors and words, whispers and decisions that they mirror,
   * summaries of nothing else, runs of delegated work that say it, working files, what was set aside. On disk when it
   * resolves. Backups that were taken before keep it until they expire, and forget it when they are restored. Throws
   * `not_found`, `read_only`.
   */
  async forget({ select: selector, dryRun }: z.output<typeof forgetInput>): Promise<Forgotten> {
    const { store, clock } = this.#options;
    const { mind } = store;
    const selected = mind.read((reader) => {
      const workspace = selector.workspace === undefined ? null : workspaceId(reader, selector.workspace);
      const found = select(reader, selector, workspace);
      const asked = new Set(found.map(({ origin }) => origin));
      const runs = runTexts(reader, workspace).filter(
        (run) => fits(run, selector) || (run.proposal !== null && asked.has(run.proposal)),
      );
      const votes = runs.flatMap(({ proposal }) => proposal ?? []);
      const known = new Set(found.map(({ id }) => id));
      const about = votes.length === 0 ? [] : select(reader, { ids: votes }, null);
      const fitting = [...found, ...about.filter(({ id }) => !known.has(id))];
      const derived = derivedFrom(reader, new Set(fitting.map(({ id }) => id)));
      return { fitting, derived, runs, votes };
    });
    const going = [...selected.fitting, ...selected.derived];
    const { runs, votes } = selected;
    const reply = {
      ...counts(going, selected.derived),
      runs: runs.length,
      backups: await this.backups(),
    };
    if (dryRun || going.length + runs.length === 0) {
      const all = [...going.map(shown), ...runs.map(shownRun)];
      return { ...reply, preview: dryRun ? all.slice(0, MOST_SHOWN) : [] };
    }
    store.guard.assertWritable();
    const ended = runs.map(({ id }) => id);
    await this.#options.endRuns(ended);
    const at = clock.now();
    const tombstones = going.flatMap((each): Tombstone[] => {
      const origin = each.origin === null || mirrors(each) ? null : mind.digest(each.origin);
      const own = { id: each.id, origin, at };
      return mirrors(each) ? [own, { id: each.origin!, origin: null, at }] : [own];
    });
    const ofRuns = [...ended, ...votes].map((id) => ({ id, origin: null, at }));
    const known = new Set(tombstones.map(({ id }) => id));
    await this.#bury([...tombstones, ...ofRuns.filter(({ id }) => !known.has(id))], going);
    return { ...reply, preview: [] };
  }

  /**
   * Forgets everything that was remembered of a workspace, before the workspace itself goes. What is imported again later
   * is taken up again. Throws `read_only`.
   */
  async forgetWorkspace(workspace: string): Promise<void> {
    const { store, clock } = this.#options;
    const at = clock.now();
    const [going, others] = store.mind.read((reader) => [
      select(reader, {}, workspace),
      ['loops', 'whispers', 'decisions', 'proposals', 'turns', 'conversations', 'wheel_runs'].flatMap(
        (table) => reader.all<{ id: string }>(`SELECT id FROM ${table} WHERE workspace = ?`, workspace),
      ),
    ]);
    const ids = [...going, ...others].map(({ id }) => ({ id, origin: null, at }));
    if (ids.length > 0) await this.#bury(ids, going);
  }

  /** Forgets a conversation: these ids, and what was remembered of them. On disk when it resolves. Throws `read_only`. */
  async forgetConversation(ids: readonly string[]): Promise<void> {
    const { store, clock } = this.#options;
    const going = store.mind.read((reader) => {
      const said = select(reader, { ids: [...ids] }, null);
      return [...said, ...derivedFrom(reader, new Set(said.map(({ id }) => id)))];
    });
    const at = clock.now();
    const all = new Set([...ids, ...going.map(({ id }) => id)]);
    await this.#bury(
      [...all].map((id) => ({ id, origin: null, at })),
      going,
    );
  }

  /** In the hub first, so that nothing brings it back; then in the mind; then wherever a copy may lie. */
  async #bury(tombstones: readonly Tombstone[], going: readonly Selected[]): Promise<void> {
    const { hub, mind } = this.#options.store;
    hub.addTombstones(mind.actor, tombstones);
    await this.#options.forgetSubjects(tombstones.map(({ id }) => id));
    const { loops } = mind.bury(tombstones);
    const traces = {
      ids: [...tombstones.map(({ id }) => id), ...loops],
      lines: going.flatMap(({ content }) => linesOf(content)),
    };
    const workspaces = new Set(going.flatMap(({ workspace }) => workspace ?? []));
    await this.#options.cleanFiles([...workspaces], traces);
    await scrubSetAside(this.#options.dataDirectory, tombstones, traces.lines);
  }

  /** Backups that there are, with the time at which each is gone by itself. */
  async backups(): Promise<Forgotten['backups']> {
    const { dailyBackups, weeklyBackups } = this.#options.kept();
    const days = { daily: dailyBackups, weekly: weeklyBackups * 7, manual: null };
    return (await this.#options.store.backups.list()).map(({ id, at, kind }) => {
      const kept = days[kind];
      return { id, until: kept === null ? null : at + kept * DAY };
    });
  }
}

function counts(going: readonly Selected[], derived: readonly Selected[]) {
  const mirrored = going.filter(mirrors);
  return {
    memories: going.length,
    whispers: mirrored.filter(({ kind }) => kind === 'whisper').length,
    decisions: mirrored.filter(({ kind }) => kind === 'decision').length,
    derived: derived.length,
  };
}

/** Whether a run is meant by all that a selector says. It has no tags, and what it is about is no file. Pure. */
function fits(run: RunText, selector: ForgetSelector): boolean {
  const { ids, query, tag, since, until, file, author, writtenBy } = selector;
  if (tag !== undefined || file !== undefined) return false;
  return (
    (ids === undefined || ids.includes(run.id) || ids.includes(run.proposal ?? '')) &&
    (query === undefined || saysAll(run.text, query)) &&
    (since === undefined || run.at >= since) &&
    (until === undefined || run.at <= until) &&
    (author === undefined || run.name.toLowerCase() === author.toLowerCase()) &&
    (writtenBy === undefined || (run.by === 'mind' ? 'companion' : run.by) === writtenBy)
  );
}

function shownRun({ id, sentence, at }: RunText): Forgotten['preview'][number] {
  return { id, kind: 'observation', excerpt: clip(sentence, EXCERPT), happenedAt: at };
}

/** It stands for a whisper, a decision, a question to the council or something said in a conversation, with an id of its own. */
function mirrors({ origin }: Selected): boolean {
  return /^(?:whisper|decision|proposal|turn|answer)_/.test(origin ?? '');
}

function shown({ id, kind, content, happened_at }: Selected): Forgotten['preview'][number] {
  const excerpt = clip(content.replace(/\s+/g, ' ').trim(), EXCERPT);
  return { id, kind: kind as MemoryKind, excerpt, happenedAt: happened_at };
}

/** The beginnings of its lines, where they are long enough to be nobody else's: titles are clipped. Pure. */
function linesOf(content: string): string[] {
  const [LONG, BEGINNING] = [12, 60];
  return content
    .split(/\n| → /)
    .map((line) => line.trim().slice(0, BEGINNING))
    .filter((line) => line.length >= LONG);
}
