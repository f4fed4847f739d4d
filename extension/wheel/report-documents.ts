import * as vscode from 'vscode';
import type { Disposable } from '../../companion/kernel/index.ts';
import type { WheelRun } from '../../companion/protocol/index.ts';
import type { Folder } from '../workspace/folders.ts';
import { reportText } from './report-text.ts';
import { plainSentence } from './wheel-words.ts';

const SCHEME = 'progeny-report';
const AWAY = 'This report is not at hand. Run `Progeny: Show Report of a Run…` again.\n';

interface Report {
  readonly text: string;
  readonly links: readonly vscode.DocumentLink[];
}

/** Reports of runs as documents that can be read and not written; their places are links, and they follow the run. */
export class ReportDocuments
  implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider, Disposable
{
  readonly #changes = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changes.event;
  readonly #reports = new Map<string, Report>();
  readonly #registered = [
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
    vscode.languages.registerDocumentLinkProvider({ scheme: SCHEME }, this),
  ];

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#reports.get(uri.toString())?.text ?? AWAY;
  }

  provideDocumentLinks({ uri }: vscode.TextDocument): vscode.DocumentLink[] {
    return [...(this.#reports.get(uri.toString())?.links ?? [])];
  }

  async show(run: WheelRun, folder: Folder | null, now: number): Promise<void> {
    const uri = this.#put(run, folder, now);
    await vscode.window.showTextDocument(uri, { preview: true });
  }

  /** Brings a report that was shown up to date. */
  follow(run: WheelRun, folder: Folder | null, now: number): void {
    if (this.#reports.has(addressOf(run).toString())) this.#put(run, folder, now);
  }

  dispose(): void {
    for (const one of this.#registered) one.dispose();
    this.#changes.dispose();
    this.#reports.clear();
  }

  #put(run: WheelRun, folder: Folder | null, now: number): vscode.Uri {
    const uri = addressOf(run);
    const { text, links } = reportText(run, now);
    if (this.#reports.get(uri.toString())?.text === text) return uri;
    const places = links.flatMap(({ line, start, end, file, at }) => {
      if (!folder) return [];
      const target = vscode.Uri.joinPath(folder.uri, file);
      const range = new vscode.Range(line, start, line, end);
      return [new vscode.DocumentLink(range, at === null ? target : target.with({ fragment: `L${at}` }))];
    });
    this.#reports.set(uri.toString(), { text, links: places });
    this.#changes.fire(uri);
    return uri;
  }
}

function addressOf({ id, sentence }: WheelRun): vscode.Uri {
  const title = plainSentence(sentence, 50).replaceAll(/[/\\]/g, '-');
  return vscode.Uri.from({ scheme: SCHEME, path: `/Report · ${title}`, query: id });
}
