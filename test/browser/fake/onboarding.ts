import {
  answered,
  type Conversation,
  finished,
  NEW,
  skipped,
  skippedAll,
} from '../../../companion/convergence/conversation.ts';
import { pictureOf } from '../../../companion/convergence/picture.ts';
import { QUESTIONS } from '../../../companion/convergence/questions.ts';
import { known, readParts } from '../../../companion/convergence/read-parts.ts';
import type { Convergence, ConvergenceForm, SetupDetected } from '../../../companion/protocol/index.ts';
import { describe as finding, missing, partly, ready } from '../../../companion/setup/finding.ts';
import { NOW } from '../../fixtures/samples.ts';

/** The answers of somebody who said a lot, and skipped one. */
const SAID: Record<string, Record<string, string>> = {
  flow: {
    flow: 'A free morning, one problem, the door closed',
    killers: 'meetings before noon, chat, slow tests',
  },
  hardLines: { hardLines: 'Never push to main without a green run; Never send code off this machine' },
  overwhelm: { overwhelm: 'space' },
  standard: { standard: 'done' },
  values: { values: 'correct, readable, fast' },
  peakHours: { peakHours: '9-12, 20:30-22' },
  rememberedBy: {
    rememberedBy:
      'I would rather delete a hundred lines than add ten. When I go quiet I am thinking, not stuck; ask me in the afternoon.',
  },
};

/** Onboarding in memory: the product's own rules, without a store. */
export class FakeOnboarding {
  conversation: Conversation = NEW;

  /** As many questions answered, in their order; the others of the form stay open. */
  say(questions: number): void {
    for (const { id } of QUESTIONS.filter(({ short }) => short).slice(0, questions)) {
      const parts = readParts(known(id), SAID[id] ?? {});
      this.conversation = SAID[id] ? answered(this.conversation, id, parts) : skipped(this.conversation, id);
    }
  }

  get(form?: ConvergenceForm): Convergence {
    return pictureOf(form ? { ...this.conversation, form } : this.conversation);
  }

  #choose(form: ConvergenceForm | undefined): Conversation {
    return form ? { ...this.conversation, form } : this.conversation;
  }

  answer(question: string, typed: Record<string, string>, form?: ConvergenceForm): Convergence {
    const parts = readParts(known(question), typed);
    this.conversation = answered(this.#choose(form), question, parts);
    return this.get();
  }

  skip(question: string | undefined, form?: ConvergenceForm): Convergence {
    const chosen = this.#choose(form);
    this.conversation = question === undefined ? skippedAll(chosen) : skipped(chosen, question);
    return this.get();
  }

  finish(): Convergence {
    this.conversation = finished(this.conversation, NOW);
    return this.get();
  }
}

export const atlasMachine: SetupDetected = {
  at: NOW,
  findings: [
    finding('git', ready('git 2.47')),
    finding('ollama', partly('installed, and its server does not answer')),
    finding('gpu', ready('NVIDIA RTX 4070, 12 GB of its own memory')),
    finding('microphone', missing('none seen')),
    finding('python', null),
  ],
};
