import assert from 'node:assert/strict';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { newId, randomInt, seededRandom } from '../../companion/kernel/index.ts';
import type { Archetype, Tone } from '../../companion/protocol/index.ts';
import type { Wearer } from '../../webviews/model/mask-face/index.ts';
import { APART } from '../support/face-distance.ts';
import type { Measured } from './fake/faces-page.ts';
import { launchChromium } from './harness/chromium.ts';

const PANELS = 1000;
const MEMBERS = 12;
const ARCHETYPES: readonly Archetype[] = ['creator', 'sage', 'guardian', 'weaver', 'trickster'];
const TONES: readonly Tone[] = ['calm', 'curious', 'focused', 'playful', 'tense', 'weary'];
const BORN = Date.UTC(2025, 5, 1);

/** What the bundled page offers. */
type Faces = typeof import('./fake/faces-page.ts');

describe('masks told apart', function () {
  this.timeout(120_000);
  let page: Page;
  let end: () => Promise<void>;

  before(async () => {
    const { outputFiles } = await build({
      entryPoints: [`${import.meta.dirname}/fake/faces-page.ts`],
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'faces',
    });
    const browser = await launchChromium({ args: ['--disable-gpu'] });
    page = await browser.newPage();
    await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
    end = () => browser.close();
  });
  after(() => end());

  const measure = (panels: readonly (readonly Wearer[])[]): Promise<Measured> =>
    page.evaluate((all) => (window as unknown as { faces: Faces }).faces.measurePanels(all), panels);

  it('[W7] every pair of 1,000 random panels of 12 can be told apart at 20 px', async () => {
    const { least, nearest, pairs } = await measure(panelsOf(1, null));
    assert.equal(pairs, 66_000);
    assert.ok(least >= APART, `${least} cells: ${JSON.stringify(nearest)}`);
  });

  it('[W7] so can those of panels in which all are of one kind and one tone', async () => {
    const { least, nearest, pairs } = await measure(panelsOf(2, 'one'));
    assert.equal(pairs, 66_000);
    assert.ok(least >= APART, `${least} cells: ${JSON.stringify(nearest)}`);
  });

  it('[W7] a face is the same wherever and whenever it is drawn', async () => {
    const faces = panelsOf(3, null).slice(0, 200).flat();
    const noise = await page.evaluate(
      (all) => (window as unknown as { faces: Faces }).faces.measureNoise(all),
      faces,
    );
    assert.equal(noise, 0);
  });

  it('the measure finds one who sits in a panel twice', async () => {
    const [wearer] = panelsOf(1, null)[0] ?? [];
    const { least } = await measure([[wearer!, wearer!]]);
    assert.equal(least, 0);
  });
});

/** `kind`: each of its own, or all of a panel of one archetype and one tone. */
function panelsOf(seed: number, kind: 'one' | null): Wearer[][] {
  const random = seededRandom(seed);
  const any = <T>(of: readonly T[]) => of[randomInt(random, of.length)] as T;
  return Array.from({ length: PANELS }, () => {
    const shared = { archetype: any(ARCHETYPES), tone: any(TONES) };
    return Array.from({ length: MEMBERS }, () => ({
      id: newId('mask', BORN + randomInt(random, 1e10), random),
      ...(kind === 'one' ? shared : { archetype: any(ARCHETYPES), tone: any(TONES) }),
    }));
  });
}
