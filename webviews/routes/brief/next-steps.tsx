import type { Brief } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import { to } from '../../model/location.ts';
import { targetOfEvidence } from '../../model/target.ts';
import { EvidenceList, OpenTarget } from '../../parts/evidence-link.tsx';

type Step = Brief['next'][number];

/** The next concrete steps, most useful first. */
export function NextSteps({ workspace, steps }: { workspace: string; steps: readonly Step[] }) {
  return (
    <ol class="next-steps">
      {steps.map((step) => (
        <li key={step.text} class="step">
          <div class="statement-body">
            <p>
              <StepText workspace={workspace} step={step} />
            </p>
            <EvidenceList workspace={workspace} targets={step.evidence.map(targetOfEvidence)} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function StepText({ workspace, step }: { workspace: string; step: Step }) {
  const text = <bdi>{step.text}</bdi>;
  const first = step.evidence[0];
  if (step.loopId !== null) {
    return (
      <Link to={to('loops', step.loopId)} class="text">
        {text}
      </Link>
    );
  }
  if (!first) return text;
  return (
    <OpenTarget workspace={workspace} target={targetOfEvidence(first)} class="text">
      {text}
    </OpenTarget>
  );
}
