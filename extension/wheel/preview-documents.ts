import * as vscode from 'vscode';
import type { Api } from '../../companion/client/index.ts';
import type { Disposable } from '../../companion/kernel/index.ts';
import type { WheelPreview, WheelRun } from '../../companion/protocol/index.ts';
import type { Folder } from '../workspace/folders.ts';
import { isShown, planText } from './plan-text.ts';
import {
  PREVIEW_SCHEME,
  type PreviewPlace,
  parsePreviewQuery,
  previewQuery,
  previewTitle,
} from './preview-uri.ts';
import { plainSentence } from './wheel-words.ts';

const TITLE_LENGTH = 60;
/** Words that are kept at hand; a diff that was opened long ago says that it is over. */
const MOST_WORDS = 20;

/** Previews as the editor's own multi-file diff, read-only, out of documents that the companion fills. */
export class PreviewDocuments implements vscode.TextDocumentContentProvider, Disposable {
  readonly #api: () => Api | null;
  readonly #words = new Map<string, string>();
  /** Titles of diffs that were opened, to the run and the digest that they show. */
  readonly #titles = new Map<string, { readonly run: string; readonly digest: string }>();
  readonly #registered: vscode.Disposable;

  constructor(api: () => Api | null) {
    this.#api = api;
    this.#registered = vscode.workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, this);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const place = parsePreviewQuery(uri.query);
    if (!place) return '';
    if (place.side === 'words') return this.#words.get(uri.toString()) ?? 'This preview is over.\n';
    const api = this.#api();
    if (!api) return 'The companion is not connected, so this file cannot be shown.\n';
    const sides = await api.wheel
      .file({ id: place.run, path: uri.path.slice(1) })
      .catch((error: unknown) => ({
        before: { text: '', binary: false },
        after: { text: `${error instanceof Error ? error.message : error}\n`, binary: false },
      }));
    return sides[place.side].text ?? '';
  }

  /** Opens a preview's files side by side, and below them what no diff shows: programs, what cannot be shown, what undo does not cover. */
  async show(run: WheelRun, preview: WheelPreview, folder: Folder | null): Promise<void> {
    const { digest, files } = preview;
    const uri = (path: string, side: PreviewPlace['side']) => this.uri(path, { run: run.id, digest, side });
    const plan = this.words(run.id, digest, 'About this run', planText(run, preview));
    const resources = files
      .filter(isShown)
      .map(({ path, kind }) => [
        folder ? vscode.Uri.joinPath(folder.uri, path) : uri(path, 'after'),
        kind === 'added' ? undefined : uri(path, 'before'),
        kind === 'deleted' ? undefined : uri(path, 'after'),
      ]);
    const title = previewTitle(plainSentence(run.sentence, TITLE_LENGTH), digest);
    this.#titles.set(title, { run: run.id, digest });
    await vscode.commands.executeCommand('vscode.changes', title, [...resources, [plan, undefined, plan]]);
  }

  /** The address of a side of a file. */
  uri(path: string, place: PreviewPlace): vscode.Uri {
    return vscode.Uri.from({ scheme: PREVIEW_SCHEME, path: `/${path}`, query: previewQuery(place) });
  }

  /** Words of ours that stand among the files of a diff. */
  words(run: string, digest: string, title: string, text: string): vscode.Uri {
    const uri = this.uri(title, { run, digest, side: 'words' });
    this.#words.set(uri.toString(), text);
    for (const old of [...this.#words.keys()].slice(0, -MOST_WORDS)) this.#words.delete(old);
    return uri;
  }

  /** What the diff in a tab with this label shows; null where it is none of ours. */
  shownAs(label: string): { readonly run: string; readonly digest: string } | null {
    // The editor adds how many files there are.
    const title = [...this.#titles.keys()].find((one) => label === one || label.startsWith(`${one} (`));
    return (title !== undefined && this.#titles.get(title)) || null;
  }

  dispose(): void {
    this.#registered.dispose();
    this.#words.clear();
    this.#titles.clear();
  }
}
