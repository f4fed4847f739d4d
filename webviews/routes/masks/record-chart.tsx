import type { AdviserDetails } from '../../../companion/protocol/index.ts';
import { count } from '../../model/words.ts';

interface Props {
  history: AdviserDetails['history'];
  /** The last so many votes. */
  last: number;
}

const STEP = 7;
const HEIGHT = 30;
const MIDDLE = 15;

/** The last votes in a row, right above the line and wrong below it, with the rate drawn over them. */
export function RecordChart({ history, last }: Props) {
  const shown = history.slice(-last);
  if (shown.length === 0) return null;
  const width = shown.length * STEP;
  const right = shown.filter(({ hit }) => hit).length;
  const line = shown
    .map(({ rate }, i) => `${i * STEP + STEP / 2},${((1 - rate) * HEIGHT).toFixed(1)}`)
    .join(' ');
  return (
    <svg
      class="record-chart"
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={`Of its last ${count(shown.length, 'vote')} with a known outcome ${right} were right`}
    >
      <line x1="0" x2={width} y1={MIDDLE} y2={MIDDLE} class="record-base" />
      {shown.map(({ at, hit }, i) => (
        <rect
          key={`${at} ${i}`}
          x={i * STEP + 1.5}
          y={hit ? 4 : MIDDLE + 1.5}
          width={STEP - 3}
          height={MIDDLE - 5.5}
          rx="1"
          class={hit ? 'record-hit' : 'record-miss'}
        />
      ))}
      {shown.length > 2 && <polyline points={line} class="record-rate" />}
    </svg>
  );
}
