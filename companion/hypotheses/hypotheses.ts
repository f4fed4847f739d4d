import { clip, type Random } from '../kernel/index.ts';
import { ProgenyError } from '../protocol/index.ts';
import type { Mind, Reader, Tombstone } from '../store/index.ts';
import type { WorkEvent } from '../timeline/index.ts';
import { answered, isDue } from './answering.ts';
import { form, weighAnew } from './changes.ts';
import { births, knownBeliefs, testedBy, WINDOW_WEEKS } from './considering.ts';
import { type EvidenceKind, subjectKey } from './generator.ts';
import { type Answer, type Evidence, type Hypothesis, isAffirmed, isLive } from './hypothesis.ts';
import { type Offered, offer } from './offering.ts';
import * as rows from './rows.ts';
import { type Calendar, endOf, localDay, type Week, weekOf, weeksOf } from './weeks.ts';

/** What is taken up into what is learned. */
export interface Belief {
  readonly hypothesis: string;
  readonly text: string;
  readonly except: string | null;
}

/** Keeps what is learned. */
export interface Learning {
  /** Takes a belief up, or what changed of it; doing so twice is the same as once. */
  learn(belief: Belief, reason: string): unknown;
  /** Takes it out again; one that is not there is none. */
  unlearn(hypothesis: string, reason: string): unknown;
}

export interface HypothesesOptions {
  readonly mind: Mind;
  readonly random: Random;
  calendar(): Calendar;
  /** How many are offered for review on one day. */
  perDay(): number;
  /** The user's work from `from` until before `until`, in the order of time. */
  work(from: number, until: number): readonly WorkEvent[];
  /** Where confirmed beliefs go. */
  readonly heritage: Learning;
  /** Forgets what a tombstone stands for, everywhere. */
  bury(tombstone: Tombstone): unknown;
  /** Lets others have their turn. */
  pause(): Promise<void>;
}

/** What a run of `consider` did. */
export interface Considered {
  /** Weeks of work that were looked at. */
  readonly weeks: number;
  readonly formed: number;
  readonly withdrawn: number;
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
/** What is learned is no longer than this; names of files may be. */
const LONGEST_TEXT = 1000;
/** So many weeks back a first run begins. */
const FIRST_WEEKS = 26;

/** Beliefs about the user: formed from their work alone, tested week by week, learned only after their Yes. */
export class Hypotheses {
  readonly #options: HypothesesOptions;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: HypothesesOptions) {
    this.#options = options;
  }

  /**
   * Tests what is believed by each week that has ended since the last time, and forms what those weeks bear out. A week
   * is one transaction: after a crash or `signal` the next run goes on with the week that was not finished, and a second
   * run on the same day changes nothing. Rejects with the reason of `signal`, or `read_only`.
   */
  consider(now: number, signal?: AbortSignal): Promise<Considered> {
    const run = this.#last.then(() => this.#consider(now, signal));
    this.#last = run.catch(() => {});
    return run;
  }

  /** Today's beliefs to review, and how many wait for another day. What is shown for the first time counts as offered. */
  queue(now: number): { items: Hypothesis[]; more: number } {
    const { offered, before, waiting } = this.#turn(now);
    const items = offered.ids.flatMap((id) => waiting.find((each) => each.id === id) ?? []);
    const fresh = items.filter(({ id }) => before?.day !== offered.day || !before.ids.includes(id));
    if (fresh.length > 0) this.#noteOffered(offered, fresh, now);
    return { items, more: waiting.length - items.length };
  }

  /** What `queue` would tell, without counting it as offered. */
  peek(now: number): Hypothesis[] {
    const { offered, waiting } = this.#turn(now);
    return offered.ids.flatMap((id) => waiting.find((each) => each.id === id) ?? []);
  }

  list(): Hypothesis[] {
    return this.#options.mind.read(rows.readHypotheses);
  }

  evidenceOf(id: string): Evidence[] {
    return this.#options.mind.read((reader) => rows.readEvidence(reader, id));
  }

  /** Throws `not_found`. */
  get(id: string): Hypothesis {
    return this.#options.mind.read((reader) => found(reader, id));
  }

  /**
   * Takes an answer; it may be changed later. With the user's Yes and three weeks that bore it out it becomes learned;
   * with a No it is taken out of there. Throws `not_found`, `conflict` for one that is withdrawn, `read_only`.
   */
  async answer(id: string, said: Answer, now: number): Promise<Hypothesis> {
    this.#options.mind.transact((tx) => {
      const before = found(tx, id);
      const after = answered(before, said, now);
      const learnedAnew = isAffirmed(after) && after.exceptWhen !== before.exceptWhen;
      rows.writeHypothesis(tx, learnedAnew ? { ...after, learnedAt: null } : after);
      const { generator } = after;
      tx.emit({ type: 'hypothesis.answered', subject: id, data: { answer: said.answer, generator } });
    });
    await this.promote(now);
    return this.get(id);
  }

  /** Forgets a belief with its evidence; only later work can form it anew. Throws `not_found`, `read_only`. */
  async forget(id: string, now: number): Promise<void> {
    const { mind, bury, heritage } = this.#options;
    const hypothesis = this.get(id);
    if (hypothesis.learnedAt !== null) await heritage.unlearn(id, 'The user forgot the belief.');
    const origin = mind.digest(subjectKey(hypothesis.generator, hypothesis));
    await bury({ id, origin, at: now });
  }

  /** Takes what points into a folder that is forgotten out of the evidence; beliefs about it go with the folder. */
  forgetWorkspace(workspace: string): void {
    this.#options.mind.transact((tx) => {
      const changed = rows.forgetRefs(tx, workspace);
      if (changed > 0)
        tx.emit({ type: 'hypothesis.evidence_forgotten', subject: workspace, data: { changed } });
    });
  }

  /**
   * Carries into what is learned what follows from answers and weeks; what a crash left undone is done
   * now. Returns how many beliefs were learned. Throws `read_only`.
   */
  async promote(now: number): Promise<number> {
    const { heritage, mind } = this.#options;
    let promoted = 0;
    for (const hypothesis of this.list()) {
      const { id, sentence, exceptWhen, learnedAt } = hypothesis;
      if (isDue(hypothesis)) {
        const text = clip(sentence, LONGEST_TEXT);
        await heritage.learn({ hypothesis: id, text, except: exceptWhen }, reasonOf(hypothesis));
        mind.transact((tx) => {
          rows.writeHypothesis(tx, { ...found(tx, id), learnedAt: now });
          tx.emit({ type: 'hypothesis.promoted', subject: id, data: { generator: hypothesis.generator } });
        });
        promoted++;
      } else if (learnedAt !== null && !isLive(hypothesis)) {
        const denied = hypothesis.status === 'denied';
        await heritage.unlearn(
          id,
          denied ? 'The user denied it.' : 'The work of the last weeks did not bear it out.',
        );
        mind.transact((tx) => {
          rows.writeHypothesis(tx, { ...found(tx, id), learnedAt: null });
          tx.emit({ type: 'hypothesis.unlearned', subject: id });
        });
      }
    }
    return promoted;
  }

  async #consider(now: number, signal?: AbortSignal): Promise<Considered> {
    const { mind, pause } = this.#options;
    const thisWeek = weekOf(localDay(now, this.#options.calendar()).day);
    const before = mind.read(rows.readWeek);
    let [formed, withdrawn, looked] = [0, 0, 0];
    if (before === null || before < thisWeek - 1) {
      const first = before === null ? thisWeek - FIRST_WEEKS : before + 1;
      const weeks = await this.#read(now, thisWeek - first + WINDOW_WEEKS, signal);
      for (const week of weeks.filter(({ number }) => first <= number && number < thisWeek)) {
        signal?.throwIfAborted();
        const window = weeks.filter(
          ({ number }) => week.number - WINDOW_WEEKS < number && number <= week.number,
        );
        const done = await this.#step(week, window);
        formed += done.formed;
        withdrawn += done.withdrawn;
        looked++;
        await pause();
      }
    }
    signal?.throwIfAborted();
    withdrawn += this.#fade(now, thisWeek - 1);
    return { weeks: looked, formed, withdrawn };
  }

  async #read(now: number, weeks: number, signal?: AbortSignal): Promise<Week[]> {
    const { work, pause, calendar } = this.#options;
    const events: WorkEvent[] = [];
    for (let from = now - weeks * WEEK_MS; from < now; from += WEEK_MS) {
      signal?.throwIfAborted();
      events.push(...work(from, Math.min(from + WEEK_MS, now)));
      await pause();
    }
    return weeksOf(events, calendar());
  }

  /** One week: each belief is tested by it, and what the weeks up to it bear out is formed. */
  async #step(week: Week, window: readonly Week[]): Promise<{ formed: number; withdrawn: number }> {
    const { mind, pause, calendar, random } = this.#options;
    const known = mind.read((reader) =>
      knownBeliefs(
        rows.readHypotheses(reader),
        (id) => rows.readEvidence(reader, id).map(({ kind }): EvidenceKind => kind),
        (subject) => this.#forgottenAt(reader, subject),
      ),
    );
    const born = await births(window, known, pause);
    return mind.transact((tx) => {
      const at = endOf(week);
      let withdrawn = 0;
      for (const hypothesis of rows.readHypotheses(tx)) {
        const evidence = testedBy(hypothesis, window, calendar());
        if (!evidence || !rows.addEvidence(tx, hypothesis.id, evidence)) continue;
        tx.emit({
          type: 'hypothesis.tested',
          subject: hypothesis.id,
          data: { supports: evidence.supports, hits: evidence.hits, of: evidence.of },
        });
        if (weighAnew(tx, hypothesis, at)) withdrawn++;
      }
      const formed = born.filter((birth) => form(tx, birth, at, random)).length;
      rows.writeWeek(tx, week.number);
      tx.emit({ type: 'hypotheses.considered', subject: mind.actor, data: { week: week.number, formed } });
      return { formed, withdrawn };
    });
  }

  /** What lies untested loses weight; and the weeks without work are done with, too. */
  #fade(now: number, week: number): number {
    return this.#options.mind.transact((tx) => {
      const withdrawn = rows
        .readHypotheses(tx)
        .filter((hypothesis) => isLive(hypothesis) && weighAnew(tx, hypothesis, now)).length;
      if (rows.readWeek(tx) !== week) {
        rows.writeWeek(tx, week);
        tx.emit({
          type: 'hypotheses.considered',
          subject: this.#options.mind.actor,
          data: { week, formed: 0 },
        });
      }
      return withdrawn;
    });
  }

  #turn(now: number): { offered: Offered; before: Offered | null; waiting: Hypothesis[] } {
    const { mind, calendar, perDay } = this.#options;
    return mind.read((reader) => {
      const waiting = rows.readHypotheses(reader).filter(({ status }) => status === 'waiting');
      const before = rows.readOffered(reader);
      return { offered: offer(waiting, before, localDay(now, calendar()).day, perDay()), before, waiting };
    });
  }

  #noteOffered(offered: Offered, fresh: readonly Hypothesis[], now: number): void {
    try {
      this.#options.mind.transact((tx) => {
        rows.writeOffered(tx, offered);
        for (const hypothesis of fresh) {
          rows.writeHypothesis(tx, { ...hypothesis, offeredAt: now });
          tx.emit({ type: 'hypothesis.offered', subject: hypothesis.id, data: { day: offered.day } });
        }
      });
    } catch (error) {
      // Reading goes on while nothing can be written: the same ones are offered again.
      if (!(error instanceof ProgenyError && error.code === 'read_only')) throw error;
    }
  }

  #forgottenAt(reader: Reader, subject: string): number | null {
    const sql = 'SELECT max(at) AS at FROM tombstones WHERE origin = ?';
    return reader.get<{ at: number | null }>(sql, this.#options.mind.digest(subject))?.at ?? null;
  }
}

function reasonOf({ validations, status }: Hypothesis): string {
  const yes = status === 'conditional' ? 'confirmed it with an exception' : 'confirmed it';
  return `${validations} weeks bore it out since it was formed, and the user ${yes}.`;
}

function found(reader: Reader, id: string): Hypothesis {
  const hypothesis = rows.readHypothesis(reader, id);
  if (hypothesis) return hypothesis;
  throw new ProgenyError('not_found', `There is no belief "${id}". \`progeny review --all\` lists them.`);
}
