import type { z } from 'zod';
import { type Clock, listing } from '../kernel/index.ts';
import type {
  ConvergenceFinished,
  ConvergenceForm,
  convergenceAnswerInput,
  convergenceCorrectInput,
  convergenceSkipInput,
  Convergence as Picture,
} from '../protocol/index.ts';
import type { Mind, Transaction } from '../store/index.ts';
import {
  answered,
  type Conversation,
  finished,
  isPending,
  openQuestions,
  skipped,
  skippedAll,
} from './conversation.ts';
import { pictureOf } from './picture.ts';
import { known, readParts } from './read-parts.ts';
import { readConversation, writeConversation } from './rows.ts';
import { type AnswerFile, type HeritageNow, type HeritagePatch, patchesOf } from './to-heritage.ts';

/** What the conversation needs of heritage. A change that changes nothing must be harmless. */
export interface HeritagePort {
  current(): HeritageNow;
  change<F extends AnswerFile>(
    file: F,
    patch: HeritagePatch<F>,
    cause: { source: 'convergence'; reason: string },
  ): void | Promise<void>;
}

export interface ConvergenceOptions {
  mind: Mind;
  clock: Clock;
  heritage: HeritagePort;
}

/**
 * The onboarding conversation (systems.md §9): every question can be skipped, each answer redone, and it goes on where
 * it was left. It tells heritage what was said, and moves nothing else: no trust comes of talking.
 */
export class Convergence {
  readonly #options: ConvergenceOptions;

  constructor(options: ConvergenceOptions) {
    this.#options = options;
  }

  /** `form` shows that many questions without choosing it. */
  get({ form }: { form?: ConvergenceForm | undefined } = {}): Picture {
    const conversation = this.#read();
    return pictureOf(form ? { ...conversation, form } : conversation);
  }

  /** Throws `not_found` for an unknown question or part, `bad_input` for what cannot be read. */
  answer({ question, answer, form }: z.output<typeof convergenceAnswerInput>): Picture {
    const parts = readParts(known(question), answer);
    return this.#change(form, (before, tx) => {
      const after = answered(before, question, parts);
      const kept = after.rows.get(question)?.status === 'answered';
      tx.emit({ type: kept ? 'convergence.answered' : 'convergence.skipped', subject: question });
      return after;
    });
  }

  skip({ question, form }: z.output<typeof convergenceSkipInput>): Picture {
    if (question !== undefined) known(question);
    return this.#change(form, (before, tx) => {
      const after = question === undefined ? skippedAll(before) : skipped(before, question);
      const data = question === undefined ? { questions: openQuestions(before).length } : {};
      tx.emit({ type: 'convergence.skipped', subject: question ?? 'all', data });
      return after;
    });
  }

  /** Throws `not_found` for a line that is not in the mirror's reach. */
  correct({ question, part, text }: z.output<typeof convergenceCorrectInput>): Picture {
    return this.answer({ question, answer: { [part]: text } });
  }

  /** Tells heritage what it does not know yet. Told twice, it changes nothing the second time. */
  async finish(): Promise<ConvergenceFinished> {
    const { heritage, mind, clock } = this.#options;
    const before = this.#read();
    const patches = patchesOf(before, heritage.current());
    const reason = reasonOf(before);
    const wrote: AnswerFile[] = [];
    for (const file of ['core', 'preferences'] as const) {
      if (Object.keys(patches[file]).length === 0) continue;
      await heritage.change(file, patches[file], { source: 'convergence', reason });
      wrote.push(file);
    }
    const after = finished(before, clock.now());
    mind.transact((tx) => {
      // What was said while heritage was being told waits for the next time.
      const meanwhile = readConversation(tx).rows;
      const rows = new Map(after.rows);
      for (const [id, row] of meanwhile)
        if (JSON.stringify(row) !== JSON.stringify(before.rows.get(id)))
          rows.set(id, { ...row, heritage: before.rows.has(id) ? 'old' : 'none' });
      writeConversation(tx, before, { ...after, rows }, clock.now());
      const said = [...rows.values()];
      const answers = said.filter(({ status }) => status === 'answered').length;
      const data = { answered: answers, skipped: said.length - answers, files: wrote.length };
      tx.emit({ type: 'convergence.finished', subject: before.form, data });
    });
    return { convergence: this.get(), wrote };
  }

  #read(): Conversation {
    return this.#options.mind.read(readConversation);
  }

  #change(
    form: ConvergenceForm | undefined,
    work: (before: Conversation, tx: Transaction) => Conversation,
  ): Picture {
    const { mind, clock } = this.#options;
    return mind.transact((tx) => {
      const stored = readConversation(tx);
      const after = work(form ? { ...stored, form } : stored, tx);
      writeConversation(tx, stored, after, clock.now());
      return pictureOf(after);
    });
  }
}

/** Names the questions; their answers are not for a reason. */
function reasonOf({ rows }: Conversation): string {
  const ids = [...rows].filter(([, row]) => isPending(row)).map(([id]) => id);
  return `Onboarding: ${listing(ids, ids.length) || 'nothing new'}`;
}
