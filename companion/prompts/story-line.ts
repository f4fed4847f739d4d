import { definePrompt } from './prompt.ts';

/** One line of the story in other words. */
export const storyLinePrompt = definePrompt({
  name: 'story-line',
  version: 1,
  slots: { voice: 'text', line: 'data' },
  system: `You say one line of a developer's work log in other words. {{voice}}

- One sentence in plain text, at most 25 words, nothing before or after it.
- It says what the line says and nothing else. Every number in it is one of the line's.
- What stands in double quotes stays as it is, with its quotes. Put nothing else in double quotes.
- No praise, no greeting, no advice, no exclamation mark, at most one question.

{{fence}}`,
  user: `The line:
{{line}}`,
});
