import assert from 'node:assert/strict';
import { appShowing } from './support/app.ts';
import { runCommand } from './support/palette.ts';
import { eventually, openStage, type Stage } from './support/stage.ts';

describe('onboarding in a real VS Code', () => {
  let stage: Stage;

  before(async function () {
    this.timeout(180_000);
    stage = await openStage({
      settings: {
        'workbench.colorTheme': 'Default Dark Modern',
        'progeny.interruption.quietFrom': '00:00',
        'progeny.interruption.quietUntil': '23:59',
      },
    });
    await stage.client.connected(60_000);
  });
  after(async function () {
    this.timeout(60_000);
    await stage?.[Symbol.asyncDispose]();
  });

  const onboarding = () => appShowing(stage, /^How you work/);
  const state = async () => (await stage.client.connected(20_000)).convergence.get({});

  it('[S8] the walkthrough opens, and its step runs the command', async function () {
    this.timeout(120_000);
    await stage.bridge.run((vscode) =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', 'progeny-dev.progeny#start', false),
    );
    const step = stage.page.locator('.getting-started-step', { hasText: 'Tell Progeny how you work' });
    await step.click();
    const button = step.getByRole('button', { name: 'Tell Progeny how you work' }).last();
    await button.waitFor();
    await stage.page.mouse.move(5, 5);
    await stage.picture('walkthrough');
    await button.click();
    const frame = await onboarding();
    await frame.getByRole('button', { name: 'Eight questions' }).waitFor();
    await stage.page.locator('.tabs-container .tab', { hasText: 'How you work' }).waitFor();
  });

  it('[S8] answers, skips the rest, and keeps what was understood, in the editor', async function () {
    this.timeout(120_000);
    const frame = await onboarding();
    await frame.getByRole('button', { name: 'Eight questions' }).click();
    await frame.locator('textarea').first().fill('A quiet morning');
    await stage.picture('convergence');
    await frame.getByRole('button', { name: 'Next' }).click();
    await frame.getByText('What must never happen?').waitFor();
    await eventually('the answer is kept', async () => (await state()).questions[0]?.status === 'answered');
    await frame.getByRole('button', { name: 'Skip all' }).click();
    await frame.getByText('A quiet morning').waitFor();
    await frame.getByRole('button', { name: 'Keep it' }).click();
    await frame.getByText('This is how you work').waitFor();
    assert.equal((await state()).stage, 'finished');
    const api = await stage.client.connected(20_000);
    const preferences = (await api.heritage.get({})).find(({ file }) => file === 'preferences');
    assert.equal(preferences?.source, 'convergence');
    assert.ok(preferences?.file === 'preferences' && preferences.content.flow === 'A quiet morning');
    await stage.picture('convergence-kept');
  });

  it('[S8] the command shows the same page again', async () => {
    await runCommand(stage.page, 'Progeny: Tell Progeny How You Work');
    const frame = await onboarding();
    await frame.getByText('This is how you work').waitFor();
    assert.equal(await stage.page.locator('.tabs-container .tab', { hasText: 'How you work' }).count(), 1);
  });
});
