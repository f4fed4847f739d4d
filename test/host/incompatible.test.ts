import assert from 'node:assert/strict';
import { statusItem, toast } from './harness/workbench.ts';
import { runCommand } from './support/palette.ts';
import { openStageWithFake, type Stage } from './support/stage.ts';

describe('a companion that speaks another contract, in a real VS Code', () => {
  let stage: Stage;

  before(async function () {
    this.timeout(180_000);
    stage = await openStageWithFake({ protocol: { min: 7, max: 9 } });
  });
  after(async function () {
    this.timeout(60_000);
    await stage?.[Symbol.asyncDispose]();
  });

  it('is told in words, in the pulse, in the view and by every command', async () => {
    await statusItem(stage.page, 'restart needed').waitFor();
    await stage.bridge.run((vscode) => vscode.commands.executeCommand('workbench.view.extension.progeny'));
    await stage.page.getByText('do not speak the same version').first().waitFor();
    await runCommand(stage.page, 'Progeny: Open in Browser');
    const said = toast(stage.page, 'versions 7 to 9');
    await said.waitFor();
    assert.ok(await said.getByRole('button', { name: 'Start the companion' }).isVisible());
  });
});
