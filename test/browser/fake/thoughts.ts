import type { ChatTurn, Thought, ThoughtTrail } from '../../../companion/protocol/index.ts';
import { NOW } from '../../fixtures/samples.ts';

const MODEL = { provider: 'ollama', model: 'qwen3:4b' } as const;

/** What was thought on the way to the answers of these turns, the newest first; and one that nobody asked for. */
export function atlasTrails(turns: readonly ChatTurn[]): ThoughtTrail[] {
  const asked = turns.map((turn): ThoughtTrail => {
    const { id, conversation, workspace, at, question, citations, answeredBy, outcome } = turn;
    const steps = answeredBy === null ? byRules(turn) : byModel(turn);
    return {
      turn: { id, conversation, workspace, at, question, citations, answeredBy, outcome },
      thoughts: steps.map((step, n) => ({ ...step, id: `thought_${id.replace('_', '')}${n}`, turn: id, at })),
    };
  });
  return asked.toSorted((a, b) => (b.turn?.at ?? NOW) - (a.turn?.at ?? NOW));
}

type Step = Pick<Thought, 'step' | 'text' | 'answeredBy' | 'ms'>;

function byRules({ citations }: ChatTurn): Step[] {
  return [
    {
      step: 'perception',
      text: 'Intent resume, tone calm, urgency 0.2, load 0.3, by word lists.',
      answeredBy: null,
      ms: 0,
    },
    {
      step: 'retrieval',
      text: `${citations.length} of 41 sources speak to it: commit 1, loop 1, file 1.`,
      answeredBy: null,
      ms: 38,
    },
  ];
}

function byModel({ citations }: ChatTurn): Step[] {
  return [
    {
      step: 'perception',
      text: 'Intent why, tone curious, urgency 0.1, load 0.3, by a model. Named: scheduler, frozen clock.',
      answeredBy: null,
      ms: 0,
    },
    {
      step: 'retrieval',
      text: `${citations.length + 4} of 63 sources speak to it: decision 1, commit 3, whisper 2.`,
      answeredBy: null,
      ms: 52,
    },
    {
      step: 'proposal',
      text: [
        'A flaky test: one run in forty failed when the scheduler ticked across a full second [2].',
        'A decision: tests read a clock that is handed in, so that each rule can be tested at any hour [1].',
        'Speed: a frozen clock lets the suite skip its waits.',
      ].join('\n'),
      answeredBy: MODEL,
      ms: 4_210,
    },
    {
      step: 'critique',
      text: [
        'A flaky test: holds. The commit names the clock as the cause.',
        'A decision: holds. It is recorded with its reason.',
        'Speed: fails. No source says so.',
      ].join('\n'),
      answeredBy: MODEL,
      ms: 2_870,
    },
    {
      step: 'synthesis',
      text: '3 sentences shown, 3 with sources; left out: unsourced 1.',
      answeredBy: MODEL,
      ms: 5_140,
    },
  ];
}
