const step = (id: string, title: string, description: string, completionEvents: readonly string[]) => ({
  id,
  title,
  description,
  media: { markdown: `media/walkthrough/${id}.md` },
  completionEvents,
});

export const walkthroughs = [
  {
    id: 'start',
    title: 'Get started with Progeny',
    description: 'It keeps track of every thread of work that you have open, on your machine only.',
    steps: [
      step(
        'where-you-are',
        'See where you are',
        'Open a git repository. Progeny reads its history, branches, uncommitted files and TODOs, and says where you left off and what comes next.\n[Show where you are](command:progeny.showBrief)',
        ['onCommand:progeny.showBrief'],
      ),
      step(
        'convergence',
        'Tell Progeny how you work',
        'Eight questions, about five minutes: when you are in flow, what must never happen, when to leave you alone. Each can be skipped, and all of them in one click. You correct what was understood before it counts.\n[Tell Progeny how you work](command:progeny.convergence)',
        ['onCommand:progeny.convergence'],
      ),
      step(
        'note',
        'Drop a note on a line',
        'Put the cursor on a line and press Ctrl+Alt+N (Cmd+Alt+N on macOS). The note stays with its text while the file changes, and becomes an open thread.\n[Note on this line](command:progeny.whisper)',
        ['onCommand:progeny.whisper'],
      ),
      step(
        'ask',
        'Ask about your work',
        'Where was I? Why did we choose this? What is open in this file? Each answer names its sources, a click away. It works without a language model, and says so. Where you cannot decide, three advisers vote, with their reasons.\n[Ask](command:progeny.ask)\n[Ask the council](command:progeny.askCouncil)',
        ['onCommand:progeny.ask'],
      ),
      step(
        'pulse',
        'Read the pulse',
        'The item in the status bar says how many threads are open here and which is nearest. Hover for the next step, click for everything else.\n[Quick actions](command:progeny.quickActions)',
        ['onCommand:progeny.quickActions'],
      ),
      step(
        'taps',
        'Taps, and how to pause them',
        'Now and then Progeny taps your shoulder: after a commit, a green test run or a pause, at most once in four hours. Dismissed taps make it quieter.\n[Pause taps](command:progeny.pauseTaps)\n[Settings for taps](command:workbench.action.openSettings?%5B%22progeny.interruption%22%5D)',
        ['onCommand:progeny.pauseTaps', 'onSettingChanged:progeny.interruption.perDay'],
      ),
      step(
        'web',
        'The same in a browser',
        'The companion serves the brief and your threads at an address of this machine, behind a one-use login.\n[Open in browser](command:progeny.openWeb)',
        ['onCommand:progeny.openWeb'],
      ),
    ],
  },
];
