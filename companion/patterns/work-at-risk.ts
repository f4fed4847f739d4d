import type { WorkEvent } from '../timeline/index.ts';
import { confidenceOf, DAY, type Detector, HOUR, type PatternContext } from './pattern.ts';

type What = Extract<WorkEvent, { kind: 'risk' }>['what'];

/** Since when what is at risk, by subject. */
type State = Readonly<Record<string, Partial<Readonly<Record<What, number>>>>>;

const MOST_SUBJECTS = 1_000;

/** Work that a broken disk would take (systems.md, section 1: uncommitted 24 h, unpushed 3 days, a disk nearly full). */
export const workAtRisk: Detector<State> = {
  kind: 'work_at_risk',
  empty: {},
  step(state, event) {
    if (event?.kind !== 'risk') return state;
    const { subject, what, since } = event;
    const { [what]: _, ...others } = state[subject] ?? {};
    const risks = since === null ? others : { ...others, [what]: since };
    const { [subject]: __, ...rest } = state;
    if (Object.keys(risks).length === 0) return rest;
    const oldest = Object.keys(rest)[0];
    if (oldest === undefined || Object.keys(rest).length < MOST_SUBJECTS)
      return { ...rest, [subject]: risks };
    const { [oldest]: ___, ...newer } = rest;
    return { ...newer, [subject]: risks };
  },
  look(state, now, context) {
    return Object.entries(state).flatMap(([subject, risks]) => {
      const due = (Object.entries(risks) as [What, number][]).filter(
        ([what, since]) => now - since >= patienceOf(what, context),
      );
      if (due.length === 0) return [];
      return [
        {
          subject,
          firm: true,
          since: Math.min(...due.map(([, since]) => since)),
          confidence: Math.max(
            ...due.map(([what, since]) => confidenceOf(now - since, patienceOf(what, context))),
          ),
          evidence: () => due.map(([what, since]) => ({ at: since, kind: what, loop: subject })),
        },
      ];
    });
  },
};

/** How long this may last before it is a risk, ms. */
function patienceOf(what: What, { settings: { loops } }: PatternContext): number {
  if (what === 'disk') return 0;
  return what === 'uncommitted' ? loops.uncommittedRiskHours * HOUR : loops.unpushedRiskDays * DAY;
}
