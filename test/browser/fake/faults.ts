import { readFileSync } from 'node:fs';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** What is wrong with the page as it stands, in words. */
export async function faultsOf(page: Page): Promise<string[]> {
  return [...(await axeFaults(page)), ...(await layoutFaultsOf(page))];
}

/** What does not fit. */
export async function layoutFaultsOf(page: Page): Promise<string[]> {
  const cut = await cutTexts(page);
  return [
    ...cut.map((text) => `cut: ${text}`),
    ...((await scrollsSideways(page)) ? ['scrolls sideways'] : []),
  ];
}

/** What axe finds. Like the harness's, but loads axe once for a page that is looked at many times. */
export async function axeFaults(page: Page, options: RunOptions = {}): Promise<string[]> {
  if (await page.evaluate('typeof axe === "undefined"')) await page.evaluate(axe);
  const run = { resultTypes: ['violations'], ...options };
  const json = await page.evaluate<string>(
    `axe.run(document, ${JSON.stringify(run)}).then((r) => JSON.stringify(r.violations))`,
  );
  return (JSON.parse(json) as AxeResults['violations']).map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
  );
}

function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
}

/** Texts that their box does not show whole; what is unseen on purpose is not meant. */
function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('main *, header *, footer *, .toast *')]
      .filter((element) => {
        const { overflowX, textOverflow, clipPath } = getComputedStyle(element);
        const isUnseen = element.closest('.unseen') || clipPath === 'inset(50%)';
        const clips = overflowX === 'hidden' || textOverflow === 'ellipsis';
        return clips && !isUnseen && element.scrollWidth > element.clientWidth + 1;
      })
      .map((element) => `${element.tagName} ${element.innerText.slice(0, 40)}`),
  );
}
