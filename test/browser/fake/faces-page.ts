import { faceMarkup, faceOf, type Wearer } from '../../../webviews/model/mask-face/index.ts';
import { type FaceHash, faceDistance, faceHash } from '../../support/face-distance.ts';

/** Runs in a page: draws faces at 20 px, many to a canvas, and measures how far those of a panel are apart. */

const SIZE = 20;
const A_ROW = 48;
const PAGES = [255, 31];

export interface Measured {
  /** The least distance of two faces of one panel, the lesser of a light and a dark page. */
  least: number;
  nearest: [Wearer, Wearer];
  /** How many pairs were compared. */
  pairs: number;
}

export async function measurePanels(panels: readonly (readonly Wearer[])[]): Promise<Measured> {
  const hashes = await hashesOf(panels.flat());
  const measured: Measured = {
    least: Number.POSITIVE_INFINITY,
    nearest: [panels[0]![0]!, panels[0]![1]!],
    pairs: 0,
  };
  let first = 0;
  for (const panel of panels) {
    for (const [i, one] of panel.entries())
      for (const [j, other] of panel.slice(0, i).entries()) {
        const far = distance(hashes[first + i]!, hashes[first + j]!);
        measured.pairs++;
        if (far < measured.least) Object.assign(measured, { least: far, nearest: [one, other] });
      }
    first += panel.length;
  }
  return measured;
}

/** The greatest distance between a face and the same face drawn once more, at another place of a canvas. */
export async function measureNoise(wearers: readonly Wearer[]): Promise<number> {
  const here = await hashesOf(wearers);
  const there = (await hashesOf([...wearers].reverse())).reverse();
  return Math.max(...here.map((hash, i) => distance(hash, there[i]!)));
}

function distance(a: readonly FaceHash[], b: readonly FaceHash[]): number {
  return Math.min(...PAGES.map((_, page) => faceDistance(a[page]!, b[page]!)));
}

/** On a light and on a dark page, for each. */
async function hashesOf(wearers: readonly Wearer[]): Promise<FaceHash[][]> {
  const hashes: FaceHash[][] = [];
  for (let from = 0; from < wearers.length; from += A_ROW * A_ROW) {
    const some = wearers.slice(from, from + A_ROW * A_ROW);
    const context = await drawn(some);
    for (const [i] of some.entries()) {
      const [x, y] = placeOf(i);
      const { data } = context.getImageData(x, y, SIZE, SIZE);
      hashes.push(PAGES.map((ground) => faceHash(data, ground)));
    }
  }
  return hashes;
}

async function drawn(wearers: readonly Wearer[]): Promise<CanvasRenderingContext2D> {
  const side = A_ROW * SIZE;
  const faces = wearers.map((wearer, i) => {
    const [x, y] = placeOf(i);
    return `<svg x="${x}" y="${y}" width="${SIZE}" height="${SIZE}" viewBox="0 0 100 100">${faceMarkup(faceOf(wearer, SIZE))}</svg>`;
  });
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">${faces.join('')}</svg>`;
  const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side });
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(image, 0, 0);
  URL.revokeObjectURL(address);
  return context;
}

function placeOf(i: number): [number, number] {
  return [(i % A_ROW) * SIZE, Math.floor(i / A_ROW) * SIZE];
}
