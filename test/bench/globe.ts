import { parseArgs } from 'node:util';
import type { BenchRow } from '../../scripts/bench.ts';
import { servePage } from '../browser/globe/serve.ts';
import { launchChromium } from '../browser/harness/chromium.ts';
import { openPage } from '../browser/harness/page.ts';
import { opensAndCloses } from './support/globe/opens-and-closes.ts';
import type { Renderer } from './support/globe/page.ts';
import { median, percentile, rounded } from './support/statistics.ts';

const BARE: readonly Renderer[] = ['three.js InstancedMesh', 'three.js Points'];
const PEERS: readonly Renderer[] = ['three-globe points', 'three-globe particles', '3d-force-graph'];
const ALL: readonly Renderer[] = ['progeny', ...BARE, ...PEERS];
const COUNTS = [1_000, 10_000, 100_000];
/** A renderer gets so long for its first frames (ms), or is reported as not able to show so many. */
const TIME = 60_000;

/**
 * Frame times of a globe that turns, 800 by 600, ours at full quality beside bare three.js and two libraries:
 * `globe [--rounds 12] [--points N]`. One browser, one page, the same points, a few frames of each in turn.
 */
export default async function globe(args: readonly string[]): Promise<BenchRow[]> {
  const options = { rounds: { type: 'string', default: '12' }, points: { type: 'string' } } as const;
  const { rounds: given, points: only } = parseArgs({ args: [...args], options }).values;
  const rounds = Number(given);
  const rows: BenchRow[] = [];
  const browser = await launchChromium();
  try {
    await using served = await servePage('test/bench/support/globe/page.ts', 'globe-bench', false);
    for (const points of only ? [Number(only)] : COUNTS) {
      const late = new Set<Renderer>();
      for (;;) {
        // A page that hangs with one of them is given up, and all others start again in a new one.
        await using opened = await openPage(browser, served.url, { viewport: { width: 820, height: 620 } });
        const taken = await measured(opened.page, points, rounds, late);
        if (typeof taken === 'string') late.add(taken);
        else rows.push(...taken);
        if (typeof taken !== 'string') break;
      }
    }
    if (!only) rows.push(await opensAndCloses());
  } finally {
    await browser.close();
  }
  return rows;
}

type Page = Awaited<ReturnType<typeof openPage>>['page'];

/** Its rows, or which renderer came too late. */
async function measured(
  page: Page,
  points: number,
  rounds: number,
  late: ReadonlySet<Renderer>,
): Promise<BenchRow[] | Renderer> {
  await page.waitForFunction(() => 'bench' in window);
  const times = new Map<Renderer, number[]>();
  const out = new Map<Renderer, string>();
  for (const renderer of ALL) {
    if (late.has(renderer)) {
      out.set(renderer, `showed nothing within ${TIME / 1_000} s`);
      continue;
    }
    const colours = await entering(page, renderer, points);
    if (colours === 'late') return renderer;
    if (colours > 4) times.set(renderer, []);
    else out.set(renderer, 'drew an empty picture');
  }
  for (let round = 0; round < rounds; round++) {
    for (const [renderer, taken] of times) {
      // What takes seconds a frame is known well enough after a few.
      const many = (taken[0] ?? 0) > 250 ? (round < 4 ? 1 : 0) : 10;
      if (many === 0) continue;
      const each = await page.evaluate(([name, n]) => window.bench.frames(name, n), [
        renderer,
        many,
      ] as const);
      // The first of a turn pays for the change from another renderer.
      taken.push(...(each.length > 1 ? each.slice(1) : each));
    }
  }
  const quality = await page.evaluate(() => window.bench.quality('progeny'));
  const bare = Math.min(...BARE.map((name) => median(times.get(name) ?? [])));
  return ALL.map((renderer) => {
    const taken = times.get(renderer);
    if (!taken) return { points, renderer, failed: out.get(renderer) ?? '' };
    const p50 = median(taken);
    return {
      points,
      renderer,
      frameMsP50: rounded(p50, 2),
      frameMsP95: rounded(percentile(taken, 95), 2),
      ratioToBare: rounded(p50 / bare, 2),
      frames: taken.length,
      quality: renderer === 'progeny' ? quality : 1,
    };
  });
}

/** Lets it in and warms it up; how many colours its picture has then. */
function entering(page: Page, renderer: Renderer, points: number): Promise<number | 'late'> {
  const work = page.evaluate(
    async ([name, count]) => {
      await window.bench.enter(name, count);
      window.bench.frames(name, 3);
      return window.bench.colours(name);
    },
    [renderer, points] as const,
  );
  // The page may be closed under it.
  work.catch(() => {});
  const late = new Promise<'late'>((resolve) => setTimeout(resolve, TIME, 'late').unref());
  return Promise.race([work, late]);
}
