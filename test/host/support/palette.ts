import type { Page } from 'playwright-core';
import { quickInput } from '../harness/workbench.ts';
import { eventually } from './stage.ts';

const ATTEMPT_MS = 4000;

/**
 * Runs a command from the palette by its full title. Whatever takes the focus meanwhile (an editor that opens
 * late, a webview) closes the palette, so it is opened again.
 */
export async function runCommand(page: Page, title: string): Promise<void> {
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
  await eventually(`"${title}" is chosen from the palette`, async () => {
    await page.keyboard.press('F1');
    await quickInput(page).fill(`>${title}`, { timeout: ATTEMPT_MS });
    await row.click({ timeout: ATTEMPT_MS });
    return true;
  });
}
