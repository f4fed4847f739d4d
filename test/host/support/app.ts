import type { FrameLocator } from 'playwright-core';
import { webview } from '../harness/workbench.ts';
import { eventually, type Stage } from './stage.ts';

/** The document of the one webview whose page has that heading; waits until there is one. */
export function appShowing({ page }: Stage, heading: RegExp): Promise<FrameLocator> {
  return eventually(`a view shows ${heading}`, async () => {
    const count = await page.locator('iframe.webview').count();
    for (let nth = 0; nth < count; nth++) {
      const frame = webview(page, nth);
      const title = await frame
        .locator('h1')
        .innerText({ timeout: 1000 })
        .catch(() => '');
      if (heading.test(title)) return frame;
    }
    return null;
  });
}
