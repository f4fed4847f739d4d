import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { VIEWS } from '../../../webviews/model/views.ts';
import { screenshot, type TestApp } from './app.ts';
import { axeFaults, faultsOf, layoutFaultsOf } from './faults.ts';
import { SCENES, type Scene } from './scenes.ts';
import { freshApp } from './shared.ts';

const WIDTHS = [360, 768, 1440] as const;
/** Each with the rules that a change of colours can break: AA, and AAA where high contrast was asked for. */
const THEMES = {
  light: { media: { colorScheme: 'light', contrast: 'no-preference', forcedColors: 'none' }, rules: null },
  dark: {
    media: { colorScheme: 'dark', contrast: 'no-preference', forcedColors: 'none' },
    rules: ['color-contrast', 'link-in-text-block'],
  },
  contrast: {
    media: { colorScheme: 'dark', contrast: 'more', forcedColors: 'none' },
    rules: ['color-contrast-enhanced', 'link-in-text-block'],
  },
  // The system's own colours replace ours: nothing to measure, something to look at.
  forced: { media: { colorScheme: 'dark', contrast: 'more', forcedColors: 'active' }, rules: [] },
} as const;
type Theme = keyof typeof THEMES;

/** Looks at every second scene, from this one on: two files, so that two processes share them. */
export function lookAtScenes(from: 0 | 1): void {
  describe(`how the app looks, ${from === 0 ? 'first' : 'second'} half`, () => {
    let app: TestApp;
    beforeEach(async () => {
      app = await freshApp();
    });

    it('every view has a scene that stands for it', () => {
      const stands = ({ id }: { id: string }) =>
        SCENES.some(({ route, pictures }) => pictures === 'all' && route.slice(2).split(/[/?]/)[0] === id);
      assert.deepEqual(
        VIEWS.filter((view) => !stands(view)).map(({ id }) => id),
        [],
      );
    });

    for (const scene of SCENES.filter((_, i) => i % 2 === from)) {
      it(`${scene.name}: accessible, whole and quiet in every theme and width`, async () => {
        scene.stage?.(app.server);
        await using opened = await app.open(scene.route, {
          reducedMotion: true,
          ...scene.options,
          until: scene.until,
        });
        await scene.act?.(opened.page, app.server);
        const wrong: string[] = [];
        for (const theme of Object.keys(THEMES) as Theme[]) {
          await wear(opened.page, theme);
          for (const width of WIDTHS) wrong.push(...(await faults(opened.page, scene, theme, width)));
        }
        assert.deepEqual(wrong, []);
        // A companion that is away is refused connections, which a browser always reports.
        const refused = /(^|-)(down|lost)$/.test(scene.name) ? /WebSocket connection|ERR_CONNECTION/ : /^$/;
        assert.deepEqual(
          opened.problems.filter((problem) => !refused.test(problem)),
          [],
        );
      }).timeout(scene.slow ? 90_000 : 20_000);
    }
  });
}

async function wear(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia(THEMES[theme].media);
  const worn = { light: 'light', dark: 'dark', contrast: 'hc-dark', forced: 'hc-dark' }[theme];
  await page.waitForFunction((name) => document.documentElement.dataset.theme === name, worn);
}

/**
 * Themes change colours only, so the rest is looked at in the first, at every width; colours where all is on view. A
 * width that changes what a page is made of changes it in the scene that stands for its view as well.
 */
async function faults(page: Page, scene: Scene, theme: Theme, width: number): Promise<string[]> {
  const { rules } = THEMES[theme];
  const whole = scene.pictures === 'all';
  const picture = whole || ['light-360', 'dark-1440'].includes(`${theme}-${width}`);
  const colours = rules !== null && rules.length > 0 && (width === 1440 || (whole && width === 360));
  if (rules !== null && !picture && !colours) return [];
  await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
  if (picture) await screenshot(page, `${scene.name}-${theme}-${width}`);
  const found: string[] = [];
  if (rules === null) found.push(...(await (whole || width === 360 ? faultsOf : layoutFaultsOf)(page)));
  else if (colours) found.push(...(await axeFaults(page, { runOnly: [...rules] })));
  return found.map((fault) => `${theme} ${width}: ${fault}`);
}
