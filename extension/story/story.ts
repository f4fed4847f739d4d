import * as vscode from 'vscode';
import type { Disposable } from '../../companion/kernel/index.ts';
import type { StoryLine } from '../../companion/protocol/index.ts';
import type { Ghost } from '../ghost.ts';
import { StoryFeed } from './story-feed.ts';
import { channelLine, statusWords } from './story-words.ts';

/** An important line stays in the status bar for so long. */
const SHOWN_MS = 15_000;

/** The story as it is told: an output channel with all of it, and a quiet line in the status bar for what matters. */
export function createStory(ghost: Ghost): readonly Disposable[] {
  const channel = vscode.window.createOutputChannel('Progeny Story');
  const item = vscode.window.createStatusBarItem('story', vscode.StatusBarAlignment.Left, 49);
  item.name = 'Progeny story';
  item.command = 'progeny.storyOfDay';
  let hiding: Disposable | null = null;
  const show = (line: StoryLine) => {
    const { text, label } = statusWords(line);
    item.text = text;
    item.tooltip = new vscode.MarkdownString().appendText(
      `${line.speaker}: ${line.text}\nClick for the story of the day.`,
    );
    item.accessibilityInformation = { label, role: 'button' };
    item.show();
    hiding?.dispose();
    hiding = ghost.clock.after(SHOWN_MS, () => item.hide());
  };
  const isOurs = ({ workspace }: StoryLine) =>
    workspace === null || ghost.folders.all.some(({ path }) => path === workspace);
  const feed = new StoryFeed(ghost.link, ghost.clock, ghost.log, {
    begun: (lines) => {
      for (const line of lines.filter(isOurs)) channel.appendLine(channelLine(line));
    },
    told: (line) => {
      if (!isOurs(line)) return;
      channel.appendLine(channelLine(line));
      const settings = vscode.workspace.getConfiguration('progeny.narration');
      if (settings.get('statusBar', true) && line.importance >= settings.get('statusBarFrom', 0.7))
        show(line);
    },
  });
  const off = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('progeny.narration')) item.hide();
  });
  return [feed, item, channel, off, { dispose: () => hiding?.dispose() }];
}
