import fc from 'fast-check';
import type { Decision, Loop } from '../../../companion/protocol/index.ts';
import { newDay } from '../../../companion/working-files/day-state.ts';
import type { NowView } from '../../../companion/working-files/now-view.ts';
import type { PlanInput } from '../../../companion/working-files/plan.ts';
import type { Times } from '../../../companion/working-files/times.ts';
import { sampleLoop as anyLoop } from '../../fixtures/samples.ts';
import { NINE, utc } from './world.ts';

export const times: Times = { zone: utc, dayStartsAt: 5 };

export function sampleLoop(more: Partial<Loop> = {}): Loop {
  const summary = 'opened just now';
  return anyLoop({
    title: 'Fix the clock',
    summary,
    source: 'manual',
    createdAt: NINE,
    touchedAt: NINE,
    ...more,
  });
}

export function sampleDecision(more: Partial<Decision> = {}): Decision {
  return {
    id: 'decision_1',
    workspace: '/w',
    loopId: null,
    question: 'Which store?',
    options: ['SQLite', 'files'],
    decision: 'SQLite',
    why: 'one file',
    outcome: '',
    reviewAt: null,
    links: [],
    at: NINE,
    ...more,
  };
}

/** What a plan is made from, with these loops and decisions in the store. */
export function planInput(
  texts: { disk: string; base: string },
  {
    loops = [],
    decisions = [],
    byHand = [],
  }: { loops?: Loop[]; decisions?: Decision[]; byHand?: string[] } = {},
): PlanInput {
  return {
    ...texts,
    times,
    loop: (id) => loops.find((loop) => loop.id === id) ?? null,
    decision: (id) => decisions.find((decision) => decision.id === id) ?? null,
    day: newDay('2025-11-05'),
    changedByHand: () => new Set(byHand),
  };
}

const awkward = fc.constantFrom(
  '"',
  '\\',
  '`',
  '<!--',
  '-->',
  '[x] ',
  '# ',
  '- ',
  '1. ',
  '\n',
  '\r',
  '\u2028',
  '\ud800',
  '🜚',
  '//',
  '/*',
  ' ',
);
/** Texts as people and machines write them, and worse. */
export const wildText = fc
  .array(fc.oneof(fc.string({ maxLength: 8 }), fc.string({ unit: 'binary', maxLength: 4 }), awkward), {
    maxLength: 6,
  })
  .map((parts) => parts.join(''));

const time = fc.option(fc.integer({ min: 0, max: 4e12 }), { nil: null });
const wildLoop = fc.record({
  title: wildText,
  context: wildText,
  summary: wildText,
  status: fc.constantFrom('proposed', 'open', 'stale', 'deferred'),
  priority: fc.constantFrom('low', 'normal', 'high'),
  deferUntil: time,
});
export const wildLoops = fc
  .array(wildLoop, { maxLength: 6 })
  .map((all) => all.map((more, i) => sampleLoop({ ...(more as Partial<Loop>), id: `loop_${i}` })));
export const wildDecisions = fc
  .array(
    fc.record({
      question: wildText,
      options: fc.array(wildText, { maxLength: 3 }),
      decision: wildText,
      why: wildText,
      outcome: wildText,
      reviewAt: time,
      links: fc.array(wildText, { maxLength: 2 }),
    }),
    { maxLength: 5 },
  )
  .map((all) => all.map((more, i) => sampleDecision({ ...more, id: `decision_${i}` })));

const line = wildText.map((text) => text.replace(/\s+/g, ' ').trim());
const notes = wildText.map((text) =>
  text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .filter((part) => part.trim() !== '')
    .join('\n'),
);
export const wildNow: fc.Arbitrary<NowView> = fc
  .record({
    focus: line,
    energy: line,
    notes,
    titles: fc.array(wildText, { maxLength: 6 }),
    done: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
  })
  .map(({ titles, done, ...rest }) => {
    const items = titles.map((title, i) => ({ id: `loop_${i}`, title }));
    return {
      ...rest,
      day: '2025-11-05',
      top: items.slice(0, 3),
      close: items.map((item, i) => ({ ...item, done: done[i] as boolean })),
    };
  });
