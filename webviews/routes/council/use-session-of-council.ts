import { useEffect, useRef, useState } from 'preact/hooks';
import type { Api } from '../../../companion/client/index.ts';
import type { Proposal } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { sessionWords } from '../../model/council-words.ts';
import { to } from '../../model/location.ts';
import { isCancelled, problemOf } from '../../model/problem.ts';

/** Puts something before the council and leads to what it said. Closing the form stops waiting for it. */
export function useSessionOfCouncil(onClose: () => void) {
  const { client, host, announce } = useSession();
  const [guild, setGuild] = useState('');
  const [correction, setCorrection] = useState(false);
  const [sitting, setSitting] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const convene = async (ask: (api: Api, options: { signal: AbortSignal }) => Promise<Proposal>) => {
    if (sitting) return;
    abort.current = new AbortController();
    const { signal } = abort.current;
    setSitting(true);
    setProblem(null);
    try {
      const proposal = await ask(client.api, { signal });
      if (signal.aborted) return;
      onClose();
      host.navigation.go(to('council', proposal.id));
      announce(sessionWords(proposal));
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return;
      setSitting(false);
      setProblem(`The council did not sit. ${problemOf(error).text}`);
    }
  };
  const options = { guild, setGuild, correction, setCorrection };
  /** What the options add to what is asked. */
  const asked = { ...(guild !== '' && { guild }), correction };
  return { sitting, problem, setProblem, convene, options, asked };
}
