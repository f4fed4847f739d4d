import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { webviewBuild } from '../../../webviews/build.ts';
import { FLAT, launchChromium } from '../harness/chromium.ts';
import { type OpenedPage, openPage, type PageOptions } from '../harness/page.ts';
import { NOW, WORKSPACE } from './fixtures.ts';
import { CODE, FakeServer } from './server.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const PLACE = { timezoneId: 'UTC', locale: 'en-GB' };

export interface OpenOptions extends Omit<PageOptions, 'theme'> {
  theme?: 'light' | 'dark';
  /** The path of the page. Default: the browser's, `/`. */
  path?: string;
  /** The one-use code in the address; null comes as a stranger. */
  code?: string | null;
  /** What to wait for before the test goes on. */
  until?: string;
}

/** One build, one server and one browser for a file of tests. */
export class TestApp implements AsyncDisposable {
  readonly server: FakeServer;
  readonly browser: Browser;
  /** The page that tests use one after the other: a new context for each would cost more than the tests. */
  #shared: OpenedPage | null = null;

  constructor(server: FakeServer, browser: Browser) {
    this.server = server;
    this.browser = browser;
  }

  static async start(): Promise<TestApp> {
    const files = path.join(root, 'out', 'test', 'webview');
    await build({ ...webviewBuild(root, files), sourcemap: false });
    return new TestApp(await FakeServer.start(files), await launchChromium({ args: [FLAT] }));
  }

  get companion() {
    return this.server.companion;
  }

  /** Opens a route, logged in, at the time of the fixtures, with nothing left over from an earlier test. */
  async open(route: string, options: OpenOptions = {}): Promise<OpenedPage> {
    const { path: at = '/', code = CODE, until } = options;
    const folder = code === CODE ? `&workspace=${encodeURIComponent(WORKSPACE)}` : '';
    const login = code === null || at !== '/' ? '' : `#code=${code}${folder}`;
    const address = `${this.server.origin}${at}${login}`;
    const own = options.prepare !== undefined || options.context !== undefined;
    const opened = own ? await this.#openOwn(address, options) : await this.#openShared(address, options);
    const { page } = opened;
    if (route !== '') {
      await page.waitForSelector('#main');
      await page.evaluate((hash) => {
        location.hash = hash;
      }, route);
    }
    if (until !== undefined) await page.waitForSelector(until);
    return opened;
  }

  #openOwn(address: string, options: OpenOptions): Promise<OpenedPage> {
    return openPage(this.browser, address, {
      ...options,
      context: { ...PLACE, ...options.context },
      async prepare(page) {
        await page.clock.setFixedTime(NOW);
        await options.prepare?.(page);
      },
    });
  }

  async #openShared(address: string, options: OpenOptions): Promise<OpenedPage> {
    this.#shared ??= await openPage(this.browser, `${this.server.origin}/nothing`, { context: PLACE });
    const { page, context, problems } = this.#shared;
    await page.goto(`${this.server.origin}/nothing`);
    await page.evaluate(() => {
      sessionStorage.clear();
      localStorage.clear();
    });
    await page.clock.setFixedTime(NOW);
    await page.setViewportSize(options.viewport ?? { width: 1024, height: 768 });
    await page.emulateMedia({
      colorScheme: options.theme ?? 'light',
      contrast: 'no-preference',
      forcedColors: 'none',
      reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
    });
    const earlier = problems.length;
    await page.goto(address);
    return {
      page,
      context,
      get problems() {
        return problems.slice(earlier);
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close();
    await this.server[Symbol.asyncDispose]();
  }
}

/** Keeps a picture for whoever wants to look, where PROGENY_SCREENSHOTS names a folder. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env.PROGENY_SCREENSHOTS;
  if (!folder) return;
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' });
}
