import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { TestApp } from './fake/app.ts';
import { freshApp } from './fake/shared.ts';

const CODE = /\/heritage-route-[^/]+\.js$/;

describe('the code of a view', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await freshApp();
  });

  /** The page of a view whose code does not come for so many times. */
  async function withoutCode(times: number) {
    let missed = 0;
    const opened = await app.open('#/heritage', {
      prepare: async (page: Page) => {
        await page.route(CODE, (route) => (missed++ < times ? route.abort() : route.continue()));
      },
    });
    return { ...opened, missed: () => missed, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() };
  }

  it('[W1] that does not come at once is asked for again, and the heading is there meanwhile', async () => {
    await using opened = await withoutCode(2);
    const { page } = opened;
    await page.locator('h1', { hasText: 'What it knows' }).waitFor({ state: 'attached' });
    await page.locator('main h1:not(.unseen)').waitFor();
    assert.equal(opened.missed(), 3);
  });

  it('[W1] that does not come at all: it says so, and Try again brings it', async () => {
    await using opened = await withoutCode(3);
    const { page } = opened;
    await page.getByRole('heading', { name: 'This view could not be loaded', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('h1', { hasText: 'What it knows' }).waitFor();
    assert.equal(await page.getByText('could not be loaded').count(), 0);
  });
});
