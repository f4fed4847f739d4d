import type { SelfState } from '../../../companion/protocol/index.ts';
import { TIER_WORDS, TIERS } from '../../../companion/protocol/stance-words.ts';
import { nextTier, TIER_FROM } from '../../model/grant-words.ts';
import { Icon } from '../../parts/icon.tsx';

/** What may be done without a click by now, and what the next step would take. */
export function TierPart({ standing: { tier, trust } }: { standing: SelfState }) {
  const next = nextTier(tier, trust);
  return (
    <section class="run-part tiers" aria-labelledby="tiers-title">
      <h2 id="tiers-title">
        What it may do without a click <small>· tier {tier}</small>
      </h2>
      <p>
        By now, {TIER_WORDS[tier]}. Whatever the tier, your yes to a preview is enough for exactly that, once,
        in a folder that you trust.
      </p>
      <ol class="tier-list">
        {TIERS.map((each) => (
          <li
            key={each}
            class={each === tier ? 'here' : ''}
            {...(each === tier && { 'aria-current': 'step' })}
          >
            <Icon name={each <= tier ? 'pass' : 'circle'} />
            <span>
              <strong>{each}</strong>
              {each === 'T0' ? '' : ` from trust ${TIER_FROM[each].toFixed(1).replace(/^0/, '')}`}:{' '}
              {TIER_WORDS[each]}
            </span>
          </li>
        ))}
      </ol>
      <p class="quiet">
        Trust is {trust.toFixed(2).replace(/^0/, '')}
        {next ? `, ${Math.max(0.01, next.missing).toFixed(2).replace(/^0/, '')} short of ${next.tier}` : ''}.
        It grows only by runs that were verified and not undone, at most three a day of a kind; it falls when
        one fails or you undo it. Talking never raises it.
      </p>
    </section>
  );
}
