/** So many cells a side of a face of 20 px: 2 by 2 px each, 3 minutes of arc at arm's length, where an eye resolves one. */
const CELLS = 10;
/** Four times what is just noticed of large fields side by side (.02 in OKLab): seen at a glance in a cell. */
const SEEN = 0.08;
/** Faces are told apart where this many of a hundred cells differ: a mark of 4 by 4 px. */
export const APART = 4;

/** The perceptual hash of a face: lightness and colour (OKLab) of each cell. */
export type FaceHash = Float32Array;

/** `rgba`: of a square of `2 * CELLS` px. `ground`: sRGB 0-255 of the page below it. */
export function faceHash(rgba: Uint8ClampedArray, ground: number): FaceHash {
  const hash = new Float32Array(CELLS * CELLS * 3);
  const side = 2 * CELLS;
  for (let cell = 0; cell < CELLS * CELLS; cell++) {
    const sum = [0, 0, 0];
    for (const [dx, dy] of [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const) {
      const pixel = 4 * ((2 * Math.floor(cell / CELLS) + dy) * side + 2 * (cell % CELLS) + dx);
      const alpha = (rgba[pixel + 3] ?? 0) / 255;
      for (let c = 0; c < 3; c++)
        sum[c] = (sum[c] ?? 0) + linear((rgba[pixel + c] ?? 0) * alpha + ground * (1 - alpha)) / 4;
    }
    hash.set(oklab(sum as [number, number, number]), cell * 3);
  }
  return hash;
}

/** How many of a hundred cells are seen to differ. */
export function faceDistance(a: FaceHash, b: FaceHash): number {
  let differing = 0;
  for (let i = 0; i < a.length; i += 3)
    if (Math.hypot(a[i]! - b[i]!, a[i + 1]! - b[i + 1]!, a[i + 2]! - b[i + 2]!) >= SEEN) differing++;
  return differing;
}

/** sRGB 0-255 as a share of light. */
export function linear(value: number): number {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

/** Björn Ottosson's OKLab of linear sRGB: distances in it are what people tell. */
export function oklab([r, g, b]: readonly [number, number, number]): [number, number, number] {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
