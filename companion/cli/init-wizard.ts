import { cancel, intro, log, note, outro, spinner } from '@clack/prompts';
import type { Api } from '../client/index.ts';
import type { Convergence, ConvergenceForm, ConvergenceQuestion } from '../protocol/index.ts';
import { ProgenyError } from '../protocol/index.ts';
import { BACK, Prompts, SKIP_ALL, Stopped } from './init-prompts.ts';
import { findingsText, lineText, progressText, SKIPPED } from './init-text.ts';
import { UsageError } from './options.ts';

export interface WizardOptions {
  form?: ConvergenceForm;
  /** One question to answer anew. */
  redo?: string;
  /** Asks once more what was skipped. */
  again: boolean;
}

const KEYS = `Enter skips · ${BACK} goes back · ${SKIP_ALL} ends it · Ctrl-C stops and keeps`;
/** As a shell says it of whoever was interrupted. */
const INTERRUPTED = 130;

type Move = { to: 'next' | 'back' | 'end' } | { to: 'answer'; answer: Record<string, string> };

/**
 * The first run in a terminal. Each answer is kept before the next question is asked, so that it can be left at any
 * moment and goes on there. Returns the exit code.
 */
export async function runWizard(api: Api, options: WizardOptions): Promise<number> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await new Wizard(api, new Prompts(stopping.signal)).run(options);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    cancel(
      `Stopped; ${progressText(await api.convergence.get({}))} and kept. \`progeny init\` goes on here.`,
    );
    return INTERRUPTED;
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

class Wizard {
  readonly #api: Api;
  readonly #prompts: Prompts;

  constructor(api: Api, prompts: Prompts) {
    this.#api = api;
    this.#prompts = prompts;
  }

  async run({ form, redo, again }: WizardOptions): Promise<number> {
    let state = await this.#api.convergence.get(form ? { form } : {});
    if (redo !== undefined) {
      const every = (await this.#api.convergence.get({ form: 'long' })).questions;
      const question = every.find(({ id }) => id === redo);
      if (!question) {
        const ids = every.map(({ id }) => id).join(', ');
        throw new UsageError(`--redo: expected one of ${ids}; received "${redo}"`);
      }
      intro('One answer anew');
      return this.#end(await this.#ask([question], new Set([redo]), undefined, state));
    }
    intro('How you work');
    if (state.stage === 'skipped' && !again && form === undefined) {
      outro(SKIPPED);
      return 0;
    }
    if (state.stage === 'finished' && !again) {
      note(state.mirror.map(lineText).join('\n') || 'Nothing was answered.', 'What I understood');
      outro('`progeny init --redo QUESTION` changes one answer.');
      return 0;
    }
    if (state.stage === 'new') {
      await this.#showMachine();
      const chosen = await this.#chooseForm(form);
      if (chosen === null) return this.#skipAll();
      form = chosen;
      state = await this.#api.convergence.get({ form });
    } else log.info(`Going on: ${progressText(state)}.`);
    const wanted = state.questions.filter(({ status }) =>
      again ? status !== 'answered' : status === 'open',
    );
    const after = await this.#ask(state.questions, new Set(wanted.map(({ id }) => id)), form, state);
    return this.#end(after);
  }

  async #showMachine(): Promise<void> {
    const looking = spinner();
    looking.start('Looking at this machine');
    const { findings } = await this.#api.setup.detect({});
    const ready = findings.filter(({ state }) => state === 'ready').length;
    looking.stop(`${ready} of ${findings.length} found; nothing more is needed to begin`);
    // The frame of a note takes eight columns.
    note(findingsText(findings, Math.min(process.stdout.columns || 100, 100) - 8), 'On this machine');
  }

  /** Null for none. */
  async #chooseForm(form: ConvergenceForm | undefined): Promise<ConvergenceForm | null> {
    if (form) return form;
    const chosen = await this.#prompts.choose(
      'A few questions about how you work. All can be skipped and changed later.',
      [
        { value: 'short', label: 'Eight questions', hint: 'about five minutes' },
        { value: 'long', label: 'Fourteen questions', hint: 'about ten' },
        { value: 'none', label: 'Skip all of it', hint: 'nothing asks again' },
      ],
    );
    return chosen === 'none' ? null : (chosen as ConvergenceForm);
  }

  /** Asks those that are wanted, in their order; going back reaches the others too. */
  async #ask(
    questions: readonly ConvergenceQuestion[],
    wanted: ReadonlySet<string>,
    form: ConvergenceForm | undefined,
    before: Convergence,
  ): Promise<Convergence | null> {
    let state = before;
    const chosen = form ? { form } : {};
    const next = (from: number) => questions.findIndex(({ id }, i) => i >= from && wanted.has(id));
    let at = next(0);
    if (at >= 0) log.info(KEYS);
    /** What was typed and refused, to be mended where it stands. */
    let typed: Record<string, string> | null = null;
    while (at >= 0) {
      const { id } = questions[at] as ConvergenceQuestion;
      const question =
        state.questions.find((each) => each.id === id) ?? (questions[at] as ConvergenceQuestion);
      const shown: ConvergenceQuestion = { ...question, answer: typed ?? question.answer };
      const move = await this.#askOne(shown, at, questions.length);
      typed = null;
      if (move.to === 'end') return null;
      if (move.to === 'back') {
        at = Math.max(0, at - 1);
        continue;
      }
      try {
        state =
          move.to === 'answer'
            ? await this.#api.convergence.answer({ question: id, answer: move.answer, ...chosen })
            : await this.#api.convergence.skip({ question: id, ...chosen });
      } catch (error) {
        if (!(error instanceof ProgenyError) || error.code !== 'bad_input') throw error;
        log.error(error.message);
        if (move.to === 'answer') typed = move.answer;
        continue;
      }
      at = next(at + 1);
    }
    return state;
  }

  async #askOne(question: ConvergenceQuestion, at: number, of: number): Promise<Move> {
    log.step(`${at + 1} of ${of}  ${question.question}`);
    log.message(question.help);
    const answer: Record<string, string> = {};
    for (const part of question.parts) {
      const said = await this.#prompts.field(part, question.answer[part.id] ?? '');
      if (said === BACK) return { to: 'back' };
      if (said === SKIP_ALL) return { to: 'end' };
      answer[part.id] = said;
    }
    const nothing = Object.values(answer).every((said) => said.trim() === '');
    return nothing ? { to: 'next' } : { to: 'answer', answer };
  }

  /** Shows what was understood until it is right. */
  async #end(state: Convergence | null): Promise<number> {
    if (state === null) return this.#skipAll();
    let now = state;
    for (;;) {
      if (now.mirror.length === 0) {
        await this.#api.convergence.finish({});
        outro('Nothing was answered, so nothing is assumed. `progeny init --again` asks once more.');
        return 0;
      }
      note(now.mirror.map(lineText).join('\n'), 'What I understood');
      const chosen = await this.#prompts.choose('Is that right?', [
        { value: 'keep', label: 'Yes, keep it' },
        { value: 'change', label: 'Change a line' },
        { value: 'later', label: 'Not now', hint: 'it waits here' },
      ]);
      if (chosen === 'later') {
        outro('Nothing was taken over yet; `progeny init` comes back to this.');
        return 0;
      }
      if (chosen === 'keep') {
        const { wrote } = await this.#api.convergence.finish({});
        const where = wrote.length === 0 ? 'It was known already.' : `Kept in ${wrote.join(' and ')}.`;
        outro(`${where} \`progeny init --redo QUESTION\` changes one answer.`);
        return 0;
      }
      now = await this.#correct(now);
    }
  }

  async #correct(state: Convergence): Promise<Convergence> {
    const { mirror } = state;
    const options = mirror.map((line, i) => ({ value: String(i), label: lineText(line) }));
    const line = mirror[
      Number(await this.#prompts.choose('Which line?', options))
    ] as Convergence['mirror'][number];
    const every = (await this.#api.convergence.get({ form: 'long' })).questions;
    const part = every.find(({ id }) => id === line.question)?.parts.find(({ id }) => id === line.part);
    if (!part) return state;
    const said = await this.#prompts.field(part, line.text);
    if (said === BACK || said === SKIP_ALL) return state;
    try {
      return await this.#api.convergence.correct({ question: line.question, part: line.part, text: said });
    } catch (error) {
      if (!(error instanceof ProgenyError) || error.code !== 'bad_input') throw error;
      log.error(error.message);
      return state;
    }
  }

  async #skipAll(): Promise<number> {
    await this.#api.convergence.skip({ all: true });
    outro(SKIPPED);
    return 0;
  }
}
