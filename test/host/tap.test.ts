import assert from 'node:assert/strict';
import { statusItem, toast } from './harness/workbench.ts';
import { runCommand } from './support/palette.ts';
import { eventually, openStage, type Stage } from './support/stage.ts';
import { beAway } from './support/time-away.ts';

const DAY = 24 * 3_600_000;
const TAP = 'Back after';

describe('a shoulder tap in a real VS Code', () => {
  let stage: Stage;

  before(async function () {
    this.timeout(180_000);
    const settings = {
      'workbench.colorTheme': 'Default Dark Modern',
      // The user stops for five seconds: that is the boundary. Only the reunion is worth telling.
      'progeny.interruption.idleSeconds': 5,
      'progeny.loops.uncommittedRiskHours': 720,
      'progeny.loops.staleDays': 365,
      'progeny.interruption.spontaneous': false,
    };
    stage = await openStage({ settings });
  });
  after(async function () {
    this.timeout(60_000);
    await stage?.[Symbol.asyncDispose]();
  });

  const interruptions = async () => (await stage.client.connected(20_000)).interruptions.list({});
  const shown = async () => (await interruptions()).filter(({ gate }) => gate === null);
  /** Git has an item with the name of the branch, too. */
  const pulseSays = (text: string) =>
    stage.page.locator('.statusbar-item[id="progeny-dev.progeny.pulse"]', { hasText: text }).waitFor();
  /** Stops everything, lets days pass, and comes back. */
  const comeBackAfter = async (ms: number) => {
    await pulseSays('fix/clock');
    await runCommand(stage.page, 'Progeny: Stop Everything');
    await pulseSays('Progeny stopped');
    beAway(stage.dataDirectory, ms);
    await runCommand(stage.page, 'Progeny: Start the Companion');
    await pulseSays('open');
  };

  it('[F3] comes once at a boundary after days away, says why, and is no modal', async () => {
    await stage.bridge.run(async (vscode, folder) => {
      await vscode.commands.executeCommand('workbench.view.extension.progeny');
      await vscode.window.showTextDocument(vscode.Uri.file(`${folder}/src/scheduler.ts`));
    }, stage.repository);
    await comeBackAfter(4 * DAY);
    const tap = toast(stage.page, TAP);
    await tap.waitFor({ timeout: 60_000 });
    await statusItem(stage.page, '1 tap waiting').waitFor();
    assert.match(await tap.innerText(), /4 days.*fix\/clock.*Offered on return/s);
    assert.equal(await stage.page.locator('.monaco-dialog-box').count(), 0);
    await stage.picture('tap');
    assert.equal((await shown()).length, 1);
  });

  it('[F3] does what its button says, and the answer is in the log', async () => {
    await toast(stage.page, TAP).getByRole('button', { name: 'Show brief' }).click();
    await stage.page.locator('.tab', { hasText: 'Where you are' }).waitFor();
    const row = await eventually('the answer is noted', async () => {
      const [first] = await shown();
      return first?.outcome != null && first;
    });
    assert.equal(row.outcome, 'engaged');
    assert.ok((row.responseMs ?? 0) > 0);
  });

  it('[F3] does not come again within the refractory period, though there is something to tell', async () => {
    await comeBackAfter(3 * DAY);
    const silent = await eventually('the next return is kept silent', async () => {
      const [newest] = await interruptions();
      return newest?.candidate.startsWith('reunion') && newest.gate !== null && newest;
    });
    assert.equal(silent.gate, 'refractory');
    assert.equal(await toast(stage.page, TAP).count(), 0);
    assert.equal((await shown()).length, 1);
  });
});
