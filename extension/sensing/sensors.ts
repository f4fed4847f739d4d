import * as vscode from 'vscode';
import type { Disposable } from '../../companion/kernel/index.ts';
import type { Ghost } from '../ghost.ts';
import { SignalReporter } from './signal-reporter.ts';
import { testRunner } from './test-runner.ts';

const DIAGNOSTICS_MS = 2000;
const NAME_LIMIT = 200;

/** Tells the companion what happens in this window: names, counts and times, never contents. Nothing while untrusted. */
export function createSensors({ link, folders, prompts, clock }: Ghost): readonly Disposable[] {
  const reporter = new SignalReporter({
    clock,
    open: () => folders.trusted && link.api !== null,
    send: async (workspace, signals) => link.api?.sensors.report({ workspace, signals }),
  });
  const everywhere = (signal: Parameters<SignalReporter['add']>[1]) => {
    for (const { path } of folders.all) reporter.add(path, signal);
  };
  const inFile = (uri: vscode.Uri | undefined, tell: (workspace: string, file: string) => void) => {
    const place = uri && folders.placeOf(uri);
    if (place) tell(place.folder.path, place.file);
  };
  // A companion that is new, or has been away, knows nothing of this window.
  const tellWhere = () => {
    everywhere({ kind: 'focus', focused: vscode.window.state.focused });
    everywhere({ kind: 'debug', active: vscode.debug.activeDebugSession !== undefined });
    everywhere({ kind: 'prompt', open: prompts.open });
    inFile(vscode.window.activeTextEditor?.document.uri, (workspace, file) =>
      reporter.add(workspace, { kind: 'active', file }),
    );
  };
  return [
    reporter,
    folders.onOpened(tellWhere),
    vscode.window.onDidChangeWindowState(({ focused }) => everywhere({ kind: 'focus', focused })),
    vscode.window.onDidChangeActiveTextEditor((editor) =>
      inFile(editor?.document.uri, (workspace, file) => reporter.add(workspace, { kind: 'active', file })),
    ),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      // A change elsewhere than where the user is comes from a tool: checkout, formatter, rename.
      if (contentChanges.length === 0 || document !== vscode.window.activeTextEditor?.document) return;
      inFile(document.uri, (workspace, file) => reporter.typed(workspace, file, contentChanges.length));
    }),
    vscode.workspace.onDidSaveTextDocument(({ uri }) =>
      inFile(uri, (workspace, file) => reporter.add(workspace, { kind: 'save', file })),
    ),
    prompts.onChange((open) => everywhere({ kind: 'prompt', open })),
    ...diagnostics(folders, reporter, clock),
    ...debugging((active) => everywhere({ kind: 'debug', active })),
    ...tests((passed, name) => everywhere({ kind: 'test', passed, name: name.slice(0, NAME_LIMIT) })),
  ];
}

function diagnostics(
  folders: Ghost['folders'],
  reporter: SignalReporter,
  clock: Ghost['clock'],
): readonly Disposable[] {
  let timer: Disposable | null = null;
  const told = new Map<string, string>();
  const tell = () => {
    timer = null;
    const counts = new Map(folders.all.map(({ path }) => [path, { errors: 0, warnings: 0 }]));
    for (const [uri, found] of vscode.languages.getDiagnostics()) {
      const count = counts.get(folders.placeOf(uri)?.folder.path ?? '');
      if (!count) continue;
      for (const { severity } of found) {
        if (severity === vscode.DiagnosticSeverity.Error) count.errors++;
        else if (severity === vscode.DiagnosticSeverity.Warning) count.warnings++;
      }
    }
    for (const [path, count] of counts) {
      const words = JSON.stringify(count);
      if (told.get(path) === words) continue;
      told.set(path, words);
      reporter.add(path, { kind: 'diagnostics', ...count });
    }
  };
  return [
    folders.onOpened(() => told.clear()),
    vscode.languages.onDidChangeDiagnostics(() => {
      timer ??= clock.after(DIAGNOSTICS_MS, tell);
    }),
    { dispose: () => timer?.dispose() },
  ];
}

/** Active from the first session's start to the last one's end. */
function debugging(tell: (active: boolean) => void): readonly Disposable[] {
  const sessions = new Set<string>();
  return [
    vscode.debug.onDidStartDebugSession(({ id }) => {
      if (sessions.size === 0) tell(true);
      sessions.add(id);
    }),
    vscode.debug.onDidTerminateDebugSession(({ id }) => {
      if (sessions.delete(id) && sessions.size === 0) tell(false);
    }),
  ];
}

/** Results of Test-group tasks, and of test runners that were started in a terminal. */
function tests(tell: (passed: boolean, name: string) => void): readonly Disposable[] {
  return [
    vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      const { group, name } = execution.task;
      if (group?.id === vscode.TaskGroup.Test.id && exitCode !== undefined) tell(exitCode === 0, name);
    }),
    vscode.window.onDidEndTerminalShellExecution(({ execution, exitCode }) => {
      const runner = exitCode === undefined ? null : testRunner(execution.commandLine.value);
      if (runner) tell(exitCode === 0, runner);
    }),
  ];
}
