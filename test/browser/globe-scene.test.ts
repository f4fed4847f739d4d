import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { opensAndCloses } from '../bench/support/globe/opens-and-closes.ts';
import type { OpenScene } from './globe/scene-page.ts';
import { type ServedPage, servePage } from './globe/serve.ts';
import { launchChromium } from './harness/chromium.ts';
import { type OpenedPage, openPage } from './harness/page.ts';

const SIZE = { width: 700, height: 560 };

describe('the globe as it is drawn', () => {
  let served: ServedPage;
  let browser: Browser;
  let opened: OpenedPage;
  before(async () => {
    served = await servePage('test/browser/globe/scene-page.ts', 'globe-scene');
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await served?.[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    opened = await openPage(browser, served.url, { viewport: SIZE });
    await opened.page.waitForFunction(() => 'page' in window);
  });
  afterEach(async () => {
    const problems = [...opened.problems];
    await opened[Symbol.asyncDispose]();
    assert.deepEqual(problems, []);
  });

  const view = { longitude: 0.5, latitude: 0.4, distance: 2.4 };
  const show = async (page: Page, options: OpenScene) => {
    const drawn = await page.evaluate((given) => window.page.open(given), { view, ...options });
    assert.equal(drawn, true);
    await rest(page, 30);
  };
  const rest = (page: Page, frames: number) =>
    page.evaluate((ms) => new Promise((done) => setTimeout(done, ms)), frames * 16);
  /** Brings a point to the middle and the pointer to it; what the scene says is there. */
  const hover = async (page: Page) => {
    await page.evaluate(() => {
      const { scene, points } = window.page;
      scene.select(points.sizes.findIndex((size) => size > 0.8));
      scene.select(null);
    });
    await rest(page, 20);
    await page.mouse.move(351, 281);
    await rest(page, 20);
    const hit = await page.evaluate(() => window.page.hovered.at(-1) ?? null);
    assert.ok(hit && Math.hypot(hit.x - 351, hit.y - 281) <= 10, `${JSON.stringify(hit)}`);
    return hit;
  };

  it('draws points in the colours of their tones, and nothing of what is hidden', async () => {
    const { page } = opened;
    await show(page, { count: 2_000 });
    const coloured = async () => {
      const png = await page.screenshot();
      return page.evaluate(async (base64) => {
        const image = new Image();
        image.src = `data:image/png;base64,${base64}`;
        await image.decode();
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [image.width, image.height];
        const context = canvas.getContext('2d')!;
        context.drawImage(image, 0, 0);
        const { data } = context.getImageData(0, 0, image.width, image.height);
        const near = (i: number, r: number, g: number, b: number) =>
          Math.abs(data[i]! - r) + Math.abs(data[i + 1]! - g) + Math.abs(data[i + 2]! - b) < 60;
        const found = { teal: 0, violet: 0, red: 0 };
        for (let i = 0; i < data.length; i += 4) {
          if (near(i, 0x2f, 0xc4, 0xb2)) found.teal++;
          if (near(i, 0xb0, 0x8c, 0xff)) found.violet++;
          if (near(i, 0xff, 0x6b, 0x6b)) found.red++;
        }
        return found;
      }, png.toString('base64'));
    };
    const all = await coloured();
    for (const [tone, pixels] of Object.entries(all)) assert.ok(pixels > 100, `${tone}: ${pixels} pixels`);
    await page.evaluate(() => {
      const { points, scene } = window.page;
      const those = Array.from(points.tones.keys()).filter((i) => points.tones[i] === 4);
      points.shown.forEach((_, i) => {
        if (points.tones[i] === 4) points.shown[i] = 0;
      });
      scene.touch(those);
    });
    await rest(page, 30);
    const without = await coloured();
    assert.ok(without.red < all.red / 10, `${all.red} then ${without.red} red pixels`);
    assert.ok(without.teal > all.teal * 0.7);
  });

  it('says what is under the pointer, and picks it with a click; a drag is no click', async () => {
    const { page } = opened;
    await show(page, { count: 400 });
    const hit = await hover(page);
    await page.mouse.move(hit.x, hit.y);
    await page.mouse.down();
    await page.mouse.up();
    assert.deepEqual(await page.evaluate(() => window.page.picked), [hit.index]);
    await page.mouse.down();
    await page.mouse.move(hit.x + 60, hit.y + 10, { steps: 4 });
    await page.mouse.up();
    await rest(page, 40);
    const [picked, views] = await page.evaluate(() => [window.page.picked, window.page.views] as const);
    assert.deepEqual(picked, [hit.index]);
    const [start, end] = [views[0], views.at(-1)] as { longitude: number }[];
    assert.ok(start && end && end.longitude < start.longitude, 'the hand took the globe with it');
    // What was held is still under the hand.
    await page.mouse.move(hit.x + 61, hit.y + 10);
    await rest(page, 6);
    const now = await page.evaluate(() => window.page.hovered.at(-1) ?? null);
    assert.equal(now?.index, hit.index);
  });

  it('keeps labels apart while it turns, and marks the selected one', async () => {
    const { page } = opened;
    await show(page, { count: 3_000 });
    for (let turn = 0; turn < 6; turn++) {
      await page.evaluate(() => window.page.scene.turn(0.13, 0.04));
      await rest(page, 18);
      const boxes = await page.evaluate(() =>
        [...document.querySelectorAll('.globe-label')].map((label) => {
          const { left, right, top, bottom } = label.getBoundingClientRect();
          return { left, right, top, bottom, text: label.textContent };
        }),
      );
      assert.ok(boxes.length >= 5, `${boxes.length} labels`);
      boxes.forEach((a, at) => {
        for (const b of boxes.slice(0, at)) {
          const apart = a.left >= b.right || b.left >= a.right || a.top >= b.bottom || b.top >= a.bottom;
          assert.ok(apart, `${a.text} over ${b.text}`);
        }
      });
    }
    await page.evaluate(() => window.page.scene.select(1_234));
    await rest(page, 20);
    const marked = await page.locator('.globe-label.marked').allTextContents();
    const title = await page.evaluate(() => window.page.points.titles[1_234]);
    assert.equal(marked.length, 1);
    assert.ok(title?.startsWith(marked[0]!.replace('…', '')));
  });

  it('shows a title as text, whatever is in it', async () => {
    const { page } = opened;
    await show(page, { count: 1 });
    await page.evaluate(() => {
      const { points, scene } = window.page;
      const evil = `<img src=x onerror="document.title='run'">\u202egnp.exe${'😀x'.repeat(5_000)}`;
      scene.setPoints({ ...points, titles: [evil] });
      scene.select(0);
    });
    await rest(page, 20);
    const label = page.locator('.globe-label');
    assert.match((await label.textContent()) ?? '', /^<img src=x onerror=.*…$/);
    assert.equal(await page.locator('.globe-label img').count(), 0);
    assert.ok(((await label.boundingBox())?.width ?? 999) <= 270);
    assert.equal(await page.title(), 'Globe');
  });

  it('asks for no frame while nothing moves under reduced motion, nor while hidden', async () => {
    const { page } = opened;
    await show(page, { count: 500 });
    const asked = async () => {
      const before = await page.evaluate(() => window.page.frames());
      await rest(page, 40);
      return (await page.evaluate(() => window.page.frames())) - before;
    };
    const goesOn = async () => {
      const before = await page.evaluate(() => window.page.frames());
      await page.waitForFunction((frames) => window.page.frames() > frames + 5, before);
    };
    await rest(page, 40);
    assert.equal(await asked(), 0);
    const touched = await page.evaluate(async () => {
      const before = window.page.frames();
      window.page.scene.touch([1, 2, 3]);
      await new Promise((done) => setTimeout(done, 500));
      return window.page.frames() - before;
    });
    assert.ok(touched > 0 && touched < 40, `${touched} frames`);
    await page.evaluate(() => window.page.close());
    // With motion it drifts, until it is hidden.
    await show(page, { count: 500, reducedMotion: false, view: null });
    await goesOn();
    await page.evaluate(() => window.page.scene.setVisible(false));
    assert.equal(await asked(), 0);
    await page.evaluate(() => window.page.scene.setVisible(true));
    await goesOn();
    // The first touch stops the drift for good.
    await page.mouse.click(5, 5);
    await page.evaluate(() => {
      window.page.points.pulses.fill(0);
      window.page.scene.touch([0]);
    });
    // A machine that is busy with other tests draws what is calm far apart, and so comes to rest later.
    while ((await asked()) > 0);
  });

  it('comes back when the context was lost and restored', async () => {
    const { page } = opened;
    await show(page, { count: 500 });
    const before = (await page.screenshot()).length;
    await page.evaluate(async () => {
      const gl = document.querySelector('canvas')!.getContext('webgl2')!;
      const loss = gl.getExtension('WEBGL_lose_context')!;
      loss.loseContext();
      await new Promise((done) => setTimeout(done, 100));
      loss.restoreContext();
      await new Promise((done) => setTimeout(done, 300));
    });
    await rest(page, 30);
    const after = (await page.screenshot()).length;
    assert.ok(Math.abs(after / before - 1) < 0.02, `pictures of ${before} and ${after} bytes`);
    assert.ok((await hover(page)).index >= 0);
    assert.deepEqual(await page.evaluate(() => window.page.views.includes('lost')), false);
  });

  it('[W3] frees all on closing: twenty times, geometries, textures and heap are as after the first', async function () {
    this.timeout(120_000);
    const row = await opensAndCloses(2_000);
    assert.equal(row.geometriesClosed, 0);
    assert.equal(row.texturesClosed, 0);
    assert.equal(row.geometriesLast, row.geometriesFirst);
    assert.ok(Number(row.geometriesFirst) > 0, 'it did draw');
    assert.ok(Number(row.heapRatio) <= 1.05, `heap ${row.heapOnceMb} then ${row.heapAfterMb} MB`);
    assert.equal(row.problems, 0);
  });
});
