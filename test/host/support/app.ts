import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { webview } from '../harness/workbench.ts';
import { eventually, type Stage } from './stage.ts';

/** The document of the one webview whose page has that heading; waits until there is one. */
export function appShowing({ page }: Stage, heading: RegExp): Promise<FrameLocator> {
  return eventually(`a view shows ${heading}`, async () => {
    const count = await page.locator('iframe.webview').count();
    const seen: string[] = [];
    for (let nth = 0; nth < count; nth++) {
      const frame = webview(page, nth);
      const title = await frame
        .locator('h1')
        .innerText({ timeout: 1000 })
        .catch((error: Error) => error.message.slice(0, 200));
      if (heading.test(title)) return frame;
      seen.push(title);
    }
    throw new Error(`seen in ${count} views: ${seen.join(' | ')}`);
  });
}

/** Switches the editor to a theme, and waits until it wears it. */
export async function wear({ bridge, page }: Stage, theme: string): Promise<void> {
  await bridge.run(async (vscode, name) => {
    await vscode.workspace.getConfiguration().update('workbench.colorTheme', name, true);
  }, theme);
  await page.locator(/Dark/.test(theme) ? '.monaco-workbench.vs-dark' : '.monaco-workbench.vs').waitFor();
}

/** Closes the views above the one that is shown and draws the side bar wide (pixels), as one would have it who reads there. */
export async function makeRoom({ page }: Stage, width = 560): Promise<void> {
  for (const pane of ['Where you are', 'Open threads']) {
    const header = page.locator('.part.sidebar .pane-header.expanded', { hasText: pane });
    if ((await header.count()) > 0) await header.click();
  }
  const box = await page.locator('.part.sidebar').boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width, 300);
  await page.mouse.down();
  await page.mouse.move(box.x + width, 300, { steps: 5 });
  await page.mouse.up();
}
