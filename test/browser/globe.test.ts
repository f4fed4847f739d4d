import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { TestApp } from './fake/app.ts';
import { faultsOf } from './fake/faults.ts';
import { freshApp } from './fake/shared.ts';

const DRAWN = '.globe-labels .globe-label';
const WIDE = { width: 1280, height: 860 };

describe('globe', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await freshApp();
  });

  const open = (route = '#/globe?view=both', until = DRAWN) =>
    app.open(route, { until, viewport: WIDE, reducedMotion: true });
  const rows = (page: Page) => page.locator('.globe-row');
  const sub = (page: Page) => page.locator('.page-head .sub').innerText();
  const calls = (name: string) => app.companion.calls.filter((call) => call.name === name);
  /** How many points the globe says it shows, and the list. */
  const counts = async (page: Page) => ({
    globe: Number(
      /Globe of ([\d,]+) points/
        .exec((await page.locator('.globe-frame').getAttribute('aria-label')) ?? '')?.[1]
        ?.replace(',', ''),
    ),
    list: Number(await rows(page).first().getAttribute('aria-setsize')),
  });

  it('[W1] draws the points with WebGL, says what is under the pointer, and opens it with a click', async () => {
    await using opened = await open('#/globe/loop_clock1?view=both', '.details .notes li');
    const { page } = opened;
    assert.ok(
      await page.locator('.globe-canvas').evaluate((canvas) => (canvas as HTMLCanvasElement).width > 300),
    );
    await page.getByRole('link', { name: 'All points' }).click();
    await rows(page).first().waitFor();
    const box = (await page.locator('.globe-frame').boundingBox())!;
    // What was chosen was turned to the middle, and stays there.
    await page.mouse.move(box.x + box.width / 2 - 40, box.y + box.height / 2);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const card = page.locator('.globe-card');
    await card.waitFor();
    assert.match(
      await card.innerText(),
      /fix\/clock.*freeze the timer.*focused: 2 files in work, inferred.*thread · open/s,
    );
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.locator('.details h2', { hasText: 'fix/clock' }).waitFor();
    assert.match(page.url(), /#\/globe\/loop_clock1/);
    assert.deepEqual(opened.problems, []);
  });

  it('[W8] globe and list show as many points under every filter and time, and say so', async () => {
    await using opened = await open();
    const { page } = opened;
    assert.deepEqual(await counts(page), { globe: 420, list: 420 });
    await page.getByRole('button', { name: /^▽? ?weary|weary/ }).click();
    const weary = app.companion.globe.points.filter(({ tone }) => tone === 'weary').length;
    assert.deepEqual(await counts(page), { globe: weary, list: weary });
    await page.getByLabel('Kind').selectOption('loop');
    const threads = app.companion.globe.points.filter(
      ({ tone, kind }) => tone === 'weary' && kind === 'loop',
    ).length;
    assert.deepEqual(await counts(page), { globe: threads, list: threads });
    await page.getByLabel('Time', { exact: true }).last().fill('200');
    await page.waitForURL(/at=\d+/);
    const both = await counts(page);
    assert.equal(both.globe, both.list);
    assert.ok(both.list < threads, `${both.list}`);
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByRole('button', { name: 'Now' }).click();
    assert.deepEqual(await counts(page), { globe: 420, list: 420 });
    assert.equal(await sub(page), '60 threads and 360 memories');
  });

  it('[W8] the list goes through all points with the keyboard, and few stand in the page', async () => {
    await using opened = await open('#/globe?view=list', '.globe-row');
    const { page } = opened;
    await rows(page).first().locator('.title').focus();
    assert.ok((await rows(page).count()) < 40);
    await page.keyboard.press('End');
    await page.locator('.globe-row[aria-posinset="420"] .title:focus').waitFor();
    assert.ok((await rows(page).count()) < 40);
    await page.keyboard.press('ArrowUp');
    await page.locator('.globe-row[aria-posinset="419"] .title:focus').waitFor();
    await page.keyboard.press('Home');
    await page.keyboard.press('PageDown');
    await page.locator('.globe-row[aria-posinset="9"] .title:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.details h2:focus').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.globe-row[aria-posinset="9"] .title:focus').waitFor();
    assert.deepEqual(opened.problems, []);
  });

  it('[W8] from a point in the list: its arcs, its thread, its theme and its tone, as from the globe', async () => {
    await using opened = await open('#/globe/loop_clock1?view=list', '.details .notes li');
    const { page } = opened;
    const details = page.locator('.details');
    assert.match(
      await details.innerText(),
      /2 files uncommitted.*scheduler\.ts:88.*Newest notes.*Tied to it/s,
    );
    await details.getByRole('link', { name: 'feature/import' }).click();
    await page.locator('.details h2', { hasText: 'feature/import' }).waitFor();
    await details.getByRole('button', { name: /^Only this theme/ }).click();
    await page.waitForURL(/theme=cluster_import/);
    assert.match(await sub(page), /^\d+ of 420 points$/);
    await details.getByRole('button', { name: 'Only tense' }).click();
    await page.waitForURL(/tones=tense/);
    await details.getByRole('link', { name: 'Recall about it' }).click();
    await page.waitForURL(/#\/memory\?text=feature/);
    await page.goBack();
    await details.getByRole('link', { name: 'Open the thread' }).click();
    await page.waitForURL(/#\/loops\/loop_import/);
  });

  it('the keyboard turns the globe, goes through what is near the middle, and opens it', async () => {
    await using opened = await open();
    const { page } = opened;
    await page.locator('.globe-frame').focus();
    const before = await page.locator('.near-centre button').allInnerTexts();
    for (let n = 0; n < 6; n++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('+');
    await page.waitForFunction(
      (first) => document.querySelector('.near-centre button')?.textContent !== first,
      before[0],
    );
    await page.keyboard.press('Tab');
    await page.locator('.near-centre button:focus').waitFor();
    const title = await page.locator('.near-centre button:focus').innerText();
    assert.match(await page.locator('.globe-card.resting').innerText(), /(inferred|declared)/);
    await page.keyboard.press('Enter');
    await page.locator('.details h2:focus').waitFor();
    assert.ok((await page.locator('.details h2').innerText()).startsWith(title.replace('…', '').trim()));
  });

  it('plays the past, and stops', async () => {
    await using opened = await app.open('#/globe?view=list', { until: '.globe-row', viewport: WIDE });
    const { page } = opened;
    await page.getByRole('button', { name: 'Play from the beginning' }).click();
    await page.waitForFunction(
      () => Number((document.querySelector('.time-track input') as HTMLInputElement).value) > 3,
    );
    assert.match(await sub(page), /of 420 points|threads/);
    assert.equal(calls('events.list').length, 1);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Play from the beginning' }).waitFor();
    await page.waitForTimeout(200);
    const at = await page.locator('.time-track input').inputValue();
    await page.waitForTimeout(300);
    assert.equal(await page.locator('.time-track input').inputValue(), at);
  });

  it('shows the list alone where there is no WebGL, and says why', async () => {
    await using opened = await app.open('#/globe?view=both', {
      until: '.globe-row',
      prepare: async (page) => {
        await page.addInitScript(() => {
          const real = HTMLCanvasElement.prototype.getContext;
          HTMLCanvasElement.prototype.getContext = function (
            this: HTMLCanvasElement,
            kind: string,
            ...rest: unknown[]
          ) {
            return kind.startsWith('webgl')
              ? null
              : (real as (...all: unknown[]) => unknown).call(this, kind, ...rest);
          } as typeof real;
        });
      },
    });
    const { page } = opened;
    await page.getByText('This display cannot draw the globe').waitFor();
    assert.equal(await page.locator('.globe-canvas').count(), 0);
    assert.equal(await page.locator('.view-switch').count(), 0);
    assert.equal(await rows(page).first().getAttribute('aria-setsize'), '420');
    assert.deepEqual(await faultsOf(page), []);
  });

  it('[W4] takes in what changed, and asks nothing while hidden', async () => {
    await using opened = await open('#/globe?view=list', '.globe-row');
    const { page } = opened;
    const { globe } = app.companion;
    const [first] = globe.points;
    globe.points = globe.points.map((point) =>
      point.id === first!.id ? { ...point, title: 'called otherwise' } : point,
    );
    app.companion.changed('loop.changed', first!.id);
    await page.getByText('called otherwise').first().waitFor();
    const see = (state: string) =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'visibilityState', { value, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, state);
    await see('hidden');
    const before = app.companion.calls.length;
    for (let n = 0; n < 20; n++) app.companion.changed('loop.changed', first!.id);
    await page.waitForTimeout(1500);
    assert.equal(app.companion.calls.length, before);
    globe.points = globe.points.slice(0, 400);
    globe.events = [{ seq: 1000, at: 1, type: 'themes.drawn', subject: 'clusters', data: {} }];
    await see('visible');
    await page.locator('.globe-row[aria-setsize="400"]').first().waitFor();
  });

  it('keeps filters, time, choice and view over a reload', async () => {
    await using opened = await open('#/globe/loop_clock1?view=both', '.details .notes li');
    const { page } = opened;
    await page.getByRole('button', { name: 'List' }).click();
    await page.getByLabel('Status').selectOption('open');
    await page.getByLabel('Time', { exact: true }).last().fill('400');
    await page.waitForURL(/state=open.*at=\d+|at=\d+.*state=open/);
    const said = await sub(page);
    await page.reload();
    await page.locator('.details .notes li').first().waitFor();
    await page.waitForFunction(
      (text) => document.querySelector('.page-head .sub')?.textContent === text,
      said,
    );
    assert.match(await page.locator('.view-switch [aria-pressed="true"]').innerText(), /List/);
  });

  it('keeps what it has while the companion is away, and tries a first page again', async () => {
    app.companion.fail.set('globe.page', ['internal', 'It broke.']);
    await using opened = await open('#/globe?view=list', '.blank');
    const { page } = opened;
    app.companion.fail.delete('globe.page');
    await page.getByRole('button', { name: 'Try again' }).click();
    await rows(page).first().waitFor();
    app.server.drop();
    await page.waitForSelector('.strip.warning');
    assert.ok((await rows(page).count()) > 5);
  });

  it('[W6] shows what is hostile as what it is: text', async () => {
    const bad = [
      '<img src=x onerror="document.title=\'owned\'">',
      '\u202egnp.exe \u2066rtl',
      '🧑‍🚀 \u0000 nul',
      'a'.repeat(120),
    ];
    const { globe } = app.companion;
    globe.points = globe.points.slice(0, 40).map((point, n) => ({
      ...point,
      title: bad[n % 4]!,
      whisper: bad[(n + 1) % 4]!,
      toneWords: bad[n % 4]!,
    }));
    globe.clusters = globe.clusters.map((cluster, n) => ({ ...cluster, name: [bad[n % 4]!, bad[3]!] }));
    globe.guilds = [{ id: 'guild_release', name: bad[0]!, tone: null }];
    await using opened = await app.open('#/globe/loop_clock1?view=both', {
      until: '.details .ties li',
      viewport: { width: 360, height: 740 },
      reducedMotion: true,
    });
    const { page } = opened;
    await page.locator('.globe-choices summary').click();
    assert.deepEqual(await faultsOf(page), []);
    await page.getByRole('link', { name: 'All points' }).click();
    await rows(page).first().waitFor();
    assert.deepEqual(await faultsOf(page), []);
    assert.doesNotMatch(await page.title(), /owned/);
    assert.equal(await page.locator('main img').count(), 0);
    assert.deepEqual(opened.problems, []);
  });
});
