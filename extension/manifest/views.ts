const manageTrust = '[Manage trust](command:workbench.trust.manage)';
const start = '[Start the companion](command:progeny.startCompanion)';
const log = 'The [log](command:progeny.showLog) says more.';

export const CONTAINER = 'progeny';
export const BRIEF_VIEW = 'progeny.brief';
export const LOOPS_VIEW = 'progeny.loops';
export const MEMORY_VIEW = 'progeny.memory';
export const CHAT_VIEW = 'progeny.chat';
export const COUNCIL_VIEW = 'progeny.council';
export const REVIEW_VIEW = 'progeny.review';

export const viewsContainers = {
  activitybar: [{ id: CONTAINER, title: 'Progeny', icon: 'media/mark.svg' }],
};

export const views = {
  [CONTAINER]: [
    { id: BRIEF_VIEW, name: 'Where you are', type: 'webview', icon: 'media/mark.svg', size: 2 },
    {
      id: LOOPS_VIEW,
      name: 'Open threads · loops',
      contextualTitle: 'Open threads',
      icon: 'media/mark.svg',
      size: 4,
    },
    {
      id: CHAT_VIEW,
      name: 'Ask · chat',
      contextualTitle: 'Ask',
      type: 'webview',
      icon: 'media/mark.svg',
      // Its code is loaded when it is first opened.
      visibility: 'collapsed',
      size: 4,
    },
    {
      id: MEMORY_VIEW,
      name: 'Memory · recall',
      contextualTitle: 'Memory',
      type: 'webview',
      icon: 'media/mark.svg',
      visibility: 'collapsed',
      size: 4,
    },
    {
      id: COUNCIL_VIEW,
      name: 'Questions · council',
      contextualTitle: 'Questions',
      type: 'webview',
      icon: 'media/mark.svg',
      visibility: 'collapsed',
      size: 3,
    },
    {
      id: REVIEW_VIEW,
      name: 'Review · hypotheses',
      contextualTitle: 'Review',
      type: 'webview',
      icon: 'media/mark.svg',
      visibility: 'collapsed',
      size: 3,
    },
  ],
};

/** What an empty Loops view says. `progeny.state` is set by `context-keys.ts`; exactly one of these shows. */
export const viewsWelcome = [
  {
    view: LOOPS_VIEW,
    when: 'progeny.state == noFolder',
    contents:
      'Open a folder, and Progeny shows your threads of work in it: branches, uncommitted files, stashes, TODOs and notes.\n[Open folder](command:vscode.openFolder)',
  },
  {
    view: LOOPS_VIEW,
    when: 'progeny.state == virtual',
    contents:
      'This workspace has no files on this machine (it is virtual). Progeny needs a folder with a file system, so it does nothing here.',
  },
  {
    view: LOOPS_VIEW,
    when: 'progeny.state == starting',
    contents: 'Starting the companion …',
  },
  {
    view: LOOPS_VIEW,
    when: 'progeny.state == down',
    contents: `The companion is not running, so nothing is read or noted. What you have is safe on disk.\n${start}\n${log}`,
  },
  {
    view: LOOPS_VIEW,
    when: 'progeny.state == incompatible',
    contents: `The running companion and this extension do not speak the same version.\n[Restart the companion](command:progeny.startCompanion)\n${log}`,
  },
  {
    view: LOOPS_VIEW,
    when: 'progeny.state == connected && !isWorkspaceTrusted',
    contents: `This folder is in restricted mode. Until you trust it, Progeny reads nothing in it and notes nothing.\n${manageTrust}`,
  },
  {
    view: LOOPS_VIEW,
    when: 'progeny.state == connected && isWorkspaceTrusted && progeny.scanning',
    contents: 'Reading the repository …',
  },
  {
    view: LOOPS_VIEW,
    when: 'progeny.state == connected && isWorkspaceTrusted && !progeny.scanning',
    contents:
      'No open threads. Branches, uncommitted work, stashes and TODOs appear here, and every note that you drop on a line.\n[Note on this line](command:progeny.whisper)',
  },
] as const;
