import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { TestApp } from './fake/app.ts';
import { faultsOf } from './fake/faults.ts';
import { WORKSPACE } from './fake/fixtures.ts';
import { freshApp } from './fake/shared.ts';
import { asWebview } from './fake/vscode.ts';

describe('review', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await freshApp();
  });

  const inputs = (name: string) =>
    app.companion.calls.filter((call) => call.name === name).map(({ input }) => input);
  const rows = (page: Page) => page.locator('.review-row');
  const said = (page: Page, text: string) =>
    page.locator('[role="status"]', { hasText: text }).first().waitFor({ state: 'attached' });

  it('shows what waits today with its numbers, how sure it is, and how much comes another day', async () => {
    await using opened = await app.open('#/review', { until: '.review-row' });
    const texts = await rows(opened.page).allInnerTexts();
    assert.equal(texts.length, 3);
    assert.match(
      texts[0] ?? '',
      /tests before the code of a change \(9 of 11 changes.*likely · since.*Confirm.*Deny.*Add context/s,
    );
    assert.match(texts[1] ?? '', /09:10 \(18 of 20 working days\).*well supported/s);
    assert.match(texts[2] ?? '', /grammar\.md too.*atlas/s);
    await opened.page.getByText('3 things to review, 2 more another day').first().waitFor();
    assert.deepEqual(opened.problems, []);
  });

  it('shows the evidence week by week, and opens a commit of it', async () => {
    await using opened = await app.open('', {
      path: '/webview',
      theme: 'dark',
      viewport: { width: 320, height: 800 },
      prepare: (page) => asWebview(page, { workspace: WORKSPACE, route: 'review' }),
      until: '.review-row',
    });
    const { page } = opened;
    await rows(page).first().locator('.title').click();
    const weeks = await page.locator('.review-weeks li').allInnerTexts();
    assert.equal(weeks.length, 3);
    assert.match(weeks[0] ?? '', /^for: 4 of 4/);
    assert.match(weeks[2] ?? '', /^against: 2 of 4/);
    await page.getByRole('button', { name: 'a41c9e2' }).first().click();
    const asked = await page.evaluate(() => (window as unknown as { asked: unknown[] }).asked);
    assert.deepEqual(asked, [
      { type: 'open', workspace: WORKSPACE, target: { kind: 'commit', commit: 'a41c9e2f00b1' } },
    ]);
    assert.deepEqual(await faultsOf(page), []);
  });

  it('takes a Yes and a No, by the keyboard alone', async () => {
    await using opened = await app.open('#/review', { until: '.review-row' });
    const { page } = opened;
    await rows(page).first().locator('.title').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('learned once three weeks have borne it out').first().waitFor();
    await said(page, '2 things to review');
    // The next one has taken its place, and the focus.
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('09:10'));
    await page.keyboard.press('ArrowDown');
    for (let n = 0; n < 2; n++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await said(page, '1 thing to review');
    assert.deepEqual(inputs('review.answer'), [
      { id: 'hypothesis_tests1', answer: 'confirm' },
      { id: 'hypothesis_pair01', answer: 'deny' },
    ]);
  });

  it('asks when it does not hold, and says what was read from that', async () => {
    await using opened = await app.open('#/review', { until: '.review-row' });
    const { page } = opened;
    await page.getByRole('button', { name: 'Add context to: You usually start' }).click();
    await page.getByRole('button', { name: 'Yes, except then' }).click();
    await page.getByText('Say when it does not hold').waitFor();
    await page.getByLabel('When it does not hold').fill('on Fridays');
    await page.keyboard.press('Enter');
    await page.getByText('What you do on Friday does not count against it').first().waitFor();
    assert.deepEqual(inputs('review.answer'), [
      { id: 'hypothesis_start1', answer: 'context', text: 'on Fridays' },
    ]);
  });

  it('lists all that is believed, lets an answer be changed, and forgets', async () => {
    await using opened = await app.open('#/review?show=all', { until: '.review-row' });
    const { page } = opened;
    const texts = await rows(page).allInnerTexts();
    assert.equal(texts.length, 6);
    assert.match(texts[3] ?? '', /Except: on Fridays.*learned/s);
    assert.match(texts[4] ?? '', /denied/);
    await page.getByRole('button', { name: 'More for You make small commits' }).click();
    await page.getByRole('menuitem', { name: 'Confirm' }).click();
    await page
      .locator('.review-row', { hasText: 'small commits' })
      .getByText(/^confirmed, learned/)
      .waitFor();
    await page.getByRole('button', { name: 'More for You make small commits' }).click();
    await page.getByRole('menuitem', { name: 'Forget, with its evidence' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.review-row').length === 5);
  });

  it('keeps the row, and says why, where an answer could not be kept', async () => {
    app.companion.fail.set('review.answer', ['read_only', 'The disk is full.']);
    await using opened = await app.open('#/review', { until: '.review-row' });
    const { page } = opened;
    await page.getByRole('button', { name: 'Confirm: You write the tests' }).click();
    await page.getByText('Not changed. The disk is full.').first().waitFor();
    assert.equal(await rows(page).count(), 3);
  });

  it('asks again for what concerns beliefs, and for nothing else', async () => {
    await using opened = await app.open('#/review', { until: '.review-row' });
    const before = inputs('review.queue').length;
    app.companion.changed('loop.changed');
    await opened.page.waitForTimeout(1300);
    assert.equal(inputs('review.queue').length, before);
    app.companion.beliefs = app.companion.beliefs.slice(1);
    app.companion.changed('hypothesis.withdrawn');
    await said(opened.page, '2 things to review');
  });
});
