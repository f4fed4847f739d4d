import assert from 'node:assert/strict';
import { pickFromMenu } from './harness/workbench.ts';
import { appShowing, makeRoom, wear } from './support/app.ts';
import type { FakeCompanion } from './support/fake-companion.ts';
import { runCommand } from './support/palette.ts';
import { eventually, openStageWithFake, type Stage } from './support/stage.ts';

describe('council in a real VS Code', () => {
  let stage: Stage & { fake: FakeCompanion };
  before(async function () {
    this.timeout(240_000);
    stage = await openStageWithFake({ settings: { 'workbench.colorTheme': 'Default Dark Modern' } });
    await eventually('the folder is open', async () => stage.fake.opened.length > 0, 60_000);
  });
  after(async function () {
    this.timeout(60_000);
    await stage?.[Symbol.asyncDispose]();
  });

  const council = () => appShowing(stage, /^Questions/);

  it('[C8] decides a thread’s fate from its row: the masks vote, and the view shows every ballot', async () => {
    await stage.bridge.run((vscode) => vscode.commands.executeCommand('progeny.loops.focus'));
    const row = stage.page.locator('.part.sidebar .monaco-list-row', { hasText: 'feature/import' });
    await row.click({ button: 'right' });
    await pickFromMenu(stage.page, "Decide a Thread's Fate…");
    const frame = await council();
    await frame.locator('.ballot').first().waitFor();
    const [proposal] = stage.fake.council.proposals;
    assert.equal(proposal?.kind, 'loop_fate');
    assert.equal(stage.fake.loops.get(proposal?.subject ?? '')?.title, 'feature/import');
    const votes = await frame.locator('.ballot').allInnerTexts();
    assert.equal(votes.length, 3);
    assert.match(votes[0] ?? '', /Cal votes preserve.*by rules · counts 1\.4 times · right 7 of 9 times/s);
    await makeRoom(stage);
    const wide = await council();
    await wide.locator('.details').getByText('Contested: 66 % of the vote decides').waitFor();
    await wide.locator('body').evaluate('document.querySelector(".details h2").scrollIntoView()');
    await stage.page.mouse.move(900, 600);
    await wide.locator('body').evaluate('document.fonts.ready.then(() => true)');
    await stage.picture('council');
    await wear(stage, 'Default Light Modern');
    await stage.picture('council-light');
    await wear(stage, 'Default Dark Modern');
  });

  it('[C8] overrules the council with a reason, and not without', async () => {
    await runCommand(stage.page, 'Progeny: Ask the Council…');
    const frame = await council();
    const dialog = frame.getByRole('dialog');
    await dialog.getByLabel('What is the question?').fill('Where do we keep the sessions?');
    await dialog.locator('textarea').fill('In SQLite\nIn files');
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
    await frame.locator('.details').getByText('Decided: In SQLite').waitFor();
    await frame.locator('.your-call').getByRole('button', { name: 'In files' }).click();
    await dialog.getByRole('button', { name: 'Overrule' }).click();
    await dialog.getByText('Overruling the council needs a reason.').waitFor();
    assert.equal(stage.fake.council.proposals[0]?.decision, null);
    await dialog.locator('textarea').fill('They must be readable without us.');
    await dialog.getByRole('button', { name: 'Overrule' }).click();
    await frame.locator('.details').getByText('You chose In files, against the council').waitFor();
    const { decision } = stage.fake.council.proposals[0]!;
    assert.deepEqual(
      [decision?.choice, decision?.overruled, decision?.reason],
      ['In files', true, 'They must be readable without us.'],
    );
  });

  it('[C8] shows the advisers with their records, and makes one of a note on a Yes', async () => {
    await runCommand(stage.page, 'Progeny: Show Advisers');
    const frame = await appShowing(stage, /^Advisers/);
    await frame.locator('.card', { hasText: 'Cal' }).getByText('right 7 of 9 times').waitFor();
    // What was said of the decision before is read.
    const said = frame.getByRole('button', { name: 'Dismiss' });
    if (await said.isVisible()) await said.click();
    await stage.picture('advisers');
    await frame.getByRole('button', { name: 'Make it an adviser' }).click();
    await frame.locator('.card', { hasText: 'Wren' }).getByText('no vote yet').waitFor();
    assert.ok(stage.fake.council.masks.some(({ name }) => name === 'Wren'));
  });
});
