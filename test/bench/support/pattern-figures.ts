import { type FoundPattern, type PatternContext, patternFold } from '../../../companion/patterns/index.ts';
import { defaultSettings, type PatternKind } from '../../../companion/protocol/index.ts';
import type { WorkEvent } from '../../../companion/timeline/index.ts';
import { type Label, type LabelledCase, tolerance } from '../../support/streams/labelled-patterns.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** The companion lets time pass once a minute; rules that count hours do not care for less than this. */
const TICK_MS = 5 * MINUTE;

/** The defaults, in a zone this far from UTC. */
export function contextAt(offsetMinutes: number): PatternContext {
  const local = (at: number) => {
    const wall = at + offsetMinutes * MINUTE;
    return {
      day: Math.floor(wall / DAY),
      minute: Math.floor((wall - Math.floor(wall / DAY) * DAY) / MINUTE),
    };
  };
  return { settings: defaultSettings, local };
}

/** Everything found in a stream, played with time passing in between. */
export function play(
  events: readonly WorkEvent[],
  context: PatternContext,
  { from, until }: { from: number; until: number },
): FoundPattern[] {
  let state = patternFold.empty;
  const found: FoundPattern[] = [];
  const step = (input: WorkEvent | 'tick', at: number) => {
    const next = patternFold.step(state, input, at, context);
    state = next.state;
    found.push(...next.found);
  };
  let now = from;
  for (const event of events) {
    for (; now + TICK_MS <= event.at; now += TICK_MS) step('tick', now + TICK_MS);
    step(event, event.at);
  }
  for (; now + TICK_MS <= until; now += TICK_MS) step('tick', now + TICK_MS);
  return found;
}

export interface Verdict {
  readonly kind: PatternKind;
  readonly planted: number;
  /** Labels that have a finding: further ones of the same label are neither right nor wrong. */
  readonly right: number;
  readonly wrong: readonly FoundPattern[];
  readonly missed: readonly Label[];
}

/** How the findings of one stream fit its labels, as the streams' author says that they are to be matched. */
export function judge(stream: LabelledCase, found: readonly FoundPattern[], kind: PatternKind): Verdict {
  const ours = found.filter((finding) => finding.kind === kind);
  const labels = stream.labels.filter((label) => label.kind === kind);
  const unclear = stream.unclear.filter((label) => label.kind === kind);
  const taken = new Set<Label>();
  const wrong: FoundPattern[] = [];
  for (const finding of ours) {
    const fitting = labels.filter((label) => fits(label, finding));
    const open = fitting.find((label) => !taken.has(label));
    if (open) taken.add(open);
    else if (fitting.length === 0 && !unclear.some((label) => fits(label, finding))) wrong.push(finding);
  }
  return {
    kind,
    planted: labels.length,
    right: taken.size,
    wrong,
    missed: labels.filter((label) => !taken.has(label)),
  };
}

function fits(label: Label, { workspace, subject, at }: FoundPattern): boolean {
  const { before, after } = tolerance[label.kind];
  return (
    label.workspace === workspace &&
    (label.subject === subject || label.orSubject === subject) &&
    at >= label.from - before &&
    at <= label.until + after
  );
}

export interface Figures {
  readonly pattern: PatternKind;
  readonly precision: number;
  readonly recall: number;
  readonly planted: number;
  readonly found: number;
}

/** Precision and recall over many streams. */
export function figuresOf(verdicts: readonly Verdict[], kind: PatternKind): Figures {
  const of = verdicts.filter((verdict) => verdict.kind === kind);
  const sum = (n: (verdict: Verdict) => number) => of.reduce((total, verdict) => total + n(verdict), 0);
  const planted = sum((v) => v.planted);
  const right = sum((v) => v.right);
  const found = right + sum((v) => v.wrong.length);
  return {
    pattern: kind,
    precision: found === 0 ? 1 : right / found,
    recall: planted === 0 ? 1 : right / planted,
    planted,
    found,
  };
}
