import type { Browser, BrowserContext, FrameLocator, Locator, Page, Worker } from 'playwright-core';
import { collectProblems } from '../../browser/harness/page.ts';
import { forgetBridges } from './bridge.ts';
import type { Host } from './server.ts';

export interface WorkbenchOptions {
  /** CSS pixels. Default 1280 by 800. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Development payload of the web workbench; `mocha-run.ts` uses it. */
  readonly payload?: ReadonlyArray<readonly [string, string]>;
  /** Runs before the first request. */
  readonly prepare?: (page: Page) => Promise<void>;
}

export interface Workbench extends AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Console errors, uncaught exceptions and failed requests of webviews; VS Code's own are left out. */
  readonly problems: readonly string[];
}

const ofWorkbench = /\/static\/(out\/vs\/code\/|node_modules\/)/;

/** Opens a folder (absolute path) in the host's workbench and waits until it can be used. */
export async function openWorkbench(
  browser: Browser,
  host: Pick<Host, 'url'>,
  folder: string,
  options: WorkbenchOptions = {},
): Promise<Workbench> {
  const context = await browser.newContext({ viewport: options.viewport ?? { width: 1280, height: 800 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: host.url });
  await context.addInitScript(oneWorker);
  context.on('serviceworker', takeLateWebviews);
  const page = await context.newPage();
  const problems = collectProblems(page, ofWorkbench);
  await options.prepare?.(page);
  const url = new URL(host.url);
  url.searchParams.set('folder', folder);
  if (options.payload) url.searchParams.set('payload', JSON.stringify(options.payload));
  await page.goto(url.href);
  await workbenchReady(page);
  return { page, context, problems, [Symbol.asyncDispose]: () => context.close() };
}

/** Leaves out code-server's own service worker, which makes an app of it and serves nothing. */
const oneWorker = `{
  const { register } = ServiceWorkerContainer.prototype;
  ServiceWorkerContainer.prototype.register = function (script, options) {
    return String(script).includes('/_static/') ? Promise.resolve() : register.call(this, script, options);
  };
}`;

/**
 * In code-server all webviews share one service worker, which brings what they load, and each waits until it is
 * controlled by it. One that loads at the moment in which the new worker takes what there is (some 50 to 150 ms after the
 * first ever) is passed over: it stays empty for good, or loads by the wrong worker, which is no worker of webviews.
 * Here there is no other, and it goes on taking.
 */
function takeLateWebviews(worker: Worker): void {
  worker.evaluate('setInterval(() => self.clients.claim(), 250)').catch(() => {
    // The window was closed meanwhile.
  });
}

export async function workbenchReady(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .statusbar').waitFor({ timeout: 60_000 });
}

/** Loads the page again: a new workbench and a new extension host. Connect the bridge anew. */
export async function reloadWorkbench(page: Page, host: Pick<Host, 'bridgeFolder'>): Promise<void> {
  forgetBridges(host);
  await page.reload();
  await workbenchReady(page);
}

/**
 * Whether the workbench has kept `text` with its open editors; quotation marks in it stand for themselves.
 * In a browser it keeps them every 5 s when it is idle, which on a busy machine can take long; an unload keeps nothing.
 */
export async function keptWithEditors(page: Page, text: string): Promise<boolean> {
  const kept = await page.evaluate<string>(readKeptEditors);
  return kept.replaceAll('\\', '').includes(text);
}

const readKeptEditors = `(async () => {
  const answer = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith('vscode-web-state-db-')) continue;
    const database = await answer(indexedDB.open(name));
    const items = database.transaction('ItemTable').objectStore('ItemTable');
    found.push(await answer(items.get('memento/workbench.parts.editor')));
    database.close();
  }
  return found.join();
})()`;

/** Runs a command from the palette by its full title, such as `Progeny: Note`. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  await fillQuickInput(page, `>${title}`);
  await pick(page, title);
}

/** The text box of the palette, a quick pick or an input box. */
export const quickInput = (page: Page): Locator => page.locator('.quick-input-widget input').first();

/** Types into the open quick input, replacing what stands there. */
export async function fillQuickInput(page: Page, text: string): Promise<void> {
  await quickInput(page).waitFor();
  await quickInput(page).fill(text);
}

/** Chooses the row of the open quick pick that holds `text`. */
export async function pick(page: Page, text: string): Promise<void> {
  await page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().click();
}

/** Chooses from the open context menu. A menu takes no click in its first 100 ms, so the button is held. */
export async function pickFromMenu(page: Page, text: string): Promise<void> {
  await page.locator('.context-view .action-item', { hasText: text }).click({ delay: 200 });
}

/** Answers an open input box. */
export async function answerInput(page: Page, text: string): Promise<void> {
  await fillQuickInput(page, text);
  await quickInput(page).press('Enter');
}

/** Notifications on screen that hold `text`; `.waitFor()` it, click a button by `.getByRole('button', { name })`. */
export const toast = (page: Page, text = ''): Locator =>
  page.locator('.notification-toast', { hasText: text });

/** A modal dialog on screen that holds `text`. */
export const modal = (page: Page, text = ''): Locator =>
  page.locator('.monaco-dialog-box', { hasText: text });

/** A status bar item by its id (`publisher.extension.itemId`) or by a part of its text. */
export const statusItem = (page: Page, idOrText: string): Locator =>
  page
    .locator(`.statusbar-item[id="${idOrText}"]`)
    .or(page.locator('.statusbar-item', { hasText: idOrText }))
    .first();

/** The rows now rendered of the tree view with that title, top to bottom, as a reader sees them. */
export async function treeRows(page: Page, view: string): Promise<readonly string[]> {
  const rows = treeView(page, view).locator('.monaco-list-row');
  return (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
}

/** The pane of a tree view by its title. */
export const treeView = (page: Page, view: string): Locator =>
  page.locator('.pane', { has: page.locator('.pane-header', { hasText: view }) });

/** The document that an extension put into its nth open webview. */
export const webview = (page: Page, nth = 0): FrameLocator =>
  page.locator('iframe.webview').nth(nth).contentFrame().locator('iframe#active-frame').contentFrame();

/** A picture of the whole window, once animations have ended. */
export async function screenshot(page: Page, file: string): Promise<void> {
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
}
