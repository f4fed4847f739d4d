import type { Drift } from '../../../companion/protocol/index.ts';
import { useLive } from '../../data/use-live.ts';
import { BAND_WORDS, sureness } from '../../model/drift-words.ts';
import { Icon } from '../../parts/icon.tsx';
import { Moment } from '../../parts/moment.tsx';

const SHOWN = 24;

/** How far a thread has left its own scope, with the reasons and the hours behind it. Nothing before the first rating. */
export function LoopDrift({ id }: { id: string }) {
  const live = useLive(`drift ${id}`, (api, signal) => api.drift.get({ id, limit: SHOWN }, { signal }));
  const newest = live.data?.[0];
  if (!newest || !live.data) return null;
  return (
    <section class="details-part drift">
      <h3>Scope drift</h3>
      <p class={`drift-band ${newest.band}`} title={BAND_WORDS[newest.band].hint}>
        <Icon name={newest.band === 'stable' ? 'pass' : 'warning'} />
        <strong>{sentenceCase(BAND_WORDS[newest.band].word)}</strong>
        <span class="quiet">
          {percent(newest.rating)}, {sureness(newest.confidence)} · <Moment at={newest.at} />
        </span>
      </p>
      {live.data.length > 1 && <Hours ratings={live.data} />}
      <ul class="drift-reasons">
        {newest.reasons.map((reason) => (
          <li key={reason}>
            <bdi>{reason}</bdi>
          </li>
        ))}
      </ul>
      <p class="quiet">
        Measured against its scope as it was learned <Moment at={newest.baselineAt} />
      </p>
    </section>
  );
}

const BAR = 8;
const GAP = 2;
const TALL = 36;

/** One bar an hour with work, the newest right. The words say what it shows. */
function Hours({ ratings }: { ratings: readonly Drift[] }) {
  const oldestFirst = [...ratings].reverse();
  const [first, last] = [oldestFirst[0]!, oldestFirst.at(-1)!];
  const words = `${ratings.length} hours with work: from ${percent(first.rating)} to ${percent(last.rating)}`;
  const width = ratings.length * (BAR + GAP) - GAP;
  return (
    <svg class="drift-hours" role="img" aria-label={words} width={width} height={TALL}>
      <title>{words}</title>
      <line x1={0} x2={width} y1={TALL - 0.5} y2={TALL - 0.5} />
      {oldestFirst.map(({ at, rating, band }, i) => {
        const height = Math.max(2, Math.round(TALL * rating));
        const bar = { x: i * (BAR + GAP), y: TALL - height, width: BAR, height };
        return <rect key={at} {...bar} class={band} />;
      })}
    </svg>
  );
}

function percent(part: number): string {
  return `${Math.round(100 * part)} %`;
}

function sentenceCase(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}
