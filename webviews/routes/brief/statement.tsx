import type { BriefLine } from '../../../companion/protocol/index.ts';
import { targetOfEvidence } from '../../model/target.ts';
import { EvidenceList, OpenTarget } from '../../parts/evidence-link.tsx';
import { Moment } from '../../parts/moment.tsx';

/** A sentence and what it rests on. The sentence opens the first of it. */
export function Statement({ workspace, line }: { workspace: string; line: BriefLine }) {
  const targets = line.evidence.map(targetOfEvidence);
  const first = targets[0];
  const text = <bdi>{line.text}</bdi>;
  return (
    <div class="statement">
      <p class="statement-lead">{line.at !== null && <Moment at={line.at} as="stamp" />}</p>
      <div class="statement-body">
        <p>
          {first ? (
            <OpenTarget workspace={workspace} target={first} class="text">
              {text}
            </OpenTarget>
          ) : (
            text
          )}
        </p>
        <EvidenceList workspace={workspace} targets={targets} />
      </div>
    </div>
  );
}
