import * as vscode from 'vscode';
import type { Disposable } from '../../companion/kernel/index.ts';
import type { StoryDay } from '../../companion/protocol/index.ts';
import type { ConnectedContext } from '../commands/context.ts';
import type { Ghost } from '../ghost.ts';

const SCHEME = 'progeny-story';

/** Stories of days as documents that can be read and not written. They are asked for anew each time. */
class StoryDocuments implements vscode.TextDocumentContentProvider {
  readonly #changes = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changes.event;
  readonly #texts = new Map<string, string>();

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.#texts.get(uri.toString()) ??
      'The story is not at hand any more. Run `Progeny: Story of the Day` again.\n'
    );
  }

  put({ day, markdown }: StoryDay): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/Story of ${day}.md` });
    this.#texts.set(uri.toString(), markdown);
    this.#changes.fire(uri);
    return uri;
  }

  dispose(): void {
    this.#changes.dispose();
    this.#texts.clear();
  }
}

const documents = new StoryDocuments();

export function createStoryDocuments(_ghost: Ghost): readonly Disposable[] {
  return [documents, vscode.workspace.registerTextDocumentContentProvider(SCHEME, documents)];
}

/** Opens what was told today: of the folder, where this window has one. */
export async function storyOfDay({ api, folders }: ConnectedContext): Promise<void> {
  const [folder, ...others] = folders.all;
  const one = folder && others.length === 0 ? { workspace: folder.path } : {};
  const uri = documents.put(await api.story.day(one));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: true });
}
