import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { statusItem, toast } from './harness/workbench.ts';
import type { FakeCompanion } from './support/fake-companion.ts';
import { runCommand } from './support/palette.ts';
import { eventually, openStageWithFake, type Stage } from './support/stage.ts';

describe('the ghost in restricted mode', () => {
  let stage: Stage & { fake: FakeCompanion };

  before(async function () {
    this.timeout(180_000);
    stage = await openStageWithFake({ trust: 'restricted' });
  });
  after(async function () {
    this.timeout(60_000);
    await stage?.[Symbol.asyncDispose]();
  });

  it('[F3] says so in the pulse and in the view, and opens the folder as not trusted', async () => {
    await statusItem(stage.page, 'restricted mode').waitFor();
    await eventually('the folder is open', async () => stage.fake.opened.length > 0);
    assert.deepEqual(stage.fake.opened, [{ path: stage.repository, trusted: false }]);
    await stage.bridge.run((vscode) => vscode.commands.executeCommand('workbench.view.extension.progeny'));
    await stage.page.getByText('This folder is in restricted mode').first().waitFor();
  });

  it('[A8] does no work there, and says why', async () => {
    await runCommand(stage.page, 'Progeny: Take the Wheel…');
    const said = toast(stage.page, 'This folder is in restricted mode: Progeny does no work in it');
    await said.waitFor();
    await said.getByRole('button', { name: 'Manage Trust…' }).waitFor();
    assert.deepEqual(stage.fake.wheel.asked, []);
    await stage.picture('wheel-restricted');
    await stage.bridge.run((vscode) => vscode.commands.executeCommand('notifications.clearAll'));
  });

  it('tells nothing of what is done there', async () => {
    await stage.bridge.run(async (vscode, folder) => {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.file(`${folder}/docs/grammar.md`));
      await vscode.window.showTextDocument(document);
    }, stage.repository);
    await stage.page.locator('.monaco-editor.focused').waitFor();
    await stage.page.keyboard.type('words');
    await delay(4000);
    assert.deepEqual(stage.fake.signals, []);
  });
});
