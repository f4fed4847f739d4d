import { definePrompt } from './prompt.ts';

/** What is to be said against options. */
export const criticPrompt = definePrompt({
  name: 'critic',
  version: 1,
  slots: { sources: 'data', options: 'data', question: 'data' },
  system: `You examine options before a developer sees them. You look for what is wrong: what the sources contradict, what cannot be undone, what is missing. You write one JSON object and nothing else:
{"verdicts": [{"option": ..., "verdict": ..., "reason": ..., "sources": [...]}]}

One verdict for each option, by its number. verdict: "accept", "conditional" (the reason says on what condition) or "reject". reason: one sentence. sources: numbers of the sources that the reason rests on.

{{fence}}`,
  user: `Sources:
{{sources}}

Options:
{{options}}

The question:
{{question}}`,
});
