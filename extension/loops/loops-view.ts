import * as vscode from 'vscode';
import type { Disposable } from '../../companion/kernel/index.ts';
import type { Ghost } from '../ghost.ts';
import { LOOPS_VIEW } from '../manifest/views.ts';
import { type Row, rows } from './rows.ts';
import { loopsMessage } from './view-message.ts';

/** The tree of open loops. It is redrawn whole from each snapshot; stable ids keep what is open and selected. */
export function createLoopsView(ghost: Ghost): readonly Disposable[] {
  const provider = new LoopsProvider();
  const view = vscode.window.createTreeView<Row>(LOOPS_VIEW, {
    treeDataProvider: provider,
    showCollapseAll: true,
  });
  let shown: unknown = null;
  let noted: string | null = null;
  const render = () => {
    const { link, picture, clock } = ghost;
    const { message, description } = loopsMessage(link.link, picture.loops, picture.at, clock.now());
    view.message = message;
    view.description = description;
    if (shown === picture.loops) return;
    shown = picture.loops;
    provider.show(rows(picture.loops, clock.now()));
    const row = noted === null ? undefined : provider.find(noted);
    if (!row || !view.visible) return;
    noted = null;
    // A row that is gone again when the tree gets to it is no failure.
    void view.reveal(row, { select: false, focus: false }).then(undefined, () => {});
  };
  render();
  const listening = ghost.noted.add((id) => {
    noted = id;
  });
  return [view, provider, listening, ghost.picture.onChange(render)];
}

class LoopsProvider implements vscode.TreeDataProvider<Row>, Disposable {
  readonly #changes = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changes.event;
  readonly #parents = new Map<string, Row>();
  readonly #byId = new Map<string, Row>();
  #rows: readonly Row[] = [];

  show(next: readonly Row[]): void {
    this.#rows = next;
    this.#parents.clear();
    this.#byId.clear();
    this.#index(next);
    this.#changes.fire(undefined);
  }

  find(id: string): Row | undefined {
    return this.#byId.get(id);
  }

  getParent(row: Row): Row | undefined {
    return this.#parents.get(row.id);
  }

  getChildren(row?: Row): Row[] {
    return [...(row ? row.children : this.#rows)];
  }

  getTreeItem(row: Row): vscode.TreeItem {
    const item = new vscode.TreeItem(row.label, collapse(row));
    item.id = row.id;
    item.description = row.description;
    item.tooltip = new vscode.MarkdownString(row.tooltip);
    item.accessibilityInformation = { label: row.spoken };
    item.iconPath = new vscode.ThemeIcon(row.icon, row.color ? new vscode.ThemeColor(row.color) : undefined);
    item.contextValue = row.kind === 'loop' ? `loop ${row.loop.status} ${row.loop.source}` : row.kind;
    if (row.kind === 'loop')
      item.command = { command: 'progeny.openLoop', title: 'Go to thread', arguments: [row] };
    if (row.kind === 'place' || row.kind === 'note') {
      item.command = { command: 'progeny.goTo', title: 'Go there', arguments: [row] };
    }
    return item;
  }

  dispose(): void {
    this.#changes.dispose();
  }

  #index(some: readonly Row[], parent?: Row): void {
    for (const row of some) {
      this.#byId.set(row.id, row);
      if (parent) this.#parents.set(row.id, parent);
      this.#index(row.children, row);
    }
  }
}

function collapse({ kind, children }: Row): vscode.TreeItemCollapsibleState {
  if (kind === 'folder') return vscode.TreeItemCollapsibleState.Expanded;
  return children.length > 0
    ? vscode.TreeItemCollapsibleState.Collapsed
    : vscode.TreeItemCollapsibleState.None;
}
