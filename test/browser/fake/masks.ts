import type { implement } from '@orpc/server';
import type { contract, Mask, MaskPriorities } from '../../../companion/protocol/index.ts';
import type { Around } from '../../host/support/fake-mind.ts';
import type { ScriptedCouncil } from '../../support/scripted-council.ts';
import { scriptedTrace } from '../../support/scripted-details.ts';
import { NOW } from './fixtures.ts';

const DAY = 86_400_000;

/** What masks went through. */
export function fakeMaskAnswers(os: ReturnType<typeof implement<typeof contract>>, around: Around) {
  return {
    trace: os.masks.trace.handler(({ input, signal }) =>
      around('masks.trace', input, () => scriptedTrace(input.mask, NOW), signal),
    ),
  };
}

/** A council that has grown: nine who advise, one of whom was retired. */
export function growCouncil(council: ScriptedCouncil): void {
  council.masks = [...council.masks, ...OTHERS.map(made)];
  council.masks = council.masks.map((mask) => (mask.id === 'mask_cal' ? { ...mask, favourite: true } : mask));
}

type Given = Pick<Mask, 'id' | 'name' | 'archetype' | 'tone' | 'card'> & {
  days: number;
  record: [hits: number, misses: number];
  cares: MaskPriorities;
  change?: Partial<Mask>;
};

const OTHERS: readonly Given[] = [
  {
    ...{ id: 'mask_linnet', name: 'Linnet', archetype: 'weaver', tone: 'calm', days: 80, record: [11, 3] },
    card: 'Connects what is built with those who must understand it.',
    cares: { risk: 0.4, effort: 0.3, value: 0.8, novelty: 0.2, focus: 0.5 },
  },
  {
    ...{ id: 'mask_thrift', name: 'Thrift', archetype: 'guardian', tone: 'tense', days: 64, record: [6, 7] },
    card: 'Counts what it costs to keep: every line that stays is a line to look after.',
    cares: { risk: 0.3, effort: 1, value: 0.5, novelty: 0.1, focus: 0.4 },
  },
  {
    ...{ id: 'mask_maker', name: 'Maker', archetype: 'creator', tone: 'playful', days: 41, record: [8, 4] },
    card: 'Builds: would rather show a rough one today than plan a fine one for Friday.',
    cares: { risk: 0.2, effort: 0.4, value: 0.9, novelty: 0.7, focus: 0.3 },
  },
  {
    ...{ id: 'mask_needle', name: 'Needle', archetype: 'sage', tone: 'focused', days: 22, record: [4, 1] },
    card: 'Analyses: one thing at a time, to its end.',
    cares: { risk: 0.1, effort: 0.1, value: 0.1, novelty: 0.1, focus: 1 },
    change: { birth: { from: 'fork', source: 'mask_sage', at: NOW - 22 * DAY } },
  },
  {
    ...{ id: 'mask_ember', name: 'Ember', archetype: 'creator', tone: 'curious', days: 12, record: [2, 1] },
    card: 'Builds: keeps what is warm going, and lets what is cold go.',
    cares: { risk: 0.5, effort: 0.2, value: 0.7, novelty: 0.8, focus: 0.6 },
  },
  {
    ...{ id: 'mask_moth', name: 'Moth', archetype: 'trickster', tone: 'weary', days: 100, record: [3, 9] },
    card: 'Experiments: flies at whatever is brightest.',
    cares: { risk: 0, effort: 0.2, value: 0.4, novelty: 1, focus: 0 },
    change: { status: 'retired' },
  },
];

function made({ days, record: [hits, misses], cares, change = {}, ...given }: Given): Mask {
  const rate = (hits + 2) / (hits + misses + 4);
  return {
    ...given,
    priorities: cares,
    voice: '',
    birth: { from: 'whisper', source: `whisper_${given.name.toLowerCase()}`, at: NOW - days * DAY },
    status: 'active',
    favourite: false,
    record: { hits, misses, waiting: 0, rate, weight: Math.min(2, Math.max(0.5, 2 * rate)) },
    ...change,
  };
}
