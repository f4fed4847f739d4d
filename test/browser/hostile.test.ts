import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { ROUTES } from '../../webviews/app/routes.ts';
import { HOSTILE } from '../fixtures/hostile-strings.ts';
import { screenshot, type TestApp } from './fake/app.ts';
import { livingThings, setTripwires, spills } from './fake/hostile-page.ts';
import { freshApp } from './fake/shared.ts';
import { Spoiler } from './fake/spoil.ts';

const WIDTHS = [360, 1440] as const;
/** Pages behind a view that are opened, too. */
const DEEPER = 2;

describe('what is hostile, in every text that a view can get', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await freshApp();
  });

  /** Every view that has shown something hostile, over all rounds. */
  const shown = new Set<string>();
  for (const [round, text] of HOSTILE.entries()) {
    it(`[W6] round ${round} (${text.slice(0, 12).trim()}…): nothing runs, nothing sticks out, in any view`, async function () {
      this.timeout(180_000);
      const spoiler = new Spoiler(round);
      app.server.spoiler = spoiler;
      app.companion.onboarding.say(8);
      await using opened = await app.open('#/brief', { prepare: setTripwires });
      const { page } = opened;
      const wrong: string[] = [];
      for (const { id } of ROUTES) {
        await page.setViewportSize({ width: WIDTHS[0], height: 740 });
        const visits = [`#/${id}`];
        for (const hash of visits) {
          if (!(await go(page, hash))) {
            wrong.push(`${hash}: nothing came; ${opened.problems.slice(-2).join('; ')}`);
            continue;
          }
          if (visits.length === 1) visits.push(...(await deeper(page, id)));
          await unfold(page);
          if (await showsHostile(page)) shown.add(id);
          for (const width of WIDTHS) {
            await page.setViewportSize({ width, height: 740 });
            await drawn(page);
            const faults = [...(await livingThings(page)), ...(await lastingSpills(page))];
            if (faults.length > 0 || process.env.PROGENY_HOSTILE_PICTURES)
              await screenshot(page, `hostile-${round}-${hash.replace(/\W+/g, '-')}-${width}`);
            wrong.push(...faults.map((fault) => `${hash} ${width}: ${fault}`));
          }
          await page.setViewportSize({ width: WIDTHS[0], height: 740 });
        }
      }
      assert.deepEqual(wrong, []);
      assert.deepEqual(spoiler.faults, []);
      assert.deepEqual(opened.problems, []);
      assert.match(await page.title(), / · Progeny$/);
      assert.deepEqual(
        app.companion.calls.filter(({ name }) => name === 'system.violation'),
        [],
      );
    });
  }

  it('[W6] every view has shown some of it, so that the rounds mean something', async () => {
    const without = ROUTES.map(({ id }) => id).filter((id) => !shown.has(id));
    const unbuilt: string[] = [];
    await using opened = await app.open('#/brief');
    for (const id of without) {
      assert.ok(await go(opened.page, `#/${id}`), id);
      const { title = '' } = ROUTES.find((route) => route.id === id) ?? {};
      if ((await opened.page.locator('#main').innerText()).trim().endsWith(title)) unbuilt.push(id);
    }
    assert.deepEqual(without, unbuilt);
  });
});

/** False where the view never came to be. */
async function go(page: Page, hash: string): Promise<boolean> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
  const stands = () =>
    document.querySelector('#main :is(h1, h2)') !== null && !document.querySelector('#main .skeleton');
  try {
    await page.waitForFunction(stands, undefined, { timeout: 8_000 });
  } catch {
    return false;
  }
  await drawn(page);
  return true;
}

/** What sticks out and stays so: what came in just now may be on its way to its place. */
async function lastingSpills(page: Page): Promise<string[]> {
  if ((await spills(page)).length === 0) return [];
  await page.waitForTimeout(200);
  return await spills(page);
}

/** After the page was drawn twice: what follows an answer stands. */
function drawn(page: Page): Promise<void> {
  return page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
}

/** Addresses of pages behind a view: what its first links lead to. */
async function deeper(page: Page, id: string): Promise<string[]> {
  const hashes = await page
    .locator(`#main a[href^="#/${id}/"]`)
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  return [...new Set(hashes)].slice(0, DEEPER);
}

/** Opens what is folded; only what says of itself that it can be opened is touched. */
async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => {
    const folded = document.querySelectorAll<HTMLElement>(
      '#main details:not([open]) > summary, #main button[aria-expanded="false"]:not([aria-haspopup])',
    );
    for (const each of [...folded].slice(0, 12)) each.click();
  });
  await drawn(page);
}

/** Whether something of the corpus stands in the view; the beginning of each of its texts is looked for. */
function showsHostile(page: Page): Promise<boolean> {
  const marks = HOSTILE.map((text) => text.trim().slice(0, 8)).concat('<img src=x');
  return page
    .locator('#main')
    .innerText()
    .then((text) => marks.some((mark) => text.includes(mark)));
}
