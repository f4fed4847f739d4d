import { useState } from 'preact/hooks';
import type { LanguageState } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { problemOf } from '../../model/problem.ts';
import { Button } from '../../parts/button.tsx';

const NAMES: Record<LanguageState['providers'][number]['provider'], string> = {
  ollama: 'Ollama',
  openai: 'A local server',
  embedded: 'A model file',
  editor: 'The editor’s models',
  remote: 'Another machine',
};

/** Which language models were looked for, what is amiss with each, and the way to look again. */
export function ModelHelp() {
  const { client, announce } = useSession();
  const [state, setState] = useState<LanguageState | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const look = async (probe: boolean) => {
    if (busy) return;
    setBusy(true);
    try {
      const found = await (probe ? client.api.language.probe({}) : client.api.language.state({}));
      setState(found);
      setProblem(null);
      if (probe) announce(found.current ? 'A language model answers now.' : 'Still no language model.');
    } catch (error) {
      setProblem(problemOf(error).text);
    }
    setBusy(false);
  };
  return (
    <details
      class="model-help"
      onToggle={(event) => {
        if (event.currentTarget.open && !state) void look(false);
      }}
    >
      <summary>No language model is needed. How to have one write the answers</summary>
      {problem !== null && <p role="alert">{problem}</p>}
      {state && (
        <dl class="facts">
          {state.providers.map(({ provider, words }) => (
            <div key={provider}>
              <dt>{NAMES[provider]}</dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
      )}
      {state && (
        <Button icon="refresh" aria-disabled={busy} onClick={() => void look(true)}>
          Look again
        </Button>
      )}
    </details>
  );
}
