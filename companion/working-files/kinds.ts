import { renderDecisions } from './decisions-file.ts';
import { type Rendered, renderLoops } from './loops-file.ts';
import { DECISIONS, NOW, OPEN_LOOPS, type SyncedFile } from './names.ts';
import { renderNow } from './now-file.ts';
import type { Plan, PlanInput } from './plan.ts';
import { planDecisions } from './plan-decisions.ts';
import { planLoops } from './plan-loops.ts';
import { planNow } from './plan-now.ts';
import type { WorkingState } from './state.ts';

/** A kind of working file: how it is written, and what an edit of it asks for. */
export interface FileKind {
  name: SyncedFile;
  render(state: WorkingState): Rendered;
  plan(input: PlanInput): Plan;
}

export const KINDS: readonly FileKind[] = [
  { name: OPEN_LOOPS, render: ({ loops, times }) => renderLoops(loops, times), plan: planLoops },
  {
    name: DECISIONS,
    render: ({ decisions, times }) => renderDecisions(decisions, times),
    plan: planDecisions,
  },
  { name: NOW, render: ({ now }) => renderNow(now), plan: planNow },
];
