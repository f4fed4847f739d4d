import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { TestApp } from './fake/app.ts';
import { faultsOf } from './fake/faults.ts';
import { freshApp } from './fake/shared.ts';

describe('onboarding', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await freshApp();
  });

  const inputs = (name: string) =>
    app.companion.calls.filter((call) => call.name === name).map(({ input }) => input);
  const title = (page: Page, text: string) => page.locator('.question', { hasText: text }).waitFor();
  /** Tab until something with this name has the focus. */
  const tabTo = async (page: Page, name: string) => {
    for (let i = 0; i < 40; i++) {
      const here = await page.evaluate(() => {
        const element = document.activeElement;
        return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
      });
      if (here.trim().endsWith(name)) return;
      await page.keyboard.press('Tab');
    }
    assert.fail(`Tab does not reach "${name}"`);
  };
  /** The field of the question that has the focus. */
  const inField = async (page: Page) => {
    await page.waitForFunction(
      () => document.activeElement?.closest('.answer') !== null && document.activeElement !== document.body,
    );
  };

  it('[S8] with the keyboard alone: answers, skips, goes back, corrects and keeps; axe finds nothing on any page', async () => {
    await using opened = await app.open('#/convergence', { until: '.question', reducedMotion: true });
    const { page } = opened;
    const clean = async () => assert.deepEqual(await faultsOf(page), []);
    await clean();
    await tabTo(page, 'Eight questions');
    await page.keyboard.press('Enter');

    await title(page, 'When are you in flow');
    await inField(page);
    await clean();
    await page.keyboard.type('A quiet morning');
    await page.keyboard.press('Tab');
    await page.keyboard.type('meetings');
    await page.keyboard.press('Enter');
    await page.keyboard.type('chat');
    await page.keyboard.press('Control+Enter');

    await title(page, 'What must never happen');
    await inField(page);
    await page.keyboard.type('No force-push');
    await tabTo(page, 'Next');
    await page.keyboard.press('Enter');

    await title(page, 'When it is too much');
    await inField(page);
    await clean();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');

    await title(page, 'Done, or perfect');
    await inField(page);
    await tabTo(page, 'Back');
    await page.keyboard.press('Enter');
    await title(page, 'When it is too much');
    await inField(page);
    assert.equal(await page.locator('.option :checked').inputValue(), 'action');
    await page.keyboard.press('Enter');
    await title(page, 'Done, or perfect');
    await inField(page);
    await tabTo(page, 'Skip');
    await page.keyboard.press('Enter');

    await title(page, 'When two good things');
    await inField(page);
    await page.keyboard.type('kind, fast');
    await page.keyboard.press('Control+Enter');
    await title(page, 'When are your best hours');
    await inField(page);
    await page.keyboard.type('mornings');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('received "mornings"; expected stretches').waitFor();
    await inField(page);
    await clean();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('9-12');
    await page.keyboard.press('Enter');
    await title(page, 'What should be left alone');
    await inField(page);
    await page.keyboard.press('Control+Enter');
    await title(page, 'What should I remember you by');
    await inField(page);
    await page.keyboard.press('Control+Enter');

    await title(page, 'What I understood');
    await clean();
    const lines = () => page.locator('.mirror-line dd > bdi').allInnerTexts();
    assert.deepEqual(await lines(), [
      'A quiet morning',
      'meetings; chat',
      'No force-push',
      'Action: one small next step',
      'kind; fast',
      '09:00-12:00',
    ]);
    await tabTo(page, 'Change: What breaks it');
    await page.keyboard.press('Enter');
    await inField(page);
    await clean();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('calls');
    await page.keyboard.press('Control+Enter');
    await page.locator('.mirror-line dd', { hasText: 'calls' }).waitFor();
    await page.waitForFunction(() =>
      document.activeElement?.getAttribute('aria-label')?.startsWith('Change: What breaks it'),
    );
    await page.keyboard.press('Enter');
    await inField(page);
    await page.keyboard.press('Escape');
    assert.equal((await lines())[1], 'calls');
    await tabTo(page, 'Keep it');
    await page.keyboard.press('Enter');
    await title(page, 'This is how you work');
    await clean();
    assert.deepEqual(inputs('convergence.skip'), [{ question: 'standard', form: 'short' }]);
    assert.deepEqual(inputs('convergence.correct'), [{ question: 'flow', part: 'killers', text: 'calls' }]);
    assert.equal(inputs('convergence.finish').length, 1);
    assert.deepEqual(opened.problems, []);
  });

  it('[S8] skips all in one action, from the first page and from a question, and asks nothing afterwards', async () => {
    await using opened = await app.open('#/convergence', { until: '.question' });
    const { page } = opened;
    await page.getByRole('button', { name: 'Skip all' }).click();
    await page.getByRole('heading', { name: 'Skipped' }).waitFor();
    assert.deepEqual(inputs('convergence.skip'), [{ all: true }]);
    await page.getByRole('button', { name: 'Answer after all' }).click();
    await page.getByRole('button', { name: 'Fourteen questions' }).click();
    await title(page, 'What should I call you');
    await page.getByText('1 of 14').waitFor();
    await page.locator('.answer input').fill('Dana');
    await page.keyboard.press('Enter');
    await title(page, 'When are you in flow');
    await page.getByRole('button', { name: 'Skip all' }).click();
    await page.locator('.mirror-line', { hasText: 'Dana' }).waitFor();
    assert.equal(app.companion.onboarding.get().stage, 'skipped');
  });

  it('[S8] goes on where it was left', async () => {
    app.companion.onboarding.say(3);
    await using opened = await app.open('#/convergence', { until: 'progress' });
    await title(opened.page, 'Done, or perfect');
    await opened.page.getByText('4 of 8').waitFor();
  });

  it('[S8] keeps what was typed where it could not be saved, and says why', async () => {
    app.companion.fail.set('convergence.answer', ['read_only', 'The disk is full.']);
    await using opened = await app.open('#/convergence?at=rememberedBy', { until: 'progress' });
    const { page } = opened;
    await page.locator('.answer textarea').fill('I finish things');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('The disk is full.').waitFor();
    assert.equal(await page.locator('.answer textarea').inputValue(), 'I finish things');
    app.companion.fail.clear();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.locator('.mirror-line', { hasText: 'I finish things' }).waitFor();
  });

  it('[S8] tells what this machine offers, and how to get the rest', async () => {
    await using opened = await app.open('#/convergence?at=machine', { until: '.findings' });
    const text = await opened.page.locator('.findings').innerText();
    assert.match(text, /git Ready · git 2\.47/);
    assert.match(text, /Ollama Not quite[\s\S]*ollama\.com/);
    assert.match(text, /Microphone Not here[\s\S]*spoken/);
    assert.match(text, /Python Unknown · it did not/);
  });
});
