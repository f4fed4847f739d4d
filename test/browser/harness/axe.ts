import axe, { type AxeResults, type RunOptions } from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/**
 * Runs axe in a page or frame and returns its violations in words, one per rule; none is the passing answer.
 * Goes past the page's content security policy, so the page needs no exception for tests.
 */
export async function axeViolations(
  target: Page | Frame,
  options: RunOptions = {},
): Promise<readonly string[]> {
  await target.evaluate(axe.source);
  const json = await target.evaluate<string>(
    `axe.run(document, ${JSON.stringify(options)}).then((results) => JSON.stringify(results.violations))`,
  );
  const violations = JSON.parse(json) as AxeResults['violations'];
  return violations.map(({ id, impact, help, nodes }) => {
    const places = nodes
      .slice(0, 5)
      .map(({ target: selector, html }) => `    ${selector.join(' ')}: ${html}`);
    return `${id} (${impact}): ${help}, ${nodes.length} nodes\n${places.join('\n')}`;
  });
}
