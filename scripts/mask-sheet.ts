import path from 'node:path';
import { launchChromium } from '../test/browser/harness/chromium.ts';
import { faceSvg, TONE_RINGS, type Wearer } from '../webviews/model/mask-face/index.ts';

/** `node scripts/mask-sheet.ts`: forty masks on a light and on a dark page, as `docs/media/masks.png`. */

const ARCHETYPES: readonly Wearer['archetype'][] = ['creator', 'sage', 'guardian', 'weaver', 'trickster'];
const TONES = Object.keys(TONE_RINGS) as Wearer['tone'][];
const COUNT = 40;
const A_ROW = 8;
const PAGES = ['#ffffff', '#1f1f1f'];

const wearers = Array.from({ length: COUNT }, (_, i): Wearer => {
  const row = Math.floor(i / A_ROW);
  return {
    id: `mask_${i + 1}`,
    archetype: ARCHETYPES[(i + row) % ARCHETYPES.length] as Wearer['archetype'],
    tone: TONES[(i * 5 + row * 2) % TONES.length] as Wearer['tone'],
  };
});

function half(ground: string): string {
  const row = (size: number, gap: number) =>
    `<div style="display:flex;flex-wrap:wrap;gap:${gap}px">${wearers.map((each) => faceSvg(each, size)).join('')}</div>`;
  return `<div style="background:${ground};padding:32px;width:578px;display:grid;gap:24px;line-height:0">${row(60, 14)}${row(20, 9)}</div>`;
}

const target = path.resolve(import.meta.dirname, '../docs/media/masks.png');
const browser = await launchChromium({ args: ['--disable-gpu'] });
try {
  const page = await browser.newPage({ viewport: { width: 1284, height: 560 } });
  await page.setContent(
    `<body style="margin:0"><div id="sheet" style="display:flex;width:1284px">${PAGES.map(half).join('')}</div></body>`,
  );
  await page.locator('#sheet').screenshot({ path: target });
} finally {
  await browser.close();
}
