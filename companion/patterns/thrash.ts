import { figures, note, type Tally, usual } from './baseline.ts';
import { confidenceOf, DAY, type Detector, HOUR, MOST_EVIDENCE } from './pattern.ts';

interface State {
  readonly workspace: string;
  /** Files left too soon, of the last hour. */
  readonly hasty: readonly { readonly at: number; readonly file: string; readonly ms: number }[];
  readonly hours: Tally;
}

const MOST_HASTY = 500;
/** Who reads code by leaping through it does so every hour: only twice the usual is thrash. */
const HEAVY = 2;
const WAY_OUT = 0.6;

/** Switching between files without staying in any (systems.md, section 1: more than 20 an hour, under 30 s each). */
export const thrash: Detector<State> = {
  kind: 'thrash',
  empty: { workspace: '', hasty: [], hours: {} },
  step(state, event, now, { settings }) {
    const { dwellSeconds, baselineDays } = settings.patterns;
    if (event?.kind !== 'switch' || event.ms >= dwellSeconds * 1000) {
      const first = state.hasty[0];
      if (!first || first.at > now - HOUR) return state;
      return { ...state, hasty: state.hasty.filter(({ at }) => at > now - HOUR) };
    }
    const { at, file, ms, workspace } = event;
    const hasty = [...state.hasty, { at, file, ms }]
      .filter((each) => each.at > now - HOUR)
      .slice(-MOST_HASTY);
    const hour = Math.floor(at / HOUR);
    return { workspace, hasty, hours: note(state.hours, hour, hasty.length, hour - baselineDays * 24) };
  },
  look({ workspace: subject, hasty, hours }, now, { settings }) {
    const { switchesPerHour, baselineDays } = settings.patterns;
    const recent = hasty.filter(({ at }) => at > now - HOUR);
    if (recent.length <= WAY_OUT * switchesPerHour) return [];
    const hour = Math.floor(now / HOUR);
    const ordinary = usual(figures(hours, hour - baselineDays * 24, hour - 1));
    const limit = Math.max(switchesPerHour, HEAVY * (ordinary ?? 0));
    if (recent.length <= WAY_OUT * limit) return [];
    return [
      {
        subject,
        firm: recent.length > limit,
        since: recent[0]!.at,
        confidence: confidenceOf(recent.length, limit),
        evidence: () => [
          ...(ordinary === null ? [] : [{ at: now - baselineDays * DAY, kind: 'usual', n: ordinary }]),
          ...recent
            .map(({ at, file, ms }) => ({ at, kind: 'switch', file, n: ms }))
            .slice(-MOST_EVIDENCE + 1),
        ],
      },
    ];
  },
};
