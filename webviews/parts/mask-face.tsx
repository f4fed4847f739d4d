import type { Archetype, Tone } from '../../companion/protocol/index.ts';

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
export function MaskFace({ id, size, label }: Props) {
  return (
    <svg
      class="mask-face"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      role="img"
      aria-label={label}
      aria-hidden={label === undefined}
    >
      <circle cx="12" cy="12" r="10" fill="none" stroke="currentColor" />
      <text x="12" y="16" text-anchor="middle" font-size="10" fill="currentColor">
        {id.slice(-1)}
      </text>
    </svg>
  );
}
