import { useState } from 'preact/hooks';
import type { Api } from '../../../companion/client/index.ts';
import type { WheelRun } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { problemOf } from '../../model/problem.ts';

/** The reader's word on a run: one at a time; what came of it is put in the place of the run, or why it was not taken. */
export function useOrder(saved: (run: WheelRun) => void) {
  const { client } = useSession();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const order = async (give: (wheel: Api['wheel']) => Promise<WheelRun>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      saved(await give(client.api.wheel));
    } catch (error) {
      setProblem(problemOf(error).text);
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, order: (give: (wheel: Api['wheel']) => Promise<WheelRun>) => void order(give) };
}
