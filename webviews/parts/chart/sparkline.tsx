import { sparkPath } from './series.ts';

interface Props {
  /** From 0 to 1 on both axes. */
  points: readonly { readonly x: number; readonly y: number }[];
}

/** A course at a glance, without axes: the words beside it say the number. */
export function Sparkline({ points }: Props) {
  return (
    <svg class="sparkline" viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true">
      <path d={sparkPath(points, 100, 24)} vector-effect="non-scaling-stroke" />
    </svg>
  );
}
