import type { Page } from 'playwright-core';

/** Runs before the page's own script: what hostile text would call if it ran, and what the policy of the page blocked. */
export async function setTripwires(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const trips: string[] = [];
    const trip = (what: unknown) => void trips.push(String(what));
    Object.assign(window, { trips, tripped: trip, alert: trip, confirm: trip, prompt: trip, open: trip });
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      trip(`policy: ${effectiveDirective} ${blockedURI}`),
    );
  });
}

/** What came to life of what should be text, in words. */
export function livingThings(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { trips } = window as unknown as { trips: string[] };
    const found = [...trips];
    for (const element of document.body.querySelectorAll('*')) {
      const name = element.localName;
      if (/^(script|iframe|object|embed|base|meta|style|foreignobject|animate)$/.test(name)) {
        if (!(name === 'script' && element.matches('body > script[nonce]'))) found.push(`a ${name}`);
      }
      for (const { name: attribute, value } of element.attributes) {
        if (attribute.startsWith('on')) found.push(`${attribute} of ${name}`);
        const leads = /^(href|src|action|formaction|xlink:href|srcdoc)$/.test(attribute);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: a browser takes them out before it reads a scheme
        const scheme = value.replace(/[\u0000-\u0020]/g, '').toLowerCase();
        if (leads && /^(javascript|vbscript|data):/.test(scheme))
          found.push(`${attribute}="${value.slice(0, 60)}"`);
      }
    }
    return found;
  });
}

/** What sticks out of its place, in words: of the page, or of the box that it stands in. */
export function spills(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const name = (element: Element) =>
      `${element.localName}.${element.classList.value} ${(element.textContent ?? '').slice(0, 40)}`;
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways');
    const shows = (element: Element) => {
      if (!element.checkVisibility() || element.closest('.unseen, .skip')) return false;
      // What scrolls or clips by itself may be wider inside.
      for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
        const { overflowX, clipPath } = getComputedStyle(up);
        if (overflowX !== 'visible' || clipPath !== 'none') return false;
      }
      return getComputedStyle(element).clipPath === 'none';
    };
    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      const { left, right, width } = element.getBoundingClientRect();
      if (width === 0 || !shows(element)) continue;
      if (right > innerWidth + 1 || left < -1) found.push(`out of the page: ${name(element)}`);
      const style = getComputedStyle(element);
      const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
      if (!text || style.display.startsWith('inline') || style.overflowX !== 'visible') continue;
      if (element.scrollWidth > element.clientWidth + 1) found.push(`out of its box: ${name(element)}`);
    }
    for (const title of document.querySelectorAll('#main li .title')) {
      const { height } = title.getBoundingClientRect();
      if (height > 300) found.push(`a title of ${Math.round(height)} px: ${name(title)}`);
    }
    const bottom = document.querySelector('.status-line')?.getBoundingClientRect();
    const rail = document.querySelector('.views-rail')?.getBoundingClientRect();
    if (bottom && rail && rail.height > 0 && rail.bottom > bottom.top + 1)
      found.push('the status lies over the rail');
    return found.slice(0, 5);
  });
}
