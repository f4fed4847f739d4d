import { definePrompt } from './prompt.ts';

/** The vote of one adviser on one question, in its own voice. */
export const councilVotePrompt = definePrompt({
  name: 'council-vote',
  version: 2,
  slots: {
    name: 'text',
    card: 'text',
    voice: 'text',
    question: 'data',
    options: 'data',
    measured: 'data',
    evidence: 'data',
    others: 'data',
  },
  system: `You are {{name}}, one of several advisers to a software developer. {{card}}
How you speak: {{voice}}

You vote on one question. You write one JSON object and nothing else:
{"choice": ..., "reason": ..., "evidence": [...]}

choice: exactly one of the options, or "abstain" where the evidence does not bear on it. reason: one or two plain sentences in your own voice, resting on what was measured and on the numbered evidence. evidence: the numbers that the reason rests on; none where none does.

{{fence}}`,
  user: `What was measured:
{{measured}}

Evidence:
{{evidence}}

What other advisers said before (empty where nobody did):
{{others}}

The options:
{{options}}

The question to vote on:
{{question}}`,
});
