import * as vscode from 'vscode';
import type { Disposable } from '../../companion/kernel/index.ts';
import type { WheelRun } from '../../companion/protocol/index.ts';
import type { Folder } from '../workspace/folders.ts';
import { reportMarkdown } from './report-text.ts';
import { plainSentence } from './wheel-words.ts';

const SCHEME = 'progeny-report';

/** Reports of runs as Markdown that can be read and not written; they follow the run as it changes. */
export class ReportDocuments implements vscode.TextDocumentContentProvider, Disposable {
  readonly #changes = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changes.event;
  readonly #texts = new Map<string, string>();
  readonly #registered = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? 'This report is not at hand. Run `Progeny: Show Run…` again.\n';
  }

  async show(run: WheelRun, folder: Folder | null, now: number): Promise<void> {
    const uri = this.#put(run, folder, now);
    await vscode.commands.executeCommand('markdown.showPreview', uri).then(undefined, async () => {
      // Without the editor's Markdown extension the text itself can be read.
      await vscode.window.showTextDocument(uri, { preview: true });
    });
  }

  /** Brings a report that was shown up to date. */
  follow(run: WheelRun, folder: Folder | null, now: number): void {
    if (this.#texts.has(addressOf(run).toString())) this.#put(run, folder, now);
  }

  dispose(): void {
    this.#registered.dispose();
    this.#changes.dispose();
    this.#texts.clear();
  }

  #put(run: WheelRun, folder: Folder | null, now: number): vscode.Uri {
    const uri = addressOf(run);
    const place = (file: string, line: number | null) => {
      if (!folder) return '#';
      const target = vscode.Uri.joinPath(folder.uri, file);
      return (line === null ? target : target.with({ fragment: `L${line}` })).toString();
    };
    const text = reportMarkdown(run, place, now);
    if (this.#texts.get(uri.toString()) !== text) {
      this.#texts.set(uri.toString(), text);
      this.#changes.fire(uri);
    }
    return uri;
  }
}

function addressOf({ id, sentence }: WheelRun): vscode.Uri {
  const title = plainSentence(sentence, 50).replaceAll(/[/\\]/g, '-');
  return vscode.Uri.from({ scheme: SCHEME, path: `/Report · ${title}.md`, query: id });
}
