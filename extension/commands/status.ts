import * as vscode from 'vscode';
import { nextWriter } from '../../webviews/model/answered-by.ts';
import { DOOR_WORDS, openDoors } from '../../webviews/model/doors.ts';
import { here, inWords } from '../pulse/pulse.ts';
import { pulseInput } from '../pulse/pulse-input.ts';
import { inLabel } from '../text/plain.ts';
import { span } from '../text/time.ts';
import type { CommandContext } from './context.ts';

interface StatusItem extends vscode.QuickPickItem {
  readonly act?: () => unknown;
}

/** The state of the connection, of the service and of this window's folders, to read and to act on. */
export async function status(context: CommandContext): Promise<void> {
  const chosen = await context.prompts.ask(() =>
    vscode.window.showQuickPick(statusItems(context), { title: 'Progeny: status', matchOnDescription: true }),
  );
  await chosen?.act?.();
}

function statusItems(context: CommandContext): StatusItem[] {
  const { link, version, run, clock } = context;
  const input = pulseInput(context, clock.now());
  const items: StatusItem[] = [{ label: '$(pulse) State', description: inWords(input) }];
  if (input.status) {
    const { pid, startedAt, now, clients, dataDirectory, health, version: companion } = input.status;
    items.push(
      {
        label: '$(server-process) Companion',
        description: `${companion}, process ${pid}, up for ${span(now - startedAt)}, ${clients} connected`,
      },
      {
        label: '$(database) Data',
        description: inLabel(dataDirectory),
        act: () => vscode.env.openExternal(vscode.Uri.file(dataDirectory)),
      },
      { label: '$(comment-discussion) Answers', description: inLabel(nextWriter(input.status.answeredBy)) },
      ...health.map(({ level, subject, message }) => ({
        label: `$(${level}) ${inLabel(subject)}`,
        description: inLabel(message),
      })),
      ...here(input.status, input.folders).map(({ name, kind, branch, sensing, openLoops, doors }) => ({
        label: `$(folder) ${inLabel(name)}`,
        description: inLabel(
          [
            kind,
            branch,
            `${openLoops} open`,
            sensing ? 'sensing' : 'not sensing',
            ...openDoors(doors).map((door) => `open to ${DOOR_WORDS[door].word}`),
            doors.confidential && 'confidential',
          ]
            .filter(Boolean)
            .join(', '),
        ),
      })),
    );
  }
  items.push({ label: '$(extensions) Extension', description: version });
  items.push({ label: '', kind: vscode.QuickPickItemKind.Separator });
  if (link.link.state !== 'connected' && link.link.state !== 'virtual') {
    items.push({ label: '$(debug-start) Start the Companion', act: () => run('progeny.startCompanion') });
  }
  items.push({ label: '$(output) Show Log', act: () => run('progeny.showLog') });
  return items;
}
