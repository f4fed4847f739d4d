import { type GlobeColours, TONES } from '../../model/globe/globe-scene.ts';

/** The colours of the theme, as the browser computes them for an element inside the globe's own frame. */
export function readColours(frame: HTMLElement): GlobeColours {
  const probe = document.createElement('span');
  frame.append(probe);
  const read = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    sea: read('--globe-sea'),
    graticule: read('--globe-graticule'),
    arc: read('--globe-arc'),
    text: read('--globe-text'),
    focus: read('--focus'),
    tones: TONES.map((tone) => read(`--globe-${tone}`)),
    outlined: read('--globe-outlined') !== 'rgba(0, 0, 0, 0)',
  };
  probe.remove();
  return colours;
}

/** Tells when the theme may be another: the editor sets classes and variables, the browser a theme's name. */
export function onThemeChange(changed: () => void): () => void {
  const watching = new MutationObserver(changed);
  watching.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['class', 'style', 'data-theme'],
  });
  watching.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  const forced = matchMedia('(forced-colors: active)');
  forced.addEventListener('change', changed);
  return () => {
    watching.disconnect();
    forced.removeEventListener('change', changed);
  };
}
