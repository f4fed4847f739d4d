import type { AdviserDetails } from '../../../companion/protocol/index.ts';
import { count } from '../../model/words.ts';

interface Props {
  history: AdviserDetails['history'];
  /** The last so many votes. */
  last: number;
  /** Draws the rate after each vote above them, too. */
  rate?: boolean;
}

const STEP = 10;
const BARS = 26;
const RATE = 36;

/** The last votes in a row, right above a line and wrong below it. */
export function RecordChart({ history, last, rate = false }: Props) {
  const shown = history.slice(-last);
  if (shown.length === 0) return null;
  const width = shown.length * STEP;
  const top = rate ? RATE : 0;
  const middle = top + BARS / 2;
  const right = shown.filter(({ hit }) => hit).length;
  return (
    <svg
      class="record-chart"
      width={width}
      height={top + BARS}
      viewBox={`0 0 ${width} ${top + BARS}`}
      role="img"
      aria-label={`Of its last ${count(shown.length, 'vote')} with a known outcome ${right} were right`}
    >
      {rate && <Rate history={shown} width={width} />}
      <line x1="0" x2={width} y1={middle} y2={middle} class="record-base" />
      {shown.map(({ at, hit }, i) => (
        <rect
          key={`${at} ${i}`}
          x={i * STEP + 2}
          y={hit ? top + 1 : middle + 2}
          width={STEP - 4}
          height={BARS / 2 - 3}
          rx="1.5"
          class={hit ? 'record-hit' : 'record-miss'}
        />
      ))}
    </svg>
  );
}

/** From 0 % to 100 %; the dashed line is a half. */
function Rate({ history, width }: Pick<Props, 'history'> & { width: number }) {
  const y = (share: number) => 2 + (1 - share) * (RATE - 10);
  const points = history.map((each, i) => `${i * STEP + STEP / 2},${y(each.rate).toFixed(1)}`);
  return (
    <>
      <line x1="0" x2={width} y1={y(0.5)} y2={y(0.5)} class="record-half" />
      <polyline points={points.join(' ')} class="record-rate" />
    </>
  );
}
