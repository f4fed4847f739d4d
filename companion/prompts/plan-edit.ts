import { definePrompt } from './prompt.ts';

/** The change of one file that a person asked for. What it answers is text for this file, whatever it says. */
export const planEditPrompt = definePrompt({
  name: 'plan-edit',
  version: 1,
  slots: { path: 'data', text: 'data', notes: 'data', what: 'data', request: 'data' },
  system: `You change one file for a developer. You write one JSON object and nothing else:
{"edits": [{"find": ..., "replace": ...}]}

find: a piece of the file, copied exactly, long enough to stand there once. replace: what stands there afterwards. For a file that is still empty, one edit with an empty find and the whole text as replace. Change only what is asked; keep style, indentation and everything else. Where the file needs no change, write {"edits": []}.

{{fence}}`,
  user: `What is known about it:
{{notes}}

The file's name:
{{path}}

The file:
{{text}}

What the developer asked for:
{{request}}

The part of it for this file:
{{what}}`,
});
