import { type Face, faceOf, type Wearer } from './face-of.ts';

/** A face as an SVG image of its own, to be written to a file or a data URI. `size`: CSS pixels. */
export function faceSvg(wearer: Wearer, size: number): string {
  const attributes = `xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 100 100"`;
  return `<svg ${attributes}>${faceMarkup(faceOf(wearer, size))}</svg>`;
}

/** The same as `parts/mask-face.tsx` draws, as text. Holds nothing that anybody wrote. */
export function faceMarkup({ pair, ring, ornaments, body, edge, ornamentEdge, ink }: Face): string {
  const { ground, ink: colour } = pair;
  const line = (width: number) => `stroke="${colour}" stroke-width="${width}" stroke-linejoin="round"`;
  const dash = ring.dash === null ? '' : ` stroke-dasharray="${ring.dash}"`;
  const around = `fill="none" stroke="${ring.colour}" stroke-width="${ring.width}" stroke-linecap="${ring.cap}"`;
  return [
    `<path d="${ring.d}" pathLength="100" ${around}${dash}/>`,
    ornaments === ''
      ? ''
      : `<path d="${ornaments}" fill="${ground}" ${line(ornamentEdge)} paint-order="stroke"/>`,
    `<path d="${body}" fill="${ground}"/>`,
    `<path d="${ink}" fill="${colour}" fill-rule="evenodd"/>`,
    edge === 0 ? '' : `<path d="${body}" fill="none" ${line(edge)}/>`,
  ].join('');
}
