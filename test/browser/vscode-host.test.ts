import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { screenshot, type TestApp } from './fake/app.ts';
import { faultsOf } from './fake/faults.ts';
import { WORKSPACE } from './fake/fixtures.ts';
import { freshApp } from './fake/shared.ts';
import { asWebview } from './fake/vscode.ts';

const asked = (page: Page) => page.evaluate(() => (window as unknown as { asked: unknown[] }).asked);

describe('the app in a webview', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await freshApp();
  });

  const open = (context: { workspace: string | null; route?: string }, until: string) =>
    app.open('', {
      path: '/webview',
      theme: 'dark',
      viewport: { width: 320, height: 800 },
      prepare: (page) => asWebview(page, context),
      until,
    });

  it('shows the brief through the relay, in the look of the editor', async () => {
    await using opened = await open({ workspace: WORKSPACE, route: 'brief' }, '.flight');
    await screenshot(opened.page, 'webview-brief');
    assert.deepEqual(await faultsOf(opened.page), []);
    assert.deepEqual(opened.problems, []);
    assert.equal(await opened.page.getByLabel('Appearance').count(), 0);
  });

  it('never holds a token, and asks the extension to open what is clicked', async () => {
    await using opened = await open({ workspace: WORKSPACE }, '.flight');
    await opened.page.getByRole('button', { name: 'scheduler.ts:88' }).first().click();
    assert.deepEqual(await asked(opened.page), [
      {
        type: 'open',
        workspace: WORKSPACE,
        target: { kind: 'file', file: 'src/core/scheduler.ts', line: 88 },
      },
    ]);
    assert.doesNotMatch(await opened.page.content(), /token/i);
    assert.equal(await opened.page.evaluate(() => sessionStorage.getItem('progeny.session')), null);
  });

  it('comes back where it was', async () => {
    await using opened = await open({ workspace: WORKSPACE, route: 'brief' }, '.flight');
    await opened.page
      .getByRole('link', { name: /Open threads/ })
      .first()
      .click();
    await opened.page.getByLabel('Status').selectOption('later');
    await opened.page.getByRole('link', { name: 'Upgrade the bundler' }).click();
    await opened.page.waitForSelector('.details h2');
    await opened.page.reload();
    await opened.page.waitForSelector('.details h2');
    assert.equal(await opened.page.locator('.details h2').innerText(), 'Upgrade the bundler');
    await opened.page.getByRole('link', { name: 'All threads' }).click();
    assert.equal(await opened.page.getByLabel('Status').inputValue(), 'later');
  });

  it('goes where the extension sends it, and follows the folder', async () => {
    await using opened = await open({ workspace: WORKSPACE }, '.flight');
    await opened.page.evaluate(() =>
      postMessage({ type: 'context', workspace: '/home/dev/borealis', route: 'loops/loop_import' }, '*'),
    );
    await opened.page.waitForSelector('.details h2');
    const asks = app.companion.calls.filter(({ name }) => name === 'loops.list').map(({ input }) => input);
    assert.ok(asks.some((input) => (input as { workspace: string }).workspace === '/home/dev/borealis'));
  });

  it('offers to start a companion that is down, and goes on when it is up', async () => {
    app.server.up = false;
    await using opened = await open({ workspace: WORKSPACE }, '.blank');
    await opened.page.getByRole('button', { name: 'Start the companion' }).click();
    assert.deepEqual(await asked(opened.page), [{ type: 'start' }]);
    app.server.up = true;
    await opened.page.waitForSelector('.flight');
  });
});
