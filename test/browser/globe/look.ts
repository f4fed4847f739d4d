// node test/browser/globe/look.ts: pictures of the globe's scene in out/screenshots/globe-scene-*.png.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { launchChromium } from '../harness/chromium.ts';
import { openPage } from '../harness/page.ts';
import { servePage } from './serve.ts';

const folder = path.resolve(import.meta.dirname, '../../../out/screenshots');
const only = process.argv[2];
mkdirSync(folder, { recursive: true });
await using served = await servePage('test/browser/globe/scene-page.ts', 'globe-scene');
const browser = await launchChromium();
try {
  for (const theme of ['dark', 'light', 'contrast'] as const) {
    for (const count of [300, 3_000, 30_000]) {
      for (const distance of [3.2, 1.6]) {
        const name = `globe-scene-${theme}-${count}-${distance === 3.2 ? 'whole' : 'near'}`;
        if (only && !name.includes(only)) continue;
        await using opened = await openPage(browser, served.url, {
          viewport: { width: 1000, height: 760 },
          context: { deviceScaleFactor: 1.5 },
        });
        const { page } = opened;
        await page.evaluate(
          (options) => {
            window.page.open(options);
            const near = window.page.points.glows.findLastIndex((glow) => glow > 0.4);
            if (options.view.distance < 3) window.page.scene.select(near);
          },
          {
            count,
            theme,
            arcs: Math.round(count / 3),
            reducedMotion: true,
            view: { longitude: 0.5, latitude: 0.42, distance },
            tuning: { fullQuality: true },
          },
        );
        await page.waitForTimeout(900);
        await page.screenshot({ path: path.join(folder, `${name}.png`) });
        if (opened.problems.length > 0) console.error(name, opened.problems);
      }
    }
  }
} finally {
  await browser.close();
}
