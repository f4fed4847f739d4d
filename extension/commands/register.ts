import * as vscode from 'vscode';
import type { Api } from '../../companion/client/index.ts';
import type { Disposable } from '../../companion/kernel/index.ts';
import { problemOf } from '../link/link.ts';
import { type CommandId, commands } from '../manifest/commands.ts';
import { inMessage } from '../text/plain.ts';
import type { CommandContext, ConnectedContext } from './context.ts';
import { handlers } from './handlers.ts';

/** A companion that is just (re)starting is waited for this long before a command says that there is none. */
const PATIENCE_MS = 4000;
const START = 'Start the companion';
const LOG = 'Show Log';

export function registerCommands(context: CommandContext): readonly Disposable[] {
  return commands.map(({ id }) =>
    vscode.commands.registerCommand(id, async (argument: unknown) => {
      try {
        return await run(context, id, argument);
      } catch (error) {
        return await tell(context, id, error);
      }
    }),
  );
}

async function run(context: CommandContext, id: CommandId, argument: unknown): Promise<unknown> {
  const declaration = commands.find((command) => command.id === id);
  if (declaration?.needs !== 'companion') {
    const handler = handlers[id] as (context: CommandContext, argument: unknown) => unknown;
    return await handler(context, argument);
  }
  const handler = handlers[id] as (context: ConnectedContext, argument: unknown) => unknown;
  const api = await companion(context);
  if (api) return await handler({ ...context, api }, argument);
  return await sayThatItIsDown(context, declaration.title);
}

async function companion({ link }: CommandContext): Promise<Api | null> {
  if (link.api) return link.api;
  return await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: 'Waiting for the companion' },
    () => link.whenConnected(PATIENCE_MS),
  );
}

async function sayThatItIsDown({ link, run }: CommandContext, title: string): Promise<void> {
  const needs = `"${title.replace(/…$/, '')}" needs the companion.`;
  const virtual = link.link.state === 'virtual';
  const pressed = await vscode.window.showWarningMessage(
    inMessage(`${needs} ${problemOf(link.link) ?? ''}`),
    ...(virtual ? [] : [START, LOG]),
  );
  if (pressed === START) await run('progeny.startCompanion');
  if (pressed === LOG) await run('progeny.showLog');
}

async function tell({ log, run }: CommandContext, id: CommandId, error: unknown): Promise<void> {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (code === 'cancelled') return;
  log.error({ command: id, error: error instanceof Error ? error.stack : String(error) }, 'a command failed');
  const pressed = await vscode.window.showErrorMessage(inMessage(`Progeny: ${message ?? error}`), LOG);
  if (pressed === LOG) await run('progeny.showLog');
}
