import assert from 'node:assert/strict';
import { answerInput, statusItem, toast, webview } from './harness/workbench.ts';
import type { FakeCompanion } from './support/fake-companion.ts';
import { runCommand } from './support/palette.ts';
import { eventually, openStageWithFake, type Stage } from './support/stage.ts';

const tap = {
  text: 'Tests are green and parser.ts is committed.',
  why: 'The other half of this thread (docs/grammar.md) is untouched for 6 days.',
  actions: [
    { id: 'open', label: 'Open' },
    { id: 'later', label: 'Later' },
  ],
};

describe('signals and taps in a real VS Code', () => {
  let stage: Stage & { fake: FakeCompanion };
  const kinds = () => stage.fake.signals.map(({ kind }) => kind);

  before(async function () {
    this.timeout(180_000);
    stage = await openStageWithFake();
    await eventually('the folder is open', async () => stage.fake.opened.length > 0);
  });
  after(async function () {
    this.timeout(60_000);
    await stage?.[Symbol.asyncDispose]();
  });

  it('opens its folder as trusted', () => {
    assert.deepEqual(stage.fake.opened, [{ path: stage.repository, trusted: true }]);
  });

  it('tells where the user is and what is edited and saved, in names and counts only', async () => {
    await stage.bridge.run(async (vscode, folder) => {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.file(`${folder}/docs/grammar.md`));
      await vscode.window.showTextDocument(document);
    }, stage.repository);
    await stage.page.locator('.monaco-editor.focused').waitFor();
    await stage.page.keyboard.type('A secret sentence. ');
    await stage.page.keyboard.press('Control+s');
    // Typing that takes more than two seconds is told in several signals.
    const typing = () => stage.fake.signals.filter((signal) => signal.kind === 'typing');
    await eventually('typing and save are told', async () => {
      const edits = typing().reduce((sum, signal) => sum + signal.edits, 0);
      return edits > 5 && kinds().includes('save');
    });
    assert.deepEqual([...new Set(typing().map(({ file }) => file))], ['docs/grammar.md']);
    assert.doesNotMatch(JSON.stringify(stage.fake.signals), /secret/);
  });

  it('tells how tests in a terminal ended, without their command line', async () => {
    await stage.bridge.run((vscode) => vscode.commands.executeCommand('workbench.action.terminal.new'));
    await stage.bridge.run(async (vscode) => {
      const terminal = await new Promise<import('vscode').Terminal>((resolve) => {
        const look = () => vscode.window.terminals.find(({ shellIntegration }) => shellIntegration);
        const found = look();
        if (found) return resolve(found);
        const listening = vscode.window.onDidChangeTerminalShellIntegration(({ terminal }) => {
          listening.dispose();
          resolve(terminal);
        });
        setTimeout(() => resolve(look() ?? vscode.window.activeTerminal!), 20_000);
      });
      terminal.shellIntegration?.executeCommand('npm test --silent --prefix /nowhere/secret-project');
    });
    const result = await eventually('the result is told', async () =>
      stage.fake.signals.find((signal) => signal.kind === 'test'),
    );
    assert.deepEqual(result.kind === 'test' && [result.passed, result.name], [false, 'npm test']);
    assert.doesNotMatch(JSON.stringify(stage.fake.signals), /secret-project/);
    await stage.bridge.run((vscode) => vscode.commands.executeCommand('workbench.action.terminal.killAll'));
  });

  it('tells how a Test-group task ended', async () => {
    await stage.bridge.run(async (vscode) => {
      const folder = vscode.workspace.workspaceFolders?.[0];
      if (!folder) throw new Error('no folder');
      const task = new vscode.Task(
        { type: 'shell' },
        folder,
        'unit',
        'test',
        new vscode.ShellExecution('true'),
      );
      task.group = vscode.TaskGroup.Test;
      await vscode.tasks.executeTask(task);
    });
    await eventually('the result is told', async () =>
      stage.fake.signals.some((signal) => signal.kind === 'test' && signal.passed && signal.name === 'unit'),
    );
  });

  it('tells when one of its own questions is open', async () => {
    await runCommand(stage.page, 'Progeny: Open a Thread…');
    await answerInput(stage.page, 'Write the grammar');
    await eventually(
      'both ends are told',
      async () => kinds().filter((kind) => kind === 'prompt').length >= 2,
    );
    assert.ok([...stage.fake.loops.values()].some(({ title }) => title === 'Write the grammar'));
  });

  it('shows a tap once, without a modal, and tells what was pressed', async () => {
    const answer = stage.fake.tap({ id: 'tap_1', ...tap });
    const shown = toast(stage.page, tap.text);
    await shown.waitFor();
    await statusItem(stage.page, '1 tap waiting').waitFor();
    assert.equal(await stage.page.locator('.monaco-dialog-box').count(), 0);
    await shown.getByRole('button', { name: 'Open' }).click();
    assert.deepEqual(await answer, { outcome: 'engaged', action: 'open' });
    await eventually(
      'the brief opens',
      async () => (await stage.page.locator('.tab', { hasText: 'Where you are' }).count()) > 0,
    );
    await webview(stage.page).locator('body').waitFor();
    assert.equal(await toast(stage.page, tap.text).count(), 0);
  });

  it('tells a tap that was closed as dismissed', async () => {
    const answer = stage.fake.tap({ id: 'tap_2', ...tap });
    const shown = toast(stage.page, tap.text);
    await shown.waitFor();
    await shown.hover();
    await shown.locator('.codicon-notifications-clear').click();
    assert.deepEqual(await answer, { outcome: 'dismissed', action: null });
  });

  it('pauses taps and says so', async () => {
    await runCommand(stage.page, 'Progeny: Pause Taps…');
    await stage.page.locator('.quick-input-list .monaco-list-row', { hasText: '30 minutes' }).click();
    await statusItem(stage.page, '· quiet').waitFor();
    const until = stage.fake.status.pausedUntil ?? 0;
    assert.ok(until > Date.now() + 25 * 60_000 && until < Date.now() + 31 * 60_000);
    await runCommand(stage.page, 'Progeny: Resume Taps');
    await eventually('taps are on', async () => stage.fake.status.pausedUntil === null);
  });

  it('brings a setting to the companion when the user changes it', async () => {
    await stage.bridge.run(async (vscode) => {
      const configuration = vscode.workspace.getConfiguration('progeny');
      await configuration.update('interruption.perDay', 1, vscode.ConfigurationTarget.Global);
    });
    await eventually('the setting arrived', async () => stage.fake.settings.interruption.perDay === 1);
    assert.equal(stage.fake.settings.interruption.refractoryMinutes, 240);
  });
});
