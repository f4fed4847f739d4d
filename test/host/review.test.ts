import assert from 'node:assert/strict';
import { appShowing } from './support/app.ts';
import type { FakeCompanion } from './support/fake-companion.ts';
import { runCommand } from './support/palette.ts';
import { eventually, openStageWithFake, type Stage } from './support/stage.ts';

describe('review in a real VS Code', () => {
  let stage: Stage & { fake: FakeCompanion };
  before(async function () {
    this.timeout(180_000);
    stage = await openStageWithFake();
    await eventually('the folder is open', async () => stage.fake.opened.length > 0, 60_000);
  });
  after(async function () {
    this.timeout(60_000);
    await stage?.[Symbol.asyncDispose]();
  });

  const review = () => appShowing(stage, /^Review/);

  it('[S5] the command opens the view; a belief is confirmed there, and the view is empty and says why', async () => {
    await runCommand(stage.page, 'Progeny: Review What It Believes of You');
    const frame = await review();
    const row = frame.locator('.review-row');
    await row.waitFor();
    assert.match(await row.innerText(), /tests before the code.*9 of 11/s);
    await stage.picture('review');
    await frame.getByRole('button', { name: 'Confirm: You write the tests' }).click();
    await frame.getByText('Nothing to review today').waitFor();
    await frame.getByRole('link', { name: 'All that is believed' }).click();
    await frame.getByText(/^confirmed, learned after/).waitFor();
  });
});
