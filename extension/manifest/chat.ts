/** Names by which the editor's chat knows us. A file of its own: activation reads it. */
export const PARTICIPANT = 'progeny.chat';
export const TOOLS = { recall: 'progeny_recall', openLoops: 'progeny_open_loops' } as const;

/** `@progeny` in the editor's chat. */
export const chatParticipants = [
  {
    id: PARTICIPANT,
    name: 'progeny',
    fullName: 'Progeny',
    description: 'Answers from what is remembered of this folder, its threads and git, with sources',
    isSticky: false,
    sampleRequest: 'Where was I?',
  },
];

/** What the editor's models may ask, where a folder's door to the editor's chat is open. */
export const languageModelTools = [
  {
    name: TOOLS.recall,
    toolReferenceName: 'recall',
    displayName: 'Recall (Progeny)',
    modelDescription:
      "Answers a question about the user's own work from what Progeny remembers on this machine: decisions and their reasons, notes, commits, open threads of work. Returns a short answer with numbered sources (file and line, commit). Use it for questions such as 'why did we choose X', 'where was I', 'what did we decide about Y'. Do not use it to search code.",
    userDescription: 'Asks what Progeny remembers of this folder',
    canBeReferencedInPrompt: true,
    icon: '$(history)',
    tags: ['memory', 'progeny'],
    inputSchema: {
      type: 'object',
      properties: {
        question: { type: 'string', description: 'The question, in plain words' },
      },
      required: ['question'],
    },
  },
  {
    name: TOOLS.openLoops,
    toolReferenceName: 'openLoops',
    displayName: 'Open threads (Progeny)',
    modelDescription:
      'Says which threads of work the user has open in this folder, nearest first: branches, uncommitted work, stashes, TODOs and notes, each with its place. Private threads are left out. Pass a file to ask only about that file.',
    userDescription: 'Asks which threads of work are open in this folder',
    canBeReferencedInPrompt: true,
    icon: '$(list-unordered)',
    tags: ['tasks', 'progeny'],
    inputSchema: {
      type: 'object',
      properties: {
        file: { type: 'string', description: 'A path relative to the folder, with forward slashes' },
      },
    },
  },
];
