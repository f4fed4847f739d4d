import assert from 'node:assert/strict';
import type { TestApp } from './fake/app.ts';
import { freshApp } from './fake/shared.ts';

describe('what it knows', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await freshApp();
  });

  const inputs = (name: string) =>
    app.companion.calls.filter((call) => call.name === name).map(({ input }) => input);

  it('[W1] with the keyboard alone: a line is changed where it stands, and its button has the focus again', async () => {
    await using opened = await app.open('#/heritage', { until: '.heritage-part' });
    const { page } = opened;
    await page.getByRole('button', { name: 'Change: What must never happen' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.heritage .answer:focus-within textarea').waitFor();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\nrewrite what others have pulled');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Kept as version 5').first().waitFor();
    assert.deepEqual(inputs('heritage.update'), [
      {
        file: 'core',
        patch: {
          hardLines: [
            'push to main without a green run',
            'send code off this machine',
            'rewrite what others have pulled',
          ],
        },
        reason: 'Changed “What must never happen”',
      },
    ]);
    await page.waitForFunction(
      () => document.activeElement?.getAttribute('aria-label') === 'Change: What must never happen',
    );
    await page.keyboard.press('Enter');
    await page.locator('.heritage .answer:focus-within textarea').waitFor();
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !document.querySelector('.heritage .answer'));
    assert.equal(inputs('heritage.update').length, 1);
    assert.deepEqual(opened.problems, []);
  });

  it('[W1] each kind of line is read as what it is; what cannot be read is said and not sent', async () => {
    await using opened = await app.open('#/heritage', { until: '.heritage-part' });
    const { page } = opened;
    const change = (name: string) => page.getByRole('button', { name: `Change: ${name}` }).click();
    const save = () => page.getByRole('button', { name: 'Save' }).click();
    await change('Your best hours');
    await page.locator('.answer input').fill('mornings');
    await save();
    await page.getByText('“mornings” is no stretch of time').waitFor();
    assert.deepEqual(inputs('heritage.update'), []);
    await page.locator('.answer input').fill('8:30 to 11:00, 22:00–23:15');
    await save();
    await page.getByText('08:30 to 11:00').waitFor();
    await change('Progeny should be');
    await page.getByLabel('Not said').check();
    await save();
    await change('Last big thing');
    await page.locator('.answer textarea').fill('');
    await save();
    await page.getByRole('button', { name: 'Change: Last big thing' }).waitFor({ state: 'detached' });
    await page.locator('.answer').waitFor({ state: 'detached' });
    assert.deepEqual(
      inputs('heritage.update').map((input) => (input as { patch: unknown }).patch),
      [
        {
          peakHours: [
            { from: '08:30', until: '11:00' },
            { from: '22:00', until: '23:15' },
          ],
        },
        { temperament: '' },
        { more: {} },
      ],
    );
  });

  it('[W1] any two versions are compared; an old one is restored after it was shown what that changes', async () => {
    await using opened = await app.open('#/heritage/core', { until: '.diff' });
    const { page } = opened;
    await page.getByRole('link', { name: 'Version 3' }).click();
    await page.getByText('has "send code off this machine" now').waitFor();
    await page.getByLabel('From', { exact: true }).selectOption('1');
    await page.getByLabel('To', { exact: true }).selectOption('4');
    await page.getByText('is now "Dana"').waitFor();
    assert.deepEqual(inputs('heritage.diff').at(-1), { file: 'core', from: 1, to: 4 });
    await page.getByRole('button', { name: 'Restore version 2…' }).click();
    await page.getByRole('dialog').getByText('no longer has "send code off this machine"').waitFor();
    assert.deepEqual(inputs('heritage.restore'), []);
    await page.getByRole('button', { name: 'Restore', exact: true }).click();
    await page.getByText('Version 2 is in force again, as version 5.').first().waitFor();
    assert.deepEqual(inputs('heritage.restore'), [{ file: 'core', version: 2 }]);
    await page.locator('.version', { hasText: 'Version 5' }).waitFor();
  });

  it('[W1] what forgetting takes and which backups hold it is shown first; then only what is in force is left', async () => {
    await using opened = await app.open('#/heritage/core', { until: '.diff' });
    const { page } = opened;
    await page.getByRole('button', { name: 'Forget old versions…' }).click();
    await page.getByText('3 old versions and 1 refused hand edit').waitFor();
    await page.getByText('2 backups still hold it').waitFor();
    assert.deepEqual(inputs('heritage.forgetVersions'), []);
    await page.getByRole('button', { name: 'Forget them' }).click();
    await page.getByText('Forgotten: 3 old versions and 1 refused hand edit.').first().waitFor();
    await page.waitForFunction(() => document.querySelectorAll('.version').length === 1);
  });

  it('[W1] a change by hand, elsewhere, is shown by itself', async () => {
    await using opened = await app.open('#/heritage', { until: '.heritage-part' });
    const { heritage } = app.companion;
    heritage.put(
      'core',
      { ...heritage.document('core').content, name: 'Dana Two' },
      'hand',
      'Edited by hand',
    );
    await opened.page.getByText('Dana Two').waitFor();
  });
});
