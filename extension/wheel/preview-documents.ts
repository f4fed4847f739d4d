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
/** Previews whose plan is kept at hand; older ones are asked for anew. */
const MOST_PLANS = 20;

/** Previews as the editor's own multi-file diff, read-only, out of documents that the companion fills. */
export class PreviewDocuments implements vscode.TextDocumentContentProvider, Disposable {
  readonly #api: () => Api | null;
  readonly #plans = new Map<string, string>();
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
    if (place.side === 'plan') return this.#plans.get(place.run) ?? 'This preview is over.\n';
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

  /** Opens a preview's files side by side, its plan on top. What cannot be shown is named in the plan. */
  async show(run: WheelRun, preview: WheelPreview, folder: Folder | null): Promise<void> {
    const { digest, files } = preview;
    const uri = (path: string, side: PreviewPlace['side']) =>
      vscode.Uri.from({
        scheme: PREVIEW_SCHEME,
        path: `/${path}`,
        query: previewQuery({ run: run.id, digest, side }),
      });
    this.#plans.set(run.id, planText(run, preview));
    for (const old of [...this.#plans.keys()].slice(0, -MOST_PLANS)) this.#plans.delete(old);
    const plan = uri('Plan', 'plan');
    const resources = files
      .filter(isShown)
      .map(({ path, kind }) => [
        folder ? vscode.Uri.joinPath(folder.uri, path) : uri(path, 'after'),
        kind === 'added' ? undefined : uri(path, 'before'),
        kind === 'deleted' ? undefined : uri(path, 'after'),
      ]);
    const title = previewTitle(plainSentence(run.sentence, TITLE_LENGTH), digest);
    this.#titles.set(title, { run: run.id, digest });
    await vscode.commands.executeCommand('vscode.changes', title, [[plan, undefined, plan], ...resources]);
  }

  /** What the diff with this title shows; null where it is none of ours. */
  shownAs(title: string): { readonly run: string; readonly digest: string } | null {
    return this.#titles.get(title) ?? null;
  }

  dispose(): void {
    this.#registered.dispose();
    this.#plans.clear();
    this.#titles.clear();
  }
}
