import { criticPrompt, proposerPrompt } from '../prompts/index.ts';
import { sourcesAsData } from './as-data.ts';
import { type Asking, wholeReply } from './ask-model.ts';
import {
  type Option,
  optionsAsData,
  PROPOSAL_SCHEMA,
  readOptions,
  readVerdicts,
  VERDICT_SCHEMA,
  type Verdict,
} from './debate.ts';
import type { Source } from './source.ts';
import type { Think } from './think.ts';

const PROPOSAL_TOKENS = 500;
const VERDICT_TOKENS = 400;

/** Options, and what a critic says of each. */
export interface Examined {
  readonly options: readonly Option[];
  readonly verdicts: readonly Verdict[];
}

/**
 * Three to five options, each examined. Null where the model does not manage either in the time that there is. Throws
 * the signal's reason.
 */
export async function examine(
  asking: Asking,
  { question, sources, think }: { question: string; sources: readonly Source[]; think: Think },
  timeLeft: () => number,
): Promise<Examined | null> {
  const data = { question, sources: sourcesAsData(sources) };
  const began = asking.clock.now();
  const proposal = await wholeReply(asking, {
    messages: proposerPrompt.fill(data).messages,
    maxTokens: PROPOSAL_TOKENS,
    timeoutMs: timeLeft(),
    schema: PROPOSAL_SCHEMA,
  });
  const options = proposal && readOptions(proposal.text, sources.length);
  const ms = asking.clock.now() - began;
  if (!proposal || !options) {
    think(
      'proposal',
      'The model did not lay out three options that differ.',
      proposal?.answeredBy ?? null,
      ms,
    );
    return null;
  }
  think('proposal', options.map(({ name, text }) => `${name}: ${text}`).join('\n'), proposal.answeredBy, ms);
  const criticised = asking.clock.now();
  const critique = await wholeReply(asking, {
    messages: criticPrompt.fill({ ...data, options: optionsAsData(options) }).messages,
    maxTokens: VERDICT_TOKENS,
    timeoutMs: timeLeft(),
    schema: VERDICT_SCHEMA,
  });
  const verdicts = readVerdicts(critique?.text ?? '', options);
  const said = verdicts.map(
    ({ option, verdict, reason }) => `${options[option - 1]?.name}: ${verdict}. ${reason}`,
  );
  think('critique', said.join('\n'), critique?.answeredBy ?? null, asking.clock.now() - criticised);
  return { options, verdicts };
}
