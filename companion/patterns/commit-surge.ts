import type { WorkEvent } from '../timeline/index.ts';
import { figures, note, surgeFrom, type Tally, usual } from './baseline.ts';
import { confidenceOf, DAY, HOUR, MOST_EVIDENCE, type PatternContext, type Sighting } from './pattern.ts';

/** The user's commits of the newest day, and what the days before had. */
export interface Commits {
  readonly day: number;
  readonly today: readonly { readonly at: number; readonly commit: string }[];
  /** By local day: commits, and those of its busiest hour. */
  readonly days: Tally;
  readonly busiest: Tally;
}

export const noCommits: Commits = { day: 0, today: [], days: {}, busiest: {} };

const MOST_TODAY = 500;
/** Fewer than this are no surge, however quiet the days before. */
const LEAST_A_DAY = 6;
const LEAST_AN_HOUR = 5;
/** A surge is over after this long without a commit. */
const OVER_MS = 4 * HOUR;

export function commit(
  state: Commits,
  event: WorkEvent | null,
  _now: number,
  { settings, local }: PatternContext,
): Commits {
  if (event?.kind !== 'commit' || !event.own) return state;
  const { at } = event;
  const { day } = local(at);
  const oldest = Math.max(day, state.day) - settings.patterns.baselineDays;
  // A late one, as of a branch that was fetched, only tells what was usual.
  if (day < state.day) return { ...state, days: note(state.days, day, (state.days[day] ?? 0) + 1, oldest) };
  const before = day === state.day ? state.today : [];
  // A commit that was written anew (amended, rebased) keeps its time, and is the same work.
  if (before.some((known) => known.at === at)) return state;
  const today = [...before, { at, commit: event.commit }].sort((a, b) => a.at - b.at).slice(-MOST_TODAY);
  return {
    day,
    today,
    days: note(state.days, day, today.length, oldest),
    busiest: note(state.busiest, day, inHour(today, at).length, oldest),
  };
}

/** More commits in a day or an hour than the days of the last two weeks explain (systems.md, section 1). Pure. */
export function commitSurge(
  { day, today, days, busiest }: Commits,
  now: number,
  { settings }: PatternContext,
): Omit<Sighting, 'subject'> | null {
  const last = today.at(-1);
  if (!last || now - last.at > OVER_MS || today.length < LEAST_AN_HOUR) return null;
  const from = day - settings.patterns.baselineDays;
  const whole = surge(stretch(today), figures(days, from, day), LEAST_A_DAY);
  const hour = inHour(today, last.at);
  const found = whole ?? surge(hour, figures(busiest, from, day), LEAST_AN_HOUR);
  if (!found) return null;
  const { commits, limit, ordinary } = found;
  return {
    firm: true,
    since: commits[0]!.at,
    confidence: confidenceOf(commits.length, limit),
    evidence: () => [
      { at: now - settings.patterns.baselineDays * DAY, kind: 'usual', n: ordinary },
      ...commits.map(({ at, commit }) => ({ at, kind: 'commit', commit })).slice(-MOST_EVIDENCE + 1),
    ],
  };
}

function surge(commits: Commits['today'], past: readonly number[], least: number) {
  const from = surgeFrom(past);
  if (from === null) return null;
  const limit = Math.max(least, from);
  return commits.length >= limit ? { commits, limit, ordinary: usual(past) ?? 0 } : null;
}

/** The newest commits with no pause between them in which a surge is over: one more after it begins no new one. */
function stretch(commits: Commits['today']): Commits['today'] {
  const pause = commits.findLastIndex(({ at }, i) => i > 0 && at - commits[i - 1]!.at > OVER_MS);
  return commits.slice(Math.max(pause, 0));
}

function inHour(commits: Commits['today'], at: number): Commits['today'] {
  return commits.filter((each) => each.at > at - HOUR && each.at <= at);
}
