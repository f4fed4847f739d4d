import { useEffect, useState } from 'preact/hooks';
import type { SetupFinding } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { FOUND_WORDS } from '../../model/convergence.ts';
import { isCancelled, type Problem, problemOf } from '../../model/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Skeleton } from '../../parts/states.tsx';
import { ProblemBlank } from '../problem-view.tsx';
import type { Conversation } from './convergence-route.tsx';

/** What this machine offers; of what is missing, what it would add and how to get it. */
export function Machine({ convergence, go }: Conversation) {
  const { client } = useSession();
  const [findings, setFindings] = useState<readonly SetupFinding[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    setProblem(null);
    client.api.setup.detect({}, { signal: abort.signal }).then(
      (found) => setFindings(found.findings),
      (error) => {
        if (!isCancelled(error)) setProblem(problemOf(error));
      },
    );
    return () => abort.abort();
  }, [attempt]);
  return (
    <section class="page" aria-labelledby="machine-title">
      <h2 id="machine-title" class="question">
        What is on this machine
      </h2>
      <p class="quiet">
        None of it is needed to begin. Nothing was sent anywhere: programs were asked for their version.
      </p>
      {problem && <ProblemBlank problem={problem} retry={() => setAttempt(attempt + 1)} />}
      {!problem && !findings && <Skeleton rows={5} label="Looking at this machine" />}
      {findings && (
        <ul class="findings">
          {findings.map((finding) => (
            <Found key={finding.id} {...finding} />
          ))}
        </ul>
      )}
      <footer class="steps">
        <Button icon="arrow-left" onClick={() => go(convergence.stage === 'new' ? 'start' : 'mirror')}>
          Back
        </Button>
      </footer>
    </section>
  );
}

function Found({ name, state, detail, adds, get }: SetupFinding) {
  const { word, icon } = FOUND_WORDS[state];
  return (
    <li class={`finding ${state}`}>
      <Icon name={icon} />
      <div>
        <h3>
          {name}{' '}
          <span class="tag">
            {word} · {detail}
          </span>
        </h3>
        <p>{adds}</p>
        {get !== '' && <p class="quiet">{withCode(get)}</p>}
      </div>
    </li>
  );
}

/** What stands between backticks is something to type. */
function withCode(text: string) {
  return text.split('`').map((piece, i) => (i % 2 === 1 ? <code key={piece}>{piece}</code> : piece));
}
