import { areaOf, dominant, folderOf, related } from './directories.ts';
import { confidenceOf, type Detector, MINUTE, type PatternContext } from './pattern.ts';

interface Touch {
  readonly at: number;
  readonly file: string;
}

/** A stretch of work in one area: a folder, and where its tests are. */
interface Run {
  readonly area: string;
  /** The folder that it is told by. */
  readonly folder: string;
  readonly since: number;
  readonly until: number;
  /** Its first edit and its newest ones. */
  readonly edits: readonly Touch[];
}

interface State {
  readonly recent: readonly Touch[];
  readonly run: Run | null;
  /** The last run before this one that was long enough to be left. */
  readonly before: Run | null;
  readonly day: number;
  /** Where the user has settled today: to go back there is no shift. */
  readonly visited: readonly string[];
  readonly shift: { readonly from: Run; readonly to: Run } | null;
}

/** What is dominant is judged over the last quarter of an hour, by this share of the edits and so many at least. */
const WINDOW_MS = 15 * MINUTE;
const SHARE = 0.6;
const LEAST_EDITS = 5;
/** The new folder has held the work for this long. */
const SETTLED_MS = 10 * MINUTE;
/** After a break this long whatever comes is a new start. */
const BREAK_MS = 30 * MINUTE;
const OVER_MS = 60 * MINUTE;
const EDITS_KEPT = 10;
const MOST_RECENT = 200;
const MOST_VISITED = 100;

/** A new dominant folder after at least `focusMinutes` in another, within one stretch of work (systems.md, section 1). */
export const focusShift: Detector<State> = {
  kind: 'focus_shift',
  empty: { recent: [], run: null, before: null, day: 0, visited: [], shift: null },
  step(state, event, _now, context) {
    if (event?.kind !== 'edit') return state;
    const { at, file } = event;
    const last = state.recent.at(-1);
    if (last && at < last.at) return state;
    const broken = last !== undefined && at - last.at > BREAK_MS;
    let next = broken ? { ...state, recent: [], run: null, before: null, shift: null } : state;
    const { day } = context.local(at);
    if (day !== next.day) next = { ...next, day, visited: [] };
    const recent = [...next.recent.filter((touch) => touch.at > at - WINDOW_MS), { at, file }].slice(
      -MOST_RECENT,
    );
    const files = recent.map((each) => each.file);
    const place = recent.length < LEAST_EDITS ? null : dominant(files, SHARE);
    return settled({ ...next, recent, ...moved(next, recent, place, context) });
  },
  look({ shift, recent }, now, { settings }) {
    const last = recent.at(-1);
    if (!shift || !last || now - last.at > OVER_MS) return [];
    const { from, to } = shift;
    return [
      {
        subject: to.folder,
        firm: true,
        since: to.since,
        confidence: confidenceOf(from.until - from.since, settings.patterns.focusMinutes * MINUTE),
        evidence: () => [...from.edits, ...to.edits].map(({ at, file }) => ({ at, kind: 'edit', file })),
      },
    ];
  },
};

function moved(
  { run, before, shift }: State,
  recent: readonly Touch[],
  place: ReturnType<typeof dominant>,
  { settings }: PatternContext,
): Pick<State, 'run' | 'before' | 'shift'> {
  const newest = recent.at(-1)!;
  const isIn = (area: string) => (touch: Touch) => related(areaOf(folderOf(touch.file)), area);
  // No place has the work for itself, or only one around where it was: nothing has moved yet.
  if (place === null || (run && related(place.area, run.area))) {
    if (!run || !isIn(run.area)(newest)) return { run, before, shift };
    return {
      run: { ...run, until: newest.at, edits: kept([...run.edits, newest]) },
      before,
      shift,
    };
  }
  const edits = recent.filter(isIn(place.area));
  const long = run !== null && run.until - run.since >= settings.patterns.focusMinutes * MINUTE;
  return {
    run: { ...place, since: edits[0]!.at, until: newest.at, edits: kept(edits) },
    before: long ? run : before,
    shift: shift && related(shift.to.area, place.area) ? shift : null,
  };
}

function kept(edits: readonly Touch[]): readonly Touch[] {
  return edits.length <= EDITS_KEPT ? edits : [edits[0]!, ...edits.slice(-EDITS_KEPT + 1)];
}

/** Notes a run that has lasted as settled, and as a shift where the user has not been there today. */
function settled(state: State): State {
  const { run, before, visited } = state;
  if (!run || run.until - run.since < SETTLED_MS || visited.includes(run.area)) return state;
  const here = [...visited, run.area].slice(-MOST_VISITED);
  if (!before || related(before.area, run.area)) return { ...state, visited: here };
  return { ...state, visited: here, shift: { from: before, to: run } };
}
