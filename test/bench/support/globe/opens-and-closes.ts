import type { BenchRow } from '../../../../scripts/bench.ts';
import { servePage } from '../../../browser/globe/serve.ts';
import { launchChromium } from '../../../browser/harness/chromium.ts';
import { openPage } from '../../../browser/harness/page.ts';
import { rounded } from '../statistics.ts';

const TIMES = 20;
/** The machine code that the engine makes of what runs often lies in the heap, too, and is not ours to free. */
const NO_MACHINE_CODE = '--js-flags=--jitless --no-lazy-feedback-allocation';

/**
 * Opens the globe with so many points and closes it, twenty times: what `renderer.info.memory` says when it is open the
 * first and the last time and when it is closed, and the script's heap after the first closing (by then all code has
 * run once) and after the last, each after collecting garbage.
 */
export async function opensAndCloses(points = 10_000): Promise<BenchRow> {
  const browser = await launchChromium({ args: [NO_MACHINE_CODE] });
  try {
    return await counted(browser, points);
  } finally {
    await browser.close();
  }
}

async function counted(
  browser: Awaited<ReturnType<typeof launchChromium>>,
  points: number,
): Promise<BenchRow> {
  await using served = await servePage('test/browser/globe/scene-page.ts', 'globe-scene');
  await using opened = await openPage(browser, served.url, { viewport: { width: 800, height: 600 } });
  const { page, context } = opened;
  const session = await context.newCDPSession(page);
  await page.waitForFunction(() => 'page' in window);
  const heap = async () => {
    for (let i = 0; i < 3; i++) await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize;
  };
  const cycle = () =>
    page.evaluate(async (count) => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      if (!window.page.open({ count, arcs: 500, reducedMotion: false })) throw new Error('no WebGL 2');
      const { scene } = window.page;
      for (let i = 0; i < 5; i++) await frame();
      scene.select(3);
      for (let i = 0; i < 5; i++) await frame();
      const open = { ...counts(scene.stats) };
      window.page.close();
      return { open, closed: counts(scene.stats) };
      function counts({ geometries, textures }: { geometries: number; textures: number }) {
        return { geometries, textures };
      }
    }, points);
  const fresh = await heap();
  const first = await cycle();
  const before = await heap();
  let last = first;
  for (let i = 1; i < TIMES; i++) last = await cycle();
  const after = await heap();
  return {
    check: `${TIMES} opens and closes`,
    geometriesFirst: first.open.geometries,
    geometriesLast: last.open.geometries,
    geometriesClosed: last.closed.geometries,
    texturesLast: last.open.textures,
    texturesClosed: last.closed.textures,
    heapFreshMb: rounded(fresh / 1e6, 2),
    heapOnceMb: rounded(before / 1e6, 2),
    heapAfterMb: rounded(after / 1e6, 2),
    heapRatio: rounded(after / before, 3),
    problems: opened.problems.length,
  };
}
