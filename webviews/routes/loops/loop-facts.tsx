import type { Loop } from '../../../companion/protocol/index.ts';
import { factsOf } from '../../model/facts.ts';
import { Moment } from '../../parts/moment.tsx';

/** What was measured, and when things happened. */
export function LoopFacts({ loop }: { loop: Loop }) {
  return (
    <section class="details-part">
      <h3>Measured</h3>
      <dl class="facts">
        {factsOf(loop).map(({ name, text, at }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {text}
              {at !== undefined && (
                <>
                  {text !== '' && ', since '}
                  <Moment at={at} />
                </>
              )}
            </dd>
          </div>
        ))}
        <When name="Last touched" at={loop.touchedAt} />
        <When name="First seen" at={loop.createdAt} />
        {loop.deferUntil !== null && <When name="Comes back" at={loop.deferUntil} />}
      </dl>
    </section>
  );
}

function When({ name, at }: { name: string; at: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Moment at={at} />
      </dd>
    </div>
  );
}
