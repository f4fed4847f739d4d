import fc from 'fast-check';
import type { Rules } from '../../../../companion/interruption/rules.ts';
import type { PolicyEvent } from '../../../../companion/interruption/transition.ts';
import {
  active,
  blur,
  born,
  commit,
  debug,
  focus,
  MINUTE,
  prompt,
  rulesOf,
  SECOND,
  START,
  save,
  tell,
  test,
  tick,
  typing,
} from './events.ts';
import type { Script } from './oracle.ts';
import type { Reaction } from './policy-run.ts';

export interface Stream {
  readonly rules: Rules;
  readonly script: Script;
  readonly reactions: readonly Reaction[];
  readonly end: number;
}

const window = fc.constantFrom('one', 'two');
const folder = fc.constantFrom('/w', '/v');
/** Ids as the rooms make them: a subject may come again in another period, and two kinds may share it. */
const candidate = fc
  .record({
    id: fc.constantFrom(
      'reunion:w:1',
      'reunion:w:2',
      'insight:x:1',
      'insight:y:1',
      'insight:z:1',
      'insight:x:2',
      'insight:y:2',
      'insight:z:2',
      'offer:x:1',
      'offer:y:1',
      'work_at_risk:x:1',
      'work_at_risk:x:2',
      'work_at_risk:y:1',
    ),
    workspace: fc.constantFrom(null, null, '/w', '/v'),
  })
  .map(({ id, workspace }) => born(id, { workspace, bypass: id.startsWith('work') }));

/** Something that a developer does: steps with the seconds before each. */
const activity: fc.Arbitrary<readonly (readonly [number, PolicyEvent])[]> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(window, fc.integer({ min: 1, max: 12 })).map(([w, n]) => burst(w, n)) },
  { weight: 4, arbitrary: fc.tuple(fc.integer({ min: 1, max: 90 }), candidate).map((step) => [step]) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(window, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 70 }))
      .map(([w, n, gap]) => [...burst(w, n), [1, save(w)] as const, [gap, active(w)] as const]),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.integer({ min: 1, max: 300 }),
        window.map((w) => focus(w)),
      )
      .map((s) => [s]),
  },
  { weight: 1, arbitrary: fc.tuple(fc.integer({ min: 1, max: 300 }), window.map(blur)).map((s) => [s]) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(window, fc.integer({ min: 1, max: 400 }))
      .map(([w, gap]) => [[3, debug(w, true)] as const, [gap, debug(w, false)] as const]),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(window, fc.integer({ min: 1, max: 60 }))
      .map(([w, gap]) => [[3, prompt(w, true)] as const, [gap, prompt(w, false)] as const]),
  },
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.integer({ min: 1, max: 40 }),
        fc.oneof(
          folder.map(commit),
          fc.tuple(window, fc.boolean()).map(([w, passed]) => test(w, passed)),
          window.map((w) => tell(w, { kind: 'diagnostics', errors: 1, warnings: 0 })),
          fc.tuple(window, folder).map(([w, f]) => tell(w, { kind: 'active', file: 'c.ts' }, f)),
        ),
      )
      .map((step) => [step]),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.integer({ min: 1, max: 60 }),
        fc.oneof(
          fc.constantFrom('w', 'x', 'y', 'z').map((subject) => ({ kind: 'withdrawn', subject }) as const),
          window.map((w) => ({ kind: 'left', window: w }) as const),
        ),
      )
      .map((step) => [step]),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: -30, max: 40 }).map((minutes) => [[5, pauseFor(minutes)] as const]),
  },
  /** A break, from a coffee to a night; the user comes back to a window. */
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.integer({ min: 200, max: 40_000 }), window)
      .map(([seconds, w]) => [[2, blur(w)] as const, [seconds, focus(w)] as const]),
  },
);

function burst(w: string, n: number): (readonly [number, PolicyEvent])[] {
  return Array.from({ length: n }, () => [2, typing(w)] as const);
}

/** Relative to its own time; made absolute by `toScript`. */
function pauseFor(minutes: number): PolicyEvent {
  return { kind: 'pause', until: minutes * MINUTE };
}

/** One event per second at most, each at a whole second. */
function toScript(activities: readonly (readonly (readonly [number, PolicyEvent])[])[]): Script {
  let at = START;
  return activities.flat().map(([seconds, event]) => {
    at += seconds * SECOND;
    return { at, event: event.kind === 'pause' ? { kind: 'pause', until: at + event.until } : event };
  });
}

const reaction: fc.Arbitrary<Reaction> = fc
  .tuple(
    fc.integer({ min: 1, max: 200 }),
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constant({ kind: 'answered', outcome: 'dismissed', again: false } as const),
      },
      { weight: 1, arbitrary: fc.constant({ kind: 'answered', outcome: 'dismissed', again: true } as const) },
      { weight: 1, arbitrary: fc.constant({ kind: 'answered', outcome: 'engaged', again: false } as const) },
      { weight: 1, arbitrary: fc.constant({ kind: 'answered', outcome: 'ignored', again: false } as const) },
      { weight: 1, arbitrary: fc.constant({ kind: 'undelivered' } as const) },
    ),
  )
  .map(([seconds, event]) => ({ afterMs: seconds * SECOND, event }));

const clockTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '17', '30'))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);

export const rules: fc.Arbitrary<Rules> = fc
  .record({
    refractoryMinutes: fc.constantFrom(0, 1, 20, 60, 240),
    maxRefractoryMinutes: fc.constantFrom(30, 200, 1440),
    perDay: fc.constantFrom(0, 1, 2, 3, 4, 6, 20),
    dismissalsToDouble: fc.integer({ min: 1, max: 3 }),
    quiet: fc.oneof(
      { weight: 3, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.tuple(clockTime, clockTime) },
    ),
    idleSeconds: fc.constantFrom(5, 45, 100),
    saveQuietSeconds: fc.constantFrom(20, 60),
    candidateHours: fc.constantFrom(1, 5, 24),
    dayStartsAt: fc.integer({ min: 0, max: 23 }),
    offsetMinutes: fc.integer({ min: -12, max: 14 }).map((hours) => hours * 60),
  })
  .map(({ quiet, dayStartsAt, offsetMinutes, ...interruption }) =>
    rulesOf(
      {
        ...interruption,
        quietFrom: quiet?.[0] ?? '',
        quietUntil: quiet?.[1] ?? '',
        // So that the grace ends on a whole second: it holds up to and including its last instant.
        typingGraceSeconds: 9.999,
      },
      { dayStartsAt, offsetMinutes },
    ),
  );

/** A few days of work, with whatever comes of it. */
export const stream: fc.Arbitrary<Stream> = fc
  .record({
    rules,
    activities: fc.array(activity, { minLength: 20, maxLength: 200, size: 'max' }),
    reactions: fc.array(reaction, { minLength: 200, maxLength: 200 }),
  })
  .map(({ rules, activities, reactions }) => {
    const script = toScript([[[1, focus('one')]], ...activities, [[400, tick]]]);
    const words = () => `${script.length} events; seed and path tell which`;
    return { rules, script, reactions, end: script.at(-1)!.at, [fc.toStringMethod]: words };
  });
