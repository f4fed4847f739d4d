import type { ChatTurn } from '../../../companion/protocol/index.ts';
import { NOW } from '../../fixtures/samples.ts';
import { atlasAnswers } from '../../support/atlas-answers.ts';
import type { ScriptedCouncil } from '../../support/scripted-council.ts';
import type { Asked, ScriptedMind } from '../../support/scripted-mind.ts';
import { WORKSPACE } from './fixtures.ts';

const DAY = 86_400_000;

export const atlasChat = atlasAnswers({
  workspace: WORKSPACE,
  now: NOW,
  clockLoop: 'loop_clock1',
  todoLoop: 'loop_crlf00',
  decisionMemory: 'mem_clock1',
  scheduler: 'src/core/scheduler.ts',
  schedulerLine: 88,
  parser: 'src/parser.ts',
  parserLine: 41,
  commit: 'a41c9e2f00b1',
});

/** Two earlier conversations: one of this morning, by rules; one of last week, by a model. */
export function talks(mind: ScriptedMind): void {
  mind.turns = [
    turn('turn_why001', 'conv_clock1', 'Why do the scheduler tests use a frozen clock?', NOW - 8 * DAY, {
      answeredBy: { provider: 'ollama', model: 'qwen3:4b' },
    }),
    turn('turn_was001', 'conv_today1', 'Where was I?', NOW - 20 * 60_000),
    turn(
      'turn_file01',
      'conv_today1',
      'And what is open in this file?',
      NOW - 12 * 60_000,
      {},
      {
        file: 'src/core/scheduler.ts',
      },
    ),
  ];
}

function turn(
  id: string,
  conversation: string,
  question: string,
  at: number,
  change: Partial<ChatTurn> = {},
  place: Asked['place'] = {},
): ChatTurn {
  const script = atlasChat({ question, place, door: 'own' });
  return {
    id,
    conversation,
    workspace: WORKSPACE,
    at,
    question,
    answer: script.pieces.join(''),
    citations: [...script.citations],
    answeredBy: null,
    note: null,
    outcome: 'answered',
    perception: { tone: 'calm', urgency: 0.2, load: 0.3, intent: 'other', entities: [], by: 'rules' },
    ...change,
  };
}

/** What was asked before: a contested fate that waits for the user, and a question that was decided and overruled. */
export function atlasProposals(council: ScriptedCouncil): void {
  const decided = council.sit(
    {
      kind: 'question',
      subject: null,
      question: 'Where do we keep the sessions?',
      options: ['In SQLite', 'In files'],
    },
    { workspace: WORKSPACE, correction: false },
  );
  const fate = council.sit(
    {
      kind: 'loop_fate',
      subject: 'loop_import',
      question: 'Keep or drop “feature/import”?',
      options: ['preserve', 'fork', 'discard'],
    },
    { workspace: WORKSPACE, correction: false },
  );
  council.proposals = [
    { ...fate, id: 'prop_import1', at: NOW - 2 * 3_600_000 },
    {
      ...decided,
      id: 'prop_where01',
      at: NOW - 6 * DAY,
      decision: {
        choice: 'In files',
        overruled: true,
        reason: 'They must be readable without us.',
        at: NOW - 6 * DAY,
      },
      observed: { words: 'Files are still in use after 90 days.', right: [], at: NOW - DAY },
    },
  ];
}
