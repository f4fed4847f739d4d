import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { ROUTES } from '../../webviews/app/routes.ts';
import { screenshot, type TestApp } from './fake/app.ts';
import { faultsOf } from './fake/faults.ts';
import { freshApp } from './fake/shared.ts';

/** What no view may do without, whatever it shows; a new view is among them by standing in the table of routes. */
describe('every view in the states that none escapes', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await freshApp();
  });

  const stand = (page: Page) => page.locator('#main :is(h1, h2)').first().waitFor();

  for (const { id, title } of ROUTES) {
    it(`[W1] ${id}: an outline while nothing is known, what went wrong and a way on, and then itself`, async function () {
      this.timeout(60_000);
      app.server.mute = 'hangs';
      await using waiting = await app.open(`#/${id}`);
      const { page } = waiting;
      await page.setViewportSize({ width: 360, height: 740 });
      await page.waitForFunction(
        (name) => document.querySelector('#main h1') && document.title.startsWith(name),
        title,
      );
      const drawn = (await page.locator('#main').innerText()).trim();
      // A view that asks for nothing has nothing to wait for.
      if ((await page.locator('#main .skeleton').count()) > 0) {
        assert.deepEqual(await faultsOf(page), []);
        await screenshot(page, `state-${id}-loading`);
      } else assert.notEqual(drawn, '');

      app.server.mute = 'refused';
      await using refused = await app.open(`#/${id}`);
      await stand(refused.page);
      await refused.page.waitForFunction(() => !document.querySelector('#main .skeleton'));
      assert.deepEqual(await faultsOf(refused.page), []);
      await screenshot(refused.page, `state-${id}-problem`);
      const retry = refused.page.locator('#main').getByRole('button', { name: 'Try again' });
      const asks = (await refused.page.locator('#main').getByText('It broke.').count()) > 0;
      if (asks) assert.ok((await retry.count()) > 0, 'what went wrong is said with a way on');
      app.server.mute = null;
      if (asks) {
        // Where parts fail by themselves, each has its own way on.
        for (let parts = await retry.count(); parts > 0; parts--) {
          await retry.first().click();
          await refused.page.waitForFunction(
            (left) => document.querySelector('#main')!.textContent!.split('Try again').length - 1 < left,
            parts,
          );
        }
        await refused.page.getByText('It broke.').first().waitFor({ state: 'detached' });
      }
      await stand(refused.page);
      assert.deepEqual(refused.problems, []);
    });
  }
});
