import assert from 'node:assert/strict';
import type { TestApp } from './fake/app.ts';
import { NOW, WORKSPACE } from './fake/fixtures.ts';
import { freshApp } from './fake/shared.ts';

describe('the brief', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await freshApp();
  });

  it('says last, in flight, while you were away and next, in this order', async () => {
    await using opened = await app.open('#/brief', { until: '.flight' });
    const heads = await opened.page.locator('.brief-part h2').allInnerTexts();
    assert.deepEqual(heads, ['Last', 'In flight · loops', 'While you were away', 'Next']);
    assert.match(
      await opened.page.locator('.sub').first().innerText(),
      /^atlas, on fix\/clock · Monday 09:12, after 2 days 14 hours away$/,
    );
    const current = opened.page.locator('.flight[aria-current]');
    assert.match(await current.innerText(), /fix\/clock.*current/s);
  });

  it('makes every item a link: files to the editor, threads to their page, commits to what git needs', async () => {
    await using opened = await app.open('#/brief', {
      until: '.flight',
      context: { permissions: ['clipboard-read', 'clipboard-write'] },
    });
    const { page } = opened;
    const file = page.getByRole('link', { name: 'scheduler.ts:88' }).first();
    assert.equal(await file.getAttribute('href'), `vscode://file${WORKSPACE}/src/core/scheduler.ts:88`);
    await page.getByRole('button', { name: 'a41c9e2' }).first().click();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'git show a41c9e2f00b1');
    assert.match(await page.locator('.toast').innerText(), /Copied: git show a41c9e2f00b1/);
    const idle = await page
      .locator('.brief-body p')
      .evaluateAll(
        (all) =>
          all.filter(
            (p) =>
              p.textContent !== '' && !p.querySelector('a, button') && !p.closest('.flight, .statement-lead'),
          ).length,
      );
    assert.equal(idle, 0);
    await page.getByRole('link', { name: /Commit the two files/ }).click();
    await page.waitForSelector('.details h2');
    assert.equal(new URL(page.url()).hash, '#/loops/loop_clock1');
  });

  it('is told anew when something happens, and says so to those who listen', async () => {
    await using opened = await app.open('#/brief', { until: '.flight' });
    const { brief } = app.companion;
    const [first] = brief.loops;
    assert.ok(first);
    app.companion.brief = {
      ...brief,
      loops: [...brief.loops, { ...first, id: 'loop_fresh', title: 'fix/fresh', facts: {} }],
    };
    app.companion.changed();
    await opened.page.getByRole('link', { name: 'fix/fresh' }).waitFor();
    await opened.page.getByText(/Brief updated. 1 new: fix\/fresh/).waitFor({ state: 'attached' });
  });

  it('keeps times true as they pass, exact on hover', async () => {
    await using opened = await app.open('#/brief', { until: '.flight' });
    const moment = opened.page.locator('.flight time').first();
    assert.match(await moment.innerText(), /^3 days ago/);
    assert.equal(await moment.getAttribute('title'), 'Friday 21 November 2025 at 19:12');
    await opened.page.clock.setFixedTime(NOW + 26 * 3_600_000);
    await opened.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await opened.page.getByText(/Tuesday 11:12/).waitFor();
    assert.match(await moment.innerText(), /^4 days ago/);
  });

  it('asks for a new reading of the repository', async () => {
    await using opened = await app.open('#/brief', { until: '.flight' });
    await opened.page.getByRole('button', { name: 'Read the repository again' }).click();
    await opened.page.getByText('Reading the repository again.').waitFor({ state: 'attached' });
    assert.deepEqual(app.companion.calls.findLast(({ name }) => name === 'workspaces.scan')?.input, {
      path: WORKSPACE,
    });
  });

  it('is where an unknown address leads', async () => {
    await using opened = await app.open('#/nowhere', { until: '.flight' });
    assert.equal(await opened.page.locator('h1').innerText(), 'Where you are');
  });

  it('asks nothing while nobody looks', async () => {
    await using opened = await app.open('#/brief', { until: '.flight' });
    await opened.page.evaluate(() =>
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true }),
    );
    const asks = () => app.companion.calls.filter(({ name }) => name === 'brief.get').length;
    const before = asks();
    for (let i = 0; i < 5; i++) app.companion.changed();
    await opened.page.waitForTimeout(300);
    assert.equal(asks(), before);
    await opened.page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'visible' });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    const deadline = Date.now() + 5000;
    while (asks() === before && Date.now() < deadline) await opened.page.waitForTimeout(50);
    assert.ok(asks() > before);
  });
});
