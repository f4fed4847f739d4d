import * as vscode from 'vscode';
import type { Disposable } from '../../companion/kernel/index.ts';
import type { WheelRun } from '../../companion/protocol/index.ts';
import type { Ghost } from '../ghost.ts';
import { inMessage } from '../text/plain.ts';
import { liveNotice } from './live-notice.ts';
import { KEEP, LEFT, REPORT, UNDO } from './notice.ts';
import { PreviewDocuments } from './preview-documents.ts';
import { ReportDocuments } from './report-documents.ts';
import { RunDesk } from './run-desk.ts';
import { RunPanel } from './run-panel.ts';
import { isSettled, WheelRuns } from './runs.ts';
import { Sight } from './sight.ts';
import { ToldRuns } from './told-runs.ts';
import { unsavedWords } from './unsaved.ts';

/** Delegated work as one window shows it. What a run is and may do is the companion's; nothing here writes a file. */
export class Wheel implements Disposable {
  readonly runs: WheelRuns;
  readonly previews: PreviewDocuments;
  readonly reports: ReportDocuments;
  readonly #ghost: Ghost;
  readonly #panel: RunPanel;
  readonly #sight: Sight;
  readonly #look: () => void;
  readonly #owned: readonly Disposable[];
  /** Runs that were asked for here; their preview opens by itself. */
  readonly #asked = new Set<string>();

  constructor(ghost: Ghost, memory: vscode.Memento) {
    this.#ghost = ghost;
    const { link, folders, clock, log } = ghost;
    this.runs = new WheelRuns(link, () => folders.all.map(({ path }) => path), clock, log);
    this.previews = new PreviewDocuments(() => link.api);
    this.reports = new ReportDocuments();
    this.#panel = new RunPanel(
      () => ghost,
      () => this.#look(),
    );
    this.#sight = new Sight({
      clock,
      inSight: () => this.#inSight(),
      tell: (id, digest, visible) =>
        void link.api?.wheel.seen({ id, digest, visible }).then(
          (run) => this.runs.put(run),
          // It was answered, or has begun: the next picture says so.
          () => this.runs.refresh(),
        ),
    });
    const told = new ToldRuns(memory);
    const desk = new RunDesk(
      {
        progress: liveNotice,
        message: (level, text, buttons) =>
          level === 'info'
            ? vscode.window.showInformationMessage(text, ...buttons)
            : vscode.window.showWarningMessage(text, ...buttons),
        cancel: ({ id }) => void vscode.commands.executeCommand('progeny.wheelStop', id),
        act: (button, { id }) => {
          const command = {
            [UNDO]: 'progeny.wheelUndo',
            [KEEP]: 'progeny.wheelKeep',
            [REPORT]: 'progeny.wheelReport',
            [LEFT]: 'progeny.wheelLeft',
          }[button];
          void vscode.commands.executeCommand(command, id);
        },
        onPage: ({ id }) => vscode.window.state.focused && this.#panel.run === id,
        besides: (run) => unsavedWords(link.api, run, ghost.folders.byPath(run.workspace)),
      },
      clock,
      told,
    );
    const render = () => {
      const { all } = this.runs;
      desk.show(all);
      this.#sight.show(all);
      void vscode.commands.executeCommand('setContext', 'progeny.runs', phaseOf(all));
      for (const run of all) this.reports.follow(run, folders.byPath(run.workspace), clock.now());
      this.#openAsked();
    };
    const look = () => {
      this.#sight.look();
      desk.show(this.runs.all);
      const answerable = this.#answerable();
      void vscode.commands.executeCommand('setContext', 'progeny.previewInSight', answerable);
    };
    this.#look = look;
    this.#owned = [
      this.runs.onChange(render),
      this.runs.onChange(look),
      folders.onOpened(() => this.runs.refresh()),
      vscode.window.onDidChangeWindowState(look),
      vscode.window.tabGroups.onDidChangeTabs(look),
      vscode.window.tabGroups.onDidChangeTabGroups(look),
      desk,
      this.#sight,
      this.#panel,
      this.previews,
      this.reports,
      this.runs,
    ];
  }

  /** Its preview opens as soon as there is one. */
  showWhenReady(run: WheelRun): void {
    this.#asked.add(run.id);
    this.runs.put(run);
    this.#openAsked();
  }

  /** The whole run, as a page. */
  async showPage(run: string | null): Promise<void> {
    await this.#panel.show(run);
  }

  /** The run's files side by side. */
  async showFiles(run: WheelRun): Promise<void> {
    const { link, folders } = this.#ghost;
    if (!link.api) return;
    const preview = await link.api.wheel.preview({ id: run.id });
    await this.previews.show(run, preview, folders.byPath(run.workspace));
  }

  /** The run whose preview is in sight now, if any. */
  get previewed(): string | null {
    return this.#panel.run ?? this.#diff()?.run ?? null;
  }

  dispose(): void {
    for (const one of this.#owned) one.dispose();
  }

  #openAsked(): void {
    for (const id of this.#asked) {
      const run = this.runs.get(id);
      if (!run || (run.digest === null && !isSettled(run))) continue;
      this.#asked.delete(id);
      if (run.status !== 'previewed' && run.status !== 'counting') continue;
      void this.showPage(id).catch((error: unknown) =>
        vscode.window.showErrorMessage(
          inMessage(`Progeny: ${error instanceof Error ? error.message : error}`),
        ),
      );
    }
  }

  /** The preview that a person can see now, by all that the editor tells. */
  #inSight(): { run: string; digest: string } | null {
    if (!vscode.window.state.focused) return null;
    return this.#panel.inSight ?? this.#diff();
  }

  #diff(): { run: string; digest: string } | null {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    return tab ? this.previews.shownAs(tab.label) : null;
  }

  #answerable(): boolean {
    const status = this.previewed === null ? null : this.runs.get(this.previewed)?.status;
    return status === 'previewed' || status === 'counting';
  }
}

/** For the when clauses of commands and menus. */
function phaseOf(runs: readonly WheelRun[]): string {
  const has = (...statuses: WheelRun['status'][]) => runs.some(({ status }) => statuses.includes(status));
  if (has('acting', 'verifying')) return 'running';
  if (has('planning', 'previewed', 'counting')) return 'waiting';
  return has('done', 'interrupted') ? 'undoable' : 'none';
}
