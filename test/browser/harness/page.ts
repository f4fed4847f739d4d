import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

export type Theme = 'light' | 'dark' | 'high-contrast';

export interface PageOptions {
  /** Emulates `prefers-color-scheme`, and `forced-colors` with high contrast. Default light. */
  readonly theme?: Theme;
  /** CSS pixels. Default 1024 by 768. */
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly reducedMotion?: boolean;
  readonly context?: BrowserContextOptions;
  /** Runs before the page's first request: routes, init scripts, exposed functions. */
  readonly prepare?: (page: Page) => Promise<void>;
}

export interface OpenedPage extends AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Every console error, uncaught exception and failed request so far, in words. A clean page has none. */
  readonly problems: readonly string[];
}

/** Opens `url` in a context of its own; disposing closes the context. */
export async function openPage(
  browser: Browser,
  url: string,
  options: PageOptions = {},
): Promise<OpenedPage> {
  const theme = options.theme ?? 'light';
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 1024, height: 768 },
    colorScheme: theme === 'light' ? 'light' : 'dark',
    forcedColors: theme === 'high-contrast' ? 'active' : 'none',
    reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
    ...options.context,
  });
  const page = await context.newPage();
  const problems = collectProblems(page);
  await options.prepare?.(page);
  await page.goto(url);
  return { page, context, problems, [Symbol.asyncDispose]: () => context.close() };
}

/** Records what goes wrong on a page from now on, frames included, except in scripts and requests that match `ignored`. */
export function collectProblems(page: Page, ignored?: RegExp): readonly string[] {
  const problems: string[] = [];
  page.on('console', (message) => {
    const { url } = message.location();
    if (message.type() === 'error' && !ignored?.test(url))
      problems.push(`console error: ${message.text()} (${url})`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? 'unknown';
    if (reason !== 'net::ERR_ABORTED' && !ignored?.test(request.url()))
      problems.push(`request failed: ${request.url()} (${reason})`);
  });
  return problems;
}
