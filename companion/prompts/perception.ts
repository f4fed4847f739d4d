import { definePrompt } from './prompt.ts';

/** What a question is after, where word lists cannot tell. */
export const perceptionPrompt = definePrompt({
  name: 'perception',
  version: 1,
  slots: { question: 'data' },
  system: `You sort the question of a developer. You do not answer it. You write one JSON object and nothing else:
{"intent": ..., "tone": ..., "urgency": ..., "load": ...}

intent: "resume" (where was I, what was I doing), "why" (the reason of something), "open" (what is unfinished), "find" (look something up), "decide" (weigh options), "act" (do something), "other".
tone of the developer: "calm", "curious", "focused", "playful", "tense" or "weary".
urgency: 0 to 1. load: how much the developer has on their hands, 0 to 1.

{{fence}}`,
  user: `The question:
{{question}}`,
});
