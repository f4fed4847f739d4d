import { useMemo } from 'preact/hooks';
import type { Archetype, Tone } from '../../companion/protocol/index.ts';
import { faceOf } from '../model/mask-face/index.ts';

interface Props {
  /** Of the mask: the same id is always the same face. */
  id: string;
  archetype: Archetype;
  tone: Tone;
  /** CSS pixels, 16 to 400. */
  size: number;
  /** Said instead of the picture; left out where its name stands beside it. */
  label?: string;
}

/** The face of a mask. */
export function MaskFace({ id, archetype, tone, size, label }: Props) {
  const face = useMemo(() => faceOf({ id, archetype, tone }, size), [id, archetype, tone, size]);
  const { pair, ring, ornaments, body, edge, ornamentEdge, ink } = face;
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: where it is no decoration it has a label
    <svg
      class="mask-face"
      width={size}
      height={size}
      viewBox="0 0 100 100"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      <path
        d={ring.d}
        pathLength="100"
        fill="none"
        stroke={ring.colour}
        stroke-width={ring.width}
        stroke-linecap={ring.cap}
        {...(ring.dash !== null && { 'stroke-dasharray': ring.dash })}
      />
      <path
        d={ornaments}
        fill={pair.ground}
        stroke={pair.ink}
        stroke-width={ornamentEdge}
        stroke-linejoin="round"
        paint-order="stroke"
      />
      <path d={body} fill={pair.ground} />
      <path d={ink} fill={pair.ink} fill-rule="evenodd" />
      {edge > 0 && (
        <path d={body} fill="none" stroke={pair.ink} stroke-width={edge} stroke-linejoin="round" />
      )}
    </svg>
  );
}
