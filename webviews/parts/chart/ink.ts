/** The colours of a chart, as a canvas takes them. */
export interface Ink {
  readonly accent: string;
  readonly wash: string;
  readonly columns: string;
  readonly quiet: string;
  readonly grid: string;
  readonly ground: string;
  readonly font: string;
}

const WANTED = {
  accent: 'var(--accent)',
  wash: 'color-mix(in srgb, var(--accent) 14%, transparent)',
  columns: 'color-mix(in srgb, var(--accent) 38%, transparent)',
  quiet: 'var(--text-quiet)',
  grid: 'color-mix(in srgb, var(--text-quiet) 20%, transparent)',
  ground: 'var(--ground)',
} as const;

const FORCED = '(forced-colors: active)';
/** Where the reader's system sets all colours, shape and dash alone tell lines apart. */
const SYSTEM: Record<keyof typeof WANTED, string> = {
  accent: 'LinkText',
  wash: 'transparent',
  columns: 'GrayText',
  quiet: 'CanvasText',
  grid: 'transparent',
  ground: 'Canvas',
};

/** Reads the theme's colours where `place` is. A canvas knows no variables, so the page resolves them. */
export function inkOf(place: HTMLElement): Ink {
  const probe = document.createElement('span');
  // Else the system would answer every question with its one colour of text.
  probe.style.setProperty('forced-color-adjust', 'none');
  place.append(probe);
  const read = (colour: string) => {
    probe.style.color = colour;
    return getComputedStyle(probe).color;
  };
  const colours = Object.fromEntries(
    Object.entries(matchMedia(FORCED).matches ? SYSTEM : WANTED).map(([name, colour]) => [
      name,
      read(colour),
    ]),
  ) as Record<keyof typeof WANTED, string>;
  const { fontFamily } = getComputedStyle(place);
  probe.remove();
  return { ...colours, font: `11px ${fontFamily}` };
}

const MEDIA = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', FORCED];

/** Tells when the theme may have changed: the page's own, the editor's, or the system's. */
export function onTheme(changed: () => void): { dispose(): void } {
  const observer = new MutationObserver(changed);
  for (const element of [document.documentElement, document.body])
    observer.observe(element, { attributes: true, attributeFilter: ['class', 'style', 'data-theme'] });
  const queries = MEDIA.map((media) => matchMedia(media));
  for (const query of queries) query.addEventListener('change', changed);
  return {
    dispose() {
      observer.disconnect();
      for (const query of queries) query.removeEventListener('change', changed);
    },
  };
}
