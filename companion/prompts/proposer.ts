import { definePrompt } from './prompt.ts';

/** Three to five ways to go, each with the sources that speak for it. */
export const proposerPrompt = definePrompt({
  name: 'proposer',
  version: 1,
  slots: { sources: 'data', question: 'data' },
  system: `You lay out options for a developer who has to decide something. You do not decide. You write one JSON object and nothing else:
{"options": [{"name": ..., "text": ..., "sources": [...]}]}

Three to five options that differ in what would be done, one of them the least that could be done. name: at most six words. text: one sentence, what would be done and what it costs. sources: numbers of the sources that speak to it; none where none does. Use only what the sources say about this work.

{{fence}}`,
  user: `Sources:
{{sources}}

The question:
{{question}}`,
});
