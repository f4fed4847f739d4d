import { confidenceOf, DAY, type Detector } from './pattern.ts';

interface Standing {
  readonly status: string;
  readonly touchedAt: number;
}

/** The loops as they were last told. */
type State = Readonly<Record<string, Standing>>;

const MOST_LOOPS = 1_000;
/** A loop that was settled or put off is not abandoned. */
const IN_FLIGHT = new Set(['proposed', 'open', 'stale']);

/** A thread that nobody touched for `staleDays` (systems.md, section 1: 7 days). */
export const abandonment: Detector<State> = {
  kind: 'abandonment',
  empty: {},
  step(state, event) {
    if (event?.kind !== 'loop') return state;
    const { loop, status, touchedAt } = event;
    if (!IN_FLIGHT.has(status)) {
      const { [loop]: _, ...others } = state;
      return others;
    }
    const known = Object.keys(state);
    if (known.length < MOST_LOOPS || loop in state) return { ...state, [loop]: { status, touchedAt } };
    const { [known[0]!]: _, ...newer } = state;
    return { ...newer, [loop]: { status, touchedAt } };
  },
  look(state, now, { settings }) {
    const limit = settings.loops.staleDays * DAY;
    return Object.entries(state).flatMap(([loop, { touchedAt }]) => {
      const idle = now - touchedAt;
      if (idle <= limit) return [];
      return [
        {
          subject: loop,
          firm: true,
          since: touchedAt,
          confidence: confidenceOf(idle, limit),
          evidence: () => [{ at: touchedAt, kind: 'loop', loop }],
        },
      ];
    });
  },
};
