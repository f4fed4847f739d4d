import * as vscode from 'vscode';
import type { Api } from '../../companion/client/index.ts';
import type { Prompts } from '../prompts/prompts.ts';
import { inLabel } from '../text/plain.ts';
import type { TapSurface } from './tap-desk.ts';

/** How this window shows taps, and does what their buttons say; what other buttons mean is the companion's business. */
export function tapSurface(api: () => Api | null, prompts: Prompts): TapSurface {
  return {
    get focused() {
      return vscode.window.state.focused;
    },
    show: (text, labels) => vscode.window.showInformationMessage(text, ...labels),
    async explain(tap) {
      const said = await api()
        ?.interruptions.explain({ id: tap.id })
        .catch(() => null);
      const lines = [tap.why, ...(said?.lines ?? ['The companion is away and cannot tell more.'])];
      const items: (vscode.QuickPickItem & { readonly action?: string })[] = [
        ...lines.map((line) => ({ label: `$(info) ${inLabel(line)}` })),
        { label: 'What now', kind: vscode.QuickPickItemKind.Separator },
        ...tap.actions.map(({ label }) => ({ label, action: label })),
      ];
      const options = { title: 'Why now?', placeHolder: 'What shall become of it?' };
      const chosen = await prompts.ask(() => vscode.window.showQuickPick(items, options));
      return chosen?.action;
    },
    async act(action, { id }) {
      if (action === 'open' || action === 'brief') await vscode.commands.executeCommand('progeny.showBrief');
      if (action !== 'show') return;
      const subject = await subjectOf(api(), id);
      if (subject === 'review') await vscode.commands.executeCommand('progeny.showReview');
      else if (subject?.startsWith('loop_') || subject?.startsWith('drift_'))
        await vscode.commands.executeCommand('progeny.openLoop', subject.replace(/^drift_/, ''));
      else if (subject?.startsWith('memory_')) {
        const memory = await api()?.memories.trace({ id: subject });
        await vscode.commands.executeCommand('progeny.recallAbout', memory?.record.content.slice(0, 200));
      } else await vscode.commands.executeCommand('progeny.showBrief', subject);
    },
  };
}

/** What a tap is about stands in the log of interruptions, under the tap's own id. */
async function subjectOf(api: Api | null, tapId: string): Promise<string | undefined> {
  const log = await api?.interruptions.list({});
  return log?.find(({ id }) => id === tapId)?.subject;
}
