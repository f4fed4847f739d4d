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
  stageOf,
} from './conversation.ts';
import { pictureOf } from './picture.ts';
import { known, readParts } from './read-parts.ts';
import { lastWordAt, readConversation, writeConversation } from './rows.ts';
import { type AnswerFile, type HeritageNow, type HeritagePatch, patchesOf } from './to-heritage.ts';

/** Who says nothing for so long has left. */
const PAUSE_MS = 15 * 60_000;

/** What the conversation needs of heritage. A change that changes nothing must make no version. */
export interface HeritagePort {
  readonly current: HeritageNow;
  change<F extends AnswerFile>(
    file: F,
    patch: HeritagePatch<F>,
    cause: { source: 'convergence'; reason: string },
    tx: Transaction,
  ): unknown;
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

  /** Tells heritage what it does not know yet, all of it or nothing. Told twice, it changes nothing the second time. */
  finish(): ConvergenceFinished {
    const { heritage, mind, clock } = this.#options;
    return mind.transact((tx) => {
      const before = readConversation(tx);
      const patches = patchesOf(before, heritage.current);
      const because = { source: 'convergence', reason: reasonOf(before) } as const;
      const wrote = (['core', 'preferences'] as const).filter((file) => {
        if (Object.keys(patches[file]).length === 0) return false;
        heritage.change(file, patches[file], because, tx);
        return true;
      });
      const after = finished(before, clock.now());
      writeConversation(tx, before, after, clock.now());
      const rows = [...after.rows.values()];
      const answers = rows.filter(({ status }) => status === 'answered').length;
      const data = { answered: answers, skipped: rows.length - answers, files: wrote.length };
      tx.emit({ type: 'convergence.finished', subject: before.form, data });
      return { convergence: pictureOf(after), wrote };
    });
  }

  /** Whether somebody is answering: questions are open, and the last word to one is not old. */
  get underWay(): boolean {
    const { mind, clock } = this.#options;
    return mind.read(
      (reader) =>
        clock.now() - lastWordAt(reader) < PAUSE_MS && stageOf(readConversation(reader)) === 'asking',
    );
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
