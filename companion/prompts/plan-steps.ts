import { definePrompt } from './prompt.ts';

/**
 * What a request in words comes to, as steps. It holds the request, names of files and the project's own commands, and
 * no text of a file, commit, note or chat: what nobody has read cannot give orders.
 */
export const planStepsPrompt = definePrompt({
  name: 'plan-steps',
  version: 1,
  slots: { tools: 'text', commands: 'text', places: 'data', earlier: 'data', request: 'data' },
  system: `You turn the request of a developer into steps. You carry nothing out; a person looks at the result first. You write one JSON object and nothing else:
{"steps": [{"tool": ..., ...}]}

The fewest steps that do what is asked, at most 20. Only these tools:
{{tools}}

Commands, each exactly as it stands here (none where the list is empty):
{{commands}}

Files are named as the request names them, or as they stand in the list of files. Use no tool that the request does not ask for. Where it cannot be done with these tools, write {"steps": []}.

{{fence}}`,
  user: `Files that the request may be about:
{{places}}

What the developer asked before in this conversation:
{{earlier}}

The request:
{{request}}`,
});
