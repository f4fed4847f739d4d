import type { Decision } from '../protocol/index.ts';
import { type ListShape, VERSION } from './entries.ts';
import { type Rendered, toText } from './loops-file.ts';
import { formatTime, type Times } from './times.ts';

export const DECISIONS_SHAPE: ListShape = {
  list: 'decisions',
  editable: ['question', 'options', 'decision', 'why', 'outcome', 'reviewAt', 'links'],
  derived: ['at'],
};

const NOTE =
  'Edit, or add an entry without an id. A decision whose entry is removed is kept and written again.';

/** `decisions.json`. Pure. */
export function renderDecisions(decisions: readonly Decision[], times: Times): Rendered {
  const entries = decisions.map((decision) => ({
    id: decision.id,
    ...editableOfDecision(decision, times),
    at: formatTime(decision.at, times),
  }));
  const text = toText({ version: VERSION, note: NOTE, decisions: entries });
  return { text, essence: text };
}

/** The editable fields of a decision as they are written. */
export function editableOfDecision(entry: Decision, times: Times) {
  const { question, options, decision, why, outcome, reviewAt, links } = entry;
  return { question, options, decision, why, outcome, reviewAt: formatTime(reviewAt, times), links };
}
