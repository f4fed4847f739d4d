import { useState } from 'preact/hooks';
import type { Api } from '../../../companion/client/index.ts';
import type { Convergence, ConvergenceForm } from '../../../companion/protocol/index.ts';
import type { RouteProps } from '../../app/routes.ts';
import { useSession } from '../../data/session.ts';
import { useLive } from '../../data/use-live.ts';
import { convergenceAt, formOf, placeOf } from '../../model/convergence.ts';
import { problemOf } from '../../model/problem.ts';
import { Skeleton } from '../../parts/states.tsx';
import { ProblemBlank, ProblemStrip } from '../problem-view.tsx';
import { Machine } from './machine.tsx';
import { MirrorPage } from './mirror-page.tsx';
import { QuestionPage } from './question-page.tsx';
import { StartPage } from './start-page.tsx';

/** What every page of the conversation may do. */
export interface Conversation {
  convergence: Convergence;
  form: ConvergenceForm | undefined;
  busy: boolean;
  /** What the companion did not accept, in its words. */
  refused: string | null;
  /** Leads to a page; see `convergenceAt`. */
  go(at: string, form?: ConvergenceForm): void;
  /** Carries out one change and resolves to whether it was made. */
  change(work: (api: Api) => Promise<Convergence>): Promise<boolean>;
}

const concerns = ({ type }: { type: string }) => type.startsWith('convergence.');

/** Onboarding: one question at a time, then what was understood. It goes on where it was left. */
export function ConvergenceRoute({ location }: RouteProps) {
  const { host, client } = useSession();
  const form = formOf(location);
  const live = useLive(
    `convergence ${form}`,
    (api, signal) => api.convergence.get(form ? { form } : {}, { signal }),
    concerns,
  );
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);

  const head = (
    <header class="page-head">
      <h1>
        How you work <small>· convergence</small>
      </h1>
    </header>
  );
  if (!live.data)
    return (
      <div class="convergence">
        {head}
        {live.problem ? (
          <ProblemBlank problem={live.problem} retry={live.refresh} />
        ) : (
          <Skeleton rows={4} label="Loading the questions" />
        )}
      </div>
    );
  const conversation: Conversation = {
    convergence: live.data,
    form,
    busy,
    refused,
    go(at, chosen = form) {
      setRefused(null);
      host.navigation.go(convergenceAt(at, chosen));
    },
    async change(work) {
      if (busy) return false;
      setBusy(true);
      try {
        const saved = await work(client.api);
        live.set(() => saved);
        setRefused(null);
        return true;
      } catch (error) {
        setRefused(problemOf(error).text);
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
  const place = placeOf(location, live.data);
  return (
    <div class="convergence">
      {head}
      {live.problem && <ProblemStrip problem={live.problem} at={live.at} />}
      {place.page === 'start' && <StartPage {...conversation} />}
      {place.page === 'question' && (
        <QuestionPage key={place.question.id} {...conversation} question={place.question} />
      )}
      {place.page === 'mirror' && <MirrorPage {...conversation} />}
      {place.page === 'machine' && <Machine {...conversation} />}
    </div>
  );
}
