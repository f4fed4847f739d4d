import type { CommandId } from './commands.ts';

export interface MenuItem {
  readonly command: CommandId;
  readonly when?: string;
  readonly group?: string;
}

const onLoops = 'view == progeny.loops';
const onLoop = `${onLoops} && viewItem =~ /^loop\\b/`;
const onRunPage = "progeny.previewInSight && activeWebviewPanelId == 'progeny.wheel'";

/** Menus other than the command palette, whose entries follow from the command table. */
export const menus: Readonly<Record<string, readonly MenuItem[]>> = {
  'view/title': [
    { command: 'progeny.newLoop', when: onLoops, group: 'navigation@1' },
    { command: 'progeny.refresh', when: onLoops, group: 'navigation@2' },
    { command: 'progeny.showGlobe', when: onLoops, group: 'navigation@3' },
    { command: 'progeny.decide', when: onLoops, group: '1_write@1' },
    { command: 'progeny.pauseTaps', when: onLoops, group: '2_taps@1' },
    { command: 'progeny.resumeTaps', when: `${onLoops} && progeny.paused`, group: '2_taps@2' },
    { command: 'progeny.status', when: onLoops, group: '3_service@1' },
    { command: 'progeny.showLog', when: onLoops, group: '3_service@2' },
    { command: 'progeny.showBrief', when: 'view == progeny.brief', group: 'navigation@1' },
    { command: 'progeny.goToView', when: 'view == progeny.brief', group: 'navigation@2' },
    { command: 'progeny.openWeb', when: 'view == progeny.brief', group: '1_elsewhere@1' },
    { command: 'progeny.showDashboard', when: 'view == progeny.brief', group: '2_views@1' },
    { command: 'progeny.showStory', when: 'view == progeny.brief', group: '2_views@2' },
    { command: 'progeny.showJobs', when: 'view == progeny.brief', group: '2_views@3' },
    { command: 'progeny.searchMemory', when: 'view == progeny.memory', group: 'navigation@1' },
    { command: 'progeny.showGlobe', when: 'view == progeny.memory', group: 'navigation@2' },
    { command: 'progeny.showStory', when: 'view == progeny.memory', group: '1_views@1' },
    { command: 'progeny.ask', when: 'view == progeny.chat', group: 'navigation@1' },
    { command: 'progeny.showThoughts', when: 'view == progeny.chat', group: '1_views@1' },
    { command: 'progeny.doors', when: 'view == progeny.chat', group: '2_doors@1' },
    { command: 'progeny.askCouncil', when: 'view == progeny.council', group: 'navigation@1' },
    { command: 'progeny.showMasks', when: 'view == progeny.council', group: 'navigation@2' },
    { command: 'progeny.showPanels', when: 'view == progeny.council', group: '1_views@2' },
    { command: 'progeny.showHeritage', when: 'view == progeny.review', group: 'navigation@1' },
  ],
  'view/item/context': [
    { command: 'progeny.loopDone', when: onLoop, group: 'inline@1' },
    { command: 'progeny.loopDefer', when: onLoop, group: 'inline@2' },
    { command: 'progeny.openLoop', when: onLoop, group: '1_go@1' },
    { command: 'progeny.loopDone', when: onLoop, group: '2_settle@1' },
    { command: 'progeny.loopDefer', when: onLoop, group: '2_settle@2' },
    { command: 'progeny.loopDrop', when: onLoop, group: '2_settle@3' },
    { command: 'progeny.councilFate', when: onLoop, group: '2_settle@4' },
    {
      command: 'progeny.takeWheelHere',
      when: `${onLoops} && viewItem =~ /^loop .*\\btodo\\b/`,
      group: '3_act@1',
    },
  ],
  'editor/context': [
    { command: 'progeny.whisper', when: 'resourceScheme == file && !virtualWorkspace', group: 'z_progeny@1' },
    {
      command: 'progeny.recallAbout',
      when: 'resourceScheme == file && !virtualWorkspace',
      group: 'z_progeny@2',
    },
    {
      command: 'progeny.askAbout',
      when: 'resourceScheme == file && !virtualWorkspace',
      group: 'z_progeny@3',
    },
    {
      command: 'progeny.takeWheelHere',
      when: 'resourceScheme == file && !virtualWorkspace && isWorkspaceTrusted',
      group: 'z_progeny@4',
    },
  ],
  'editor/title': [
    { command: 'progeny.wheelApprove', when: 'progeny.previewInSight', group: 'navigation@1' },
    { command: 'progeny.wheelFiles', when: onRunPage, group: 'navigation@2' },
    {
      command: 'progeny.wheelShow',
      when: 'progeny.previewInSight && !activeWebviewPanelId',
      group: 'navigation@2',
    },
    { command: 'progeny.wheelStop', when: 'progeny.previewInSight', group: 'navigation@3' },
  ],
  'editor/lineNumber/context': [
    { command: 'progeny.whisper', when: 'resourceScheme == file && !virtualWorkspace', group: 'z_progeny@1' },
  ],
};

export const keybindings = [
  {
    command: 'progeny.whisper' satisfies CommandId,
    key: 'ctrl+alt+n',
    mac: 'cmd+alt+n',
    when: 'workspaceFolderCount != 0',
  },
] as const;
