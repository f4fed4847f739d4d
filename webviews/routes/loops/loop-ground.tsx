import type { Anchor, Loop } from '../../../companion/protocol/index.ts';
import { targetKey, targetOfAnchor, targetOfEvidence, uniqueTargets } from '../../model/target.ts';
import { EvidenceLink, EvidenceList } from '../../parts/evidence-link.tsx';
import { useFirst } from '../../parts/first.tsx';

/** Where a thread is tied to the work, and what the statements about it rest on. */
export function LoopGround({ loop }: { loop: Loop }) {
  const anchored = new Set(loop.anchors.map((anchor) => targetKey(targetOfAnchor(anchor))));
  const further = uniqueTargets(loop.evidence.map(targetOfEvidence)).filter(
    (target) => !anchored.has(targetKey(target)),
  );
  const { shown, more } = useFirst(loop.anchors, 6);
  return (
    <>
      {loop.anchors.length > 0 && (
        <section class="details-part">
          <h3>
            Tied to <small>· anchors</small>
          </h3>
          <ul class="anchors">
            {shown.map((anchor) => (
              <AnchorItem
                key={targetKey(targetOfAnchor(anchor))}
                workspace={loop.workspace}
                anchor={anchor}
              />
            ))}
            {more && <li>{more}</li>}
          </ul>
        </section>
      )}
      {further.length > 0 && (
        <section class="details-part">
          <h3>
            Rests on <small>· evidence</small>
          </h3>
          <EvidenceList workspace={loop.workspace} targets={further} />
        </section>
      )}
    </>
  );
}

function AnchorItem({ workspace, anchor }: { workspace: string; anchor: Anchor }) {
  return (
    <li>
      <EvidenceLink workspace={workspace} target={targetOfAnchor(anchor)} />
      {anchor.kind === 'stash' && <span class="quiet"> {anchor.name}</span>}
      {anchor.kind === 'line' && <code class="anchor-text">{anchor.text.trim()}</code>}
      {anchor.kind === 'line' && anchor.lost && (
        <p class="quiet">The line is gone; this is where it was last.</p>
      )}
    </li>
  );
}
