import type { MaskTrace } from '../../../companion/protocol/index.ts';
import { Moment } from '../../parts/moment.tsx';
import { ToneLabel } from './tone-label.tsx';

const SHOWN = 12;

/** The tones that a mask went through, and what it made of what it saw; the newest first. */
export function MaskTimes({ trace: { tones, reflections } }: { trace: MaskTrace }) {
  return (
    <>
      <section class="details-part">
        <h3>Its tones</h3>
        {tones.length === 0 && <p class="quiet">Its tone has not changed yet.</p>}
        <ol class="tone-line">
          {tones.slice(0, SHOWN).map(({ at, tone, cause }, i) => (
            <li key={i}>
              <ToneLabel tone={tone} /> <Moment at={at} />
              {cause !== '' && (
                <p class="quiet">
                  <bdi>{cause}</bdi>
                </p>
              )}
            </li>
          ))}
        </ol>
      </section>
      {reflections.length > 0 && (
        <section class="details-part">
          <h3>What it made of it</h3>
          <ul class="notes">
            {reflections.slice(0, SHOWN).map(({ at, content }, i) => (
              <li key={i}>
                <p>
                  <bdi>{content}</bdi>
                </p>
                <p class="loop-meta">
                  <Moment at={at} />
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
