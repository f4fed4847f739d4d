import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { ROUTES } from '../../webviews/app/routes.ts';
import type { TestApp } from './fake/app.ts';
import { freshApp } from './fake/shared.ts';

describe('everybody, and anything', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await freshApp();
  });

  it('the views stand in one row where there is no room for a rail; what has no word has a tooltip', async () => {
    await using opened = await app.open('#/brief', { until: '.flight' });
    const { page } = opened;
    for (const route of ['brief', 'loops', 'council', 'convergence'])
      for (const width of [190, 240, 300, 339, 340, 500, 679, 680, 719]) {
        await page.setViewportSize({ width, height: 740 });
        await page.evaluate((id) => {
          location.hash = `#/${id}`;
        }, route);
        await page.locator(`.views-row > ul .nav-item[href*="${route}"][aria-current]`).waitFor();
        const items = await page
          .locator('.views-row > ul .nav-item, .views-row > button')
          .evaluateAll((all) =>
            all.map((item) => {
              const { top, height, left, right } = item.getBoundingClientRect();
              return {
                top: top + height / 2,
                inside: left >= 0 && right <= innerWidth,
                title: item.getAttribute('title'),
              };
            }),
          );
        const tops = items.map(({ top }) => top);
        assert.ok(Math.max(...tops) - Math.min(...tops) < 2, `one row at ${width}: ${tops}`);
        assert.ok(
          items.every(({ inside }) => inside),
          `nothing is cut off at ${width}, ${route}`,
        );
        assert.ok(items.every(({ title }) => title !== null && title !== ''));
      }
    assert.deepEqual(opened.problems, []);
  });

  it('[W1] all views stand behind one button, by keyboard: Escape closes and the button has the focus, a choice leads on', async () => {
    await using opened = await app.open('#/brief', {
      until: '.flight',
      viewport: { width: 360, height: 740 },
    });
    const { page } = opened;
    const button = page.getByRole('button', { name: 'All views' });
    const list = page.locator('.views-all');
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await button.focus();
    await page.keyboard.press('Enter');
    await list.waitFor({ state: 'visible' });
    await page.waitForSelector('.views-row > button[aria-expanded="true"]');
    await page.waitForFunction(() => document.activeElement?.matches('.views-all .nav-item[aria-current]'));
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'hidden' });
    await page.waitForSelector('.views-row > button[aria-expanded="false"]');
    assert.equal(await focused(), 'All views');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.matches('.views-all .nav-item'));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.loop-row');
    await list.waitFor({ state: 'hidden' });
    assert.equal(await list.locator('.nav-item').count(), ROUTES.length);
    assert.deepEqual(opened.problems, []);
  });

  it('[W1] in a low window the rail scrolls, and the view that is shown stands in it', async () => {
    await using opened = await app.open('#/thoughts', { viewport: { width: 1000, height: 420 } });
    const { page } = opened;
    await page.locator('.views-rail .nav-item[aria-current]').waitFor();
    const inSight = () =>
      page.evaluate(() => {
        const rail = document.querySelector('.views-rail')?.getBoundingClientRect();
        const item = document.querySelector('.views-rail .nav-item[aria-current]')?.getBoundingClientRect();
        return rail && item && item.top >= rail.top - 1 && item.bottom <= rail.bottom + 1
          ? 'in sight'
          : JSON.stringify([rail, item]);
      });
    assert.equal(await inSight(), 'in sight');
    await page.evaluate(() => {
      location.hash = '#/brief';
    });
    await page.waitForSelector('.flight');
    assert.equal(await inSight(), 'in sight');
  });

  for (const [route, until] of [
    ['#/brief', '.flight'],
    ['#/loops', '.loop-row'],
    ['#/loops/loop_clock1', '.notes li'],
    ['#/memory?text=why', '.memory-row'],
    ['#/memory/mem_clock1?text=why', '.notes li'],
    ['#/globe?view=both', '.globe-labels .globe-label'],
    ['#/globe/loop_clock1?view=both', '.details .notes li'],
    ['#/review', '.review-row'],
    ['#/chat/conv_today1', '.sources'],
    ['#/chat?new=1&file=src/core/scheduler.ts', '.place-chip'],
    ['#/chat?show=earlier', '.loop-row'],
    ['#/council', '.loop-row'],
    ['#/council/prop_import1', '.ballot'],
    ['#/narration?day=2025-11-21', '.story-row'],
    ['#/thoughts', '.trail'],
    ['#/masks', '.mask-card'],
    ['#/masks/mask_cal', '.mask-portrait'],
    ['#/masks/mask_cal?with=mask_sage', '.compare-cares'],
    ['#/guilds', '.card'],
    ['#/wheel', '.recipe'],
    ['#/wheel/run_lint01', '.file'],
    ['#/wheel/run_done01', '.file'],
    ['#/grants', '.card'],
    ['#/dashboard', '.chart-canvas canvas'],
    ['#/jobs', '.job-row'],
    ['#/heritage', '.heritage-part'],
    ['#/heritage/core', '.diff'],
    ['#/convergence', '.question'],
    // Its field takes the focus when it has drawn itself.
    ['#/convergence?at=flow', '.answer:focus-within'],
    ['#/convergence?at=machine', '.findings'],
  ] as const) {
    it(`${route}: Tab and the arrows reach all there is, each with a visible focus`, async () => {
      // Few enough for all of them to stand in the page.
      app.companion.globe.points = app.companion.globe.points.slice(0, 9);
      await using opened = await app.open(route, { until });
      const missed = await unreached(opened.page);
      assert.deepEqual(missed, []);
    });
  }

  it('skips to the content', async () => {
    await using opened = await app.open('#/brief', { until: '.flight' });
    await opened.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await opened.page.keyboard.press('Tab');
    await opened.page.keyboard.press('Enter');
    assert.equal(await opened.page.evaluate(() => document.activeElement?.id), 'main');
    assert.equal(new URL(opened.page.url()).hash, '#/brief');
  });

  it('stands still where motion is not wanted', async () => {
    await using opened = await app.open('#/loops', { until: '.loop-row', reducedMotion: true });
    await opened.page.getByRole('button', { name: 'New thread' }).click();
    assert.equal(await opened.page.evaluate(() => document.getAnimations().length), 0);
  });
});

/** What can be operated but was never focused by Tab or an arrow, or shows no focus; by its name. */
async function unreached(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    const deep = () => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element;
    };
    Object.assign(window, { deep, seen: new Set<Element>(), pale: new Set<Element>() });
    (document.activeElement as HTMLElement | null)?.blur();
  });
  const note = () =>
    page.evaluate(() => {
      const { deep, seen, pale } = window as unknown as Record<'seen' | 'pale', Set<Element>> & {
        deep(): Element | null;
      };
      const element = deep();
      if (!element || element === document.body) return false;
      // A date has parts of its own that Tab goes through.
      const again = seen.has(element) && !element.matches('input[type=date]');
      seen.add(element);
      const shown = [
        element,
        element.closest('.loop-row, .globe-row'),
        element.getRootNode() instanceof ShadowRoot ? element.parentElement : null,
      ];
      const visible = shown.some((each) => {
        if (!each) return false;
        const style = getComputedStyle(each);
        return style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0;
      });
      if (!visible && !(element.getRootNode() instanceof ShadowRoot) && element.id !== 'main')
        pale.add(element);
      return again;
    });
  for (let i = 0; i < 200; i++) {
    await page.keyboard.press('Tab');
    if (await note()) break;
    const inRow = await page.evaluate(
      () => document.activeElement?.matches(':is(.loop-row, .globe-row) .title') ?? false,
    );
    if (!inRow) continue;
    // Every row in turn: Tab goes through what else it has, and back; the arrow goes on.
    const rows = await page.locator(':is(.loop-row, .globe-row)').count();
    for (let row = 1; row < rows; row++) {
      const within = await page
        .locator(':is(.loop-row, .globe-row):focus-within :is(a, button, summary)[tabindex="0"]')
        .count();
      for (let i = 1; i < within; i++) {
        await page.keyboard.press('Tab');
        await note();
      }
      for (let i = 1; i < within; i++) await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('ArrowDown');
      await note();
    }
  }
  return page.evaluate(() => {
    const { seen, pale } = window as unknown as Record<'seen' | 'pale', Set<Element>>;
    const name = (element: Element) =>
      `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent}`.slice(0, 80);
    const operable = [
      ...document.querySelectorAll(
        'a[href], button, select, summary, textarea, input[type=checkbox], vscode-textfield, vscode-textarea, vscode-checkbox',
      ),
    ]
      // Whoever tabs past it stands at the end, where it is not.
      .filter((element) => !element.matches('.to-end'))
      .filter((element) => element.checkVisibility() && !element.closest('[popover]'))
      .map((element) => element.shadowRoot?.querySelector('input, textarea') ?? element);
    return [
      ...operable.filter((element) => !seen.has(element)).map((element) => `not reached: ${name(element)}`),
      ...[...pale].map((element) => `no visible focus: ${name(element)}`),
    ];
  });
}
