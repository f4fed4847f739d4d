import type { ServiceState } from '../../../companion/protocol/index.ts';
import { stanceWords, TIER_WORDS } from '../../../companion/protocol/stance-words.ts';
import { useSession } from '../../data/session.ts';
import { useStatus } from '../../data/use-companion.ts';
import { writerWords } from '../../model/answered-by.ts';
import { Icon } from '../../parts/icon.tsx';
import type { IconName } from '../../parts/icon-table.ts';
import { Moment } from '../../parts/moment.tsx';

/** What each state of the service means for the reader, and what to do. */
const STATES: Record<ServiceState, { readonly icon: IconName; readonly words: string }> = {
  FULL: { icon: 'pass', words: 'Everything works.' },
  AMNESIA: {
    icon: 'warning',
    words:
      'Memory is searched by words only, because the sentence model cannot be used. Health below says why.',
  },
  OFFLINE: {
    icon: 'warning',
    words: 'The language model cannot be reached: answers come from rules and search. Health below says why.',
  },
  READ_ONLY: {
    icon: 'error',
    words: 'Nothing can be saved. Free some disk space; Health below says how much.',
  },
};

/** State and posture, words first. */
export function StandingCard() {
  const { client } = useSession();
  const status = useStatus(client);
  if (!status) return null;
  const { icon, words } = STATES[status.state];
  return (
    <section class="dash-card dash-standing" aria-labelledby="standing-title">
      <h2 id="standing-title">
        <Icon name="pulse" /> {stanceWords(status)}
      </h2>
      <dl class="dash-facts">
        <div>
          <dt>Service</dt>
          <dd class={status.state === 'FULL' ? '' : 'dash-amiss'}>
            <Icon name={icon} /> {words}
          </dd>
        </div>
        <div>
          <dt>Without a click</dt>
          <dd>
            {TIER_WORDS[status.tier]} <span class="quiet">(tier {status.tier})</span>
          </dd>
        </div>
        <div>
          <dt>Answers</dt>
          <dd>
            {status.answeredBy === null ? (
              'by rules and search; no language model is in use'
            ) : (
              <>
                written by <bdi>{writerWords(status.answeredBy)}</bdi>
              </>
            )}
          </dd>
        </div>
        <div>
          <dt>Up</dt>
          <dd>
            since <Moment at={status.startedAt} as="stamp" />
            {status.pausedUntil !== null && (
              <>
                , taps paused until <Moment at={status.pausedUntil} as="stamp" />
              </>
            )}
          </dd>
        </div>
      </dl>
    </section>
  );
}
