/** What a command needs before it can run; `register.ts` says in words when it is missing. */
export type Needs = 'companion' | 'nothing';

export interface CommandDeclaration {
  readonly id: `progeny.${string}`;
  readonly title: string;
  readonly icon?: `$(${string})`;
  readonly needs: Needs;
  /** A when clause. Never about the connection: a command that cannot run must be able to say so. */
  readonly enablement?: string;
  /** False for commands that only make sense on a row. */
  readonly palette?: false;
}

const folder = 'workspaceFolderCount != 0';

/** Every command, once: the manifest, the handlers' types and the registration all come from this table. */
export const commands = [
  { id: 'progeny.openApp', title: 'Open Progeny', icon: '$(window)', needs: 'nothing' },
  { id: 'progeny.goToView', title: 'Go to a View…', icon: '$(list-selection)', needs: 'nothing' },
  { id: 'progeny.showGlobe', title: 'Show Your Work on the Globe', icon: '$(globe)', needs: 'nothing' },
  { id: 'progeny.showStory', title: 'Show the Story', icon: '$(book)', needs: 'nothing' },
  { id: 'progeny.showDashboard', title: 'Show How It Goes', icon: '$(dashboard)', needs: 'nothing' },
  { id: 'progeny.showMasks', title: 'Show Advisers', icon: '$(smiley)', needs: 'nothing' },
  { id: 'progeny.showPanels', title: 'Show Panels of Advisers', icon: '$(organization)', needs: 'nothing' },
  { id: 'progeny.showJobs', title: 'Show Background Work', icon: '$(server-process)', needs: 'nothing' },
  { id: 'progeny.showGrants', title: 'Show the Leave You Gave', icon: '$(key)', needs: 'nothing' },
  { id: 'progeny.showHeritage', title: 'Show What It Knows of You', icon: '$(notebook)', needs: 'nothing' },
  {
    id: 'progeny.showThoughts',
    title: 'Show How It Came to an Answer',
    icon: '$(lightbulb)',
    needs: 'nothing',
  },
  { id: 'progeny.showBrief', title: 'Show Where You Are', icon: '$(compass)', needs: 'nothing' },
  { id: 'progeny.convergence', title: 'Tell Progeny How You Work', icon: '$(account)', needs: 'nothing' },
  {
    id: 'progeny.whisper',
    title: 'Note on This Line',
    icon: '$(comment)',
    needs: 'companion',
    enablement: folder,
  },
  { id: 'progeny.openLoop', title: 'Go to Thread…', icon: '$(go-to-file)', needs: 'companion' },
  { id: 'progeny.loopDone', title: 'Mark Thread as Done', icon: '$(check)', needs: 'companion' },
  { id: 'progeny.loopDefer', title: 'Set Thread Aside Until…', icon: '$(clock)', needs: 'companion' },
  { id: 'progeny.loopDrop', title: 'Drop Thread', icon: '$(close)', needs: 'companion' },
  {
    id: 'progeny.newLoop',
    title: 'Open a Thread…',
    icon: '$(add)',
    needs: 'companion',
    enablement: folder,
  },
  {
    id: 'progeny.decide',
    title: 'Record a Decision…',
    icon: '$(law)',
    needs: 'companion',
    enablement: folder,
  },
  { id: 'progeny.searchMemory', title: 'Search Memory', icon: '$(search)', needs: 'nothing' },
  {
    id: 'progeny.recallAbout',
    title: 'Recall About This',
    icon: '$(history)',
    needs: 'nothing',
    enablement: folder,
  },
  { id: 'progeny.ask', title: 'Ask…', icon: '$(comment-discussion)', needs: 'nothing' },
  {
    id: 'progeny.askAbout',
    title: 'Ask About This',
    icon: '$(comment-discussion)',
    needs: 'nothing',
    enablement: folder,
  },
  { id: 'progeny.askCouncil', title: 'Ask the Council…', icon: '$(add)', needs: 'nothing' },
  { id: 'progeny.councilFate', title: "Decide a Thread's Fate…", icon: '$(law)', needs: 'companion' },
  {
    id: 'progeny.showReview',
    title: 'Review What It Believes of You',
    icon: '$(checklist)',
    needs: 'nothing',
  },
  {
    id: 'progeny.takeWheel',
    title: 'Take the Wheel…',
    icon: '$(play-circle)',
    needs: 'companion',
    enablement: folder,
  },
  {
    id: 'progeny.takeWheelHere',
    title: 'Take the Wheel Here…',
    icon: '$(play-circle)',
    needs: 'companion',
    enablement: folder,
  },
  { id: 'progeny.wheelApprove', title: 'Answer a Run…', icon: '$(question)', needs: 'companion' },
  {
    id: 'progeny.wheelFiles',
    title: 'Show the Files of a Run',
    icon: '$(diff-multiple)',
    needs: 'companion',
  },
  { id: 'progeny.wheelShow', title: 'Show Run…', icon: '$(open-preview)', needs: 'companion' },
  { id: 'progeny.wheelReport', title: 'Show Report of a Run…', icon: '$(output)', needs: 'companion' },
  { id: 'progeny.wheelStop', title: 'Stop Run', icon: '$(circle-slash)', needs: 'companion' },
  { id: 'progeny.wheelUndo', title: 'Undo Run…', icon: '$(discard)', needs: 'companion' },
  { id: 'progeny.wheelKeep', title: 'Keep What a Run Did', icon: '$(check-all)', needs: 'companion' },
  {
    id: 'progeny.wheelLeft',
    title: 'Show What an Undo Left',
    icon: '$(diff)',
    needs: 'companion',
  },
  { id: 'progeny.storyOfDay', title: 'Story of the Day', icon: '$(book)', needs: 'companion' },
  {
    id: 'progeny.refresh',
    title: 'Read the Repository Again',
    icon: '$(refresh)',
    needs: 'companion',
    enablement: `${folder} && isWorkspaceTrusted`,
  },
  { id: 'progeny.dreamNow', title: 'Dream Now: Consolidate Memory', icon: '$(sparkle)', needs: 'companion' },
  { id: 'progeny.pauseTaps', title: 'Pause Taps…', icon: '$(bell-slash)', needs: 'companion' },
  {
    id: 'progeny.resumeTaps',
    title: 'Resume Taps',
    icon: '$(bell)',
    needs: 'companion',
    enablement: 'progeny.paused',
  },
  { id: 'progeny.openWeb', title: 'Open in Browser', icon: '$(link-external)', needs: 'companion' },
  {
    id: 'progeny.openToAgents',
    title: 'Open This Workspace to Agents (MCP)…',
    icon: '$(plug)',
    needs: 'companion',
    enablement: folder,
  },
  {
    id: 'progeny.closeToAgents',
    title: 'Close This Workspace to Agents (MCP)',
    icon: '$(debug-disconnect)',
    needs: 'companion',
    enablement: 'progeny.agents',
  },
  {
    id: 'progeny.doors',
    title: 'Open Doors…',
    icon: '$(plug)',
    needs: 'companion',
    enablement: folder,
  },
  {
    id: 'progeny.startCompanion',
    title: 'Start the Companion',
    icon: '$(debug-start)',
    needs: 'nothing',
    enablement: 'progeny.state != connected',
  },
  {
    id: 'progeny.stopCompanion',
    title: 'Stop Everything',
    icon: '$(debug-stop)',
    needs: 'nothing',
    enablement: 'progeny.state == connected',
  },
  { id: 'progeny.showLog', title: 'Show Log', icon: '$(output)', needs: 'nothing' },
  { id: 'progeny.status', title: 'Show Status', icon: '$(info)', needs: 'nothing' },
  { id: 'progeny.quickActions', title: 'Quick Actions…', icon: '$(pulse)', needs: 'nothing' },
  { id: 'progeny.goTo', title: 'Go There', icon: '$(go-to-file)', needs: 'nothing', palette: false },
] as const satisfies readonly CommandDeclaration[];

export type CommandId = (typeof commands)[number]['id'];

/** The commands that have this need. */
export type CommandNeeding<N extends Needs> = Extract<(typeof commands)[number], { needs: N }>['id'];
