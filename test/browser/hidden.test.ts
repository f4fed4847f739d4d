import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { TestApp } from './fake/app.ts';
import { freshApp } from './fake/shared.ts';

/** Runs before the page's own scripts: lets a test hide the page, and counts what its timers and frames do. */
function hideable(): void {
  const state = { visibility: 'visible', ran: 0 };
  Object.assign(window, { pageState: state });
  Object.defineProperty(document, 'visibilityState', { get: () => state.visibility });
  const counted = (task: TimerHandler) => () => {
    state.ran++;
    if (typeof task === 'function') task();
  };
  const [after, every] = [window.setTimeout, window.setInterval];
  window.setTimeout = ((task: TimerHandler, ms?: number) => after(counted(task), ms)) as typeof setTimeout;
  window.setInterval = ((task: TimerHandler, ms?: number) => every(counted(task), ms)) as typeof setInterval;
}

const show = (page: Page, visibility: 'visible' | 'hidden') =>
  page.evaluate((value) => {
    (window as unknown as { pageState: { visibility: string } }).pageState.visibility = value;
    document.dispatchEvent(new Event('visibilitychange'));
  }, visibility);
const ran = (page: Page) =>
  page.evaluate(() => (window as unknown as { pageState: { ran: number } }).pageState.ran);

describe('a browser tab that nobody sees', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await freshApp();
  });

  for (const route of ['brief', 'loops', 'wheel'])
    it(`[W4] at ${route}: no frame comes, no timer runs; seen again, it shows what happened meanwhile`, async function () {
      this.timeout(40_000);
      let frames = 0;
      await using opened = await app.open(`#/${route}`, {
        until: 'main h1',
        prepare: async (page) => {
          page.on('websocket', (socket) => socket.on('framereceived', () => frames++));
          await page.addInitScript(hideable);
        },
      });
      const { page } = opened;
      await page.waitForTimeout(1500);
      app.companion.changed();
      await page.waitForTimeout(500);
      assert.ok(frames > 0 && (await ran(page)) > 0, 'both are seen while the page is');
      await show(page, 'hidden');
      await page.waitForTimeout(6000);
      const [before, timers] = [frames, await ran(page)];
      for (let i = 0; i < 50; i++) app.companion.changed();
      await page.waitForTimeout(2000);
      assert.equal(frames, before, 'no frame came');
      assert.equal(await ran(page), timers, 'no timer ran');
      const asked = app.companion.calls.length;
      await show(page, 'visible');
      app.companion.changed();
      await page.waitForTimeout(1500);
      assert.ok(frames > before, 'it hears again');
      assert.ok(app.companion.calls.length > asked, 'it asks again');
      assert.deepEqual(opened.problems, []);
    });
});
