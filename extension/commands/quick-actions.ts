import * as vscode from 'vscode';
import { type CommandDeclaration, type CommandId, commands } from '../manifest/commands.ts';
import { inWords } from '../pulse/pulse.ts';
import { pulseInput } from '../pulse/pulse-input.ts';
import type { CommandContext } from './context.ts';

interface Action extends vscode.QuickPickItem {
  readonly command?: CommandId;
}

const working: readonly (CommandId | string)[] = [
  'progeny.showBrief',
  'progeny.whisper',
  'progeny.openLoop',
  'progeny.ask',
  'progeny.askCouncil',
  'progeny.takeWheel',
  'progeny.searchMemory',
  'progeny.showReview',
  'Look at',
  'progeny.goToView',
  'progeny.showGlobe',
  'progeny.showDashboard',
  'progeny.storyOfDay',
  'Write down',
  'progeny.newLoop',
  'progeny.decide',
  'Progeny',
  'progeny.status',
  'progeny.pauseTaps',
  'progeny.dreamNow',
  'progeny.refresh',
  'progeny.openWeb',
  'progeny.doors',
  'progeny.convergence',
  'progeny.stopCompanion',
];
const resting: readonly CommandId[] = ['progeny.startCompanion', 'progeny.status', 'progeny.showLog'];

/** What a click on the pulse offers. */
export async function quickActions(context: CommandContext): Promise<void> {
  const connected = context.link.link.state === 'connected';
  const items = (connected ? working : resting).map(action);
  const chosen = await context.prompts.ask(() =>
    vscode.window.showQuickPick(items, {
      title: 'Progeny',
      placeHolder: context.picture.next
        ? `Next: ${context.picture.next}`
        : inWords(pulseInput(context, context.clock.now())),
    }),
  );
  if (chosen?.command) await context.run(chosen.command);
}

/** A row for a command; words that name none head the rows below them. */
function action(id: string): Action {
  const all: readonly CommandDeclaration[] = commands;
  const command = all.find((declaration) => declaration.id === id);
  if (!command) return { label: id, kind: vscode.QuickPickItemKind.Separator };
  return { label: `${command.icon} ${command.title}`, command: command.id as CommandId };
}
