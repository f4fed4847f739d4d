import type { Grant } from '../../../companion/protocol/index.ts';
import { visibleLine } from '../../../companion/protocol/visible-text.ts';
import { CAPABILITY_WORDS } from '../../../companion/protocol/wheel-words.ts';
import { useSession } from '../../data/session.ts';
import { grantStanding, scopeWords, usesWords } from '../../model/grant-words.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Moment } from '../../parts/moment.tsx';
import { useAct } from '../council/use-council.ts';

/** One leave: for what, where, until when, whether silence is consent, how often it was used; and the way to end it. */
export function GrantCard({ grant, now, changed }: { grant: Grant; now: number; changed(): void }) {
  const { client } = useSession();
  const { busy, run } = useAct();
  const { id, capability, silence, createdAt, expiresAt, revokedAt, uses } = grant;
  const { word } = CAPABILITY_WORDS[capability];
  const standing = grantStanding(grant, now);
  const revoke = () =>
    run(async () => {
      await client.api.grants.revoke({ id });
      changed();
    }, `Taken back: ${word}. It counts from now on, also for what is under way.`);
  return (
    <li class={`card ${standing === 'live' ? '' : 'past'}`}>
      <div class="card-head">
        <Icon name="key" />
        <h3>{word}</h3>
        {standing === 'live' && (
          <Button label={`Revoke: ${word}`} aria-disabled={busy} onClick={revoke}>
            Revoke
          </Button>
        )}
      </div>
      <p>
        <bdi>{visibleLine(scopeWords(grant))}</bdi>
      </p>
      <p class={silence && standing === 'live' ? 'silent' : 'quiet'}>
        {silence ? 'Silence is consent, while you see the countdown' : 'Never on silence'}
      </p>
      <p class="loop-meta">
        {standing === 'revoked' && revokedAt !== null ? (
          <>
            taken back <Moment at={revokedAt} />
          </>
        ) : (
          <>
            {standing === 'live' ? 'until' : 'ended'} <Moment at={expiresAt} as="stamp" />
          </>
        )}{' '}
        · given <Moment at={createdAt} /> · {usesWords(uses)}
      </p>
    </li>
  );
}
