import type { ReviewItem } from '../../../companion/protocol/index.ts';
import type { Target } from '../../model/target.ts';
import { EvidenceLink } from '../../parts/evidence-link.tsx';
import { useFirst } from '../../parts/first.tsx';
import { Moment } from '../../parts/moment.tsx';

/** Weeks that are shown until all are asked for. */
const WEEKS = 4;
/** Things of a week that can be opened. */
const TARGETS = 3;

/** Week by week, how the work bore on a belief, and some of the moments behind it. */
export function ReviewEvidence({ item, tabIndex }: { item: ReviewItem; tabIndex: number }) {
  const { shown, more } = useFirst(item.evidence, WEEKS);
  return (
    <ul class="review-weeks" aria-label="Evidence, week by week">
      {shown.map(({ at, supports, hits, of, moments }) => (
        <li key={at}>
          <span>
            {supports ? 'for' : 'against'}: {hits} of {of}, week until <Moment at={at} as="stamp" />
          </span>
          {moments
            .flatMap(({ workspace, commit, files }) => places(workspace, commit, files))
            .slice(0, TARGETS)
            .map(({ workspace, target }, i) => (
              <EvidenceLink key={i} workspace={workspace} target={target} tabIndex={tabIndex} />
            ))}
        </li>
      ))}
      {more && <li>{more}</li>}
    </ul>
  );
}

function places(
  workspace: string | null,
  commit: string | undefined,
  files: readonly string[] | undefined,
): { workspace: string; target: Target }[] {
  if (workspace === null) return [];
  if (commit !== undefined) return [{ workspace, target: { kind: 'commit', commit } }];
  return (files ?? []).map((file) => ({ workspace, target: { kind: 'file', file, line: null } }));
}
