import assert from 'node:assert/strict';
import type { AdviserVote, Mask } from '../../../companion/protocol/index.ts';
import { compareMasks } from '../../../webviews/model/compare-masks.ts';
import {
  DEFAULT_MASK_FILTER,
  filteredMasks,
  type MaskFilter,
  maskFilter,
  maskQuery,
  votedThreads,
} from '../../../webviews/model/gallery.ts';
import { NOW } from '../../fixtures/samples.ts';
import { ScriptedCouncil } from '../../support/scripted-council.ts';

const DAY = 86_400_000;

describe('the gallery of masks', () => {
  let council: ScriptedCouncil;
  beforeEach(() => {
    council = new ScriptedCouncil({ now: () => NOW, changed: () => {} });
    council.sit(
      { kind: 'loop_fate', subject: 'loop_import', question: 'Keep it?', options: ['preserve', 'discard'] },
      { workspace: null, correction: false },
    );
    council.fork('mask_sage', 'Needle', { risk: 0, effort: 0, value: 0, novelty: 0, focus: 1 });
    council.favour('mask_arty', true);
  });

  const shown = (change: Partial<MaskFilter>, now = NOW) =>
    filteredMasks(council.masks, { ...DEFAULT_MASK_FILTER, ...change }, council.proposals, now).map(
      ({ name }: Mask) => name,
    );

  it('shows all as they stand where nothing is asked', () => {
    assert.deepEqual(shown({}), ['Cal', 'Arty', 'Sage', 'Needle']);
  });

  it('filters by tone, kind, age, what was voted on, favourites and words', () => {
    assert.deepEqual(shown({ tone: 'playful' }), ['Arty']);
    assert.deepEqual(shown({ archetype: 'sage' }), ['Sage', 'Needle']);
    assert.deepEqual(shown({ age: 'new' }), ['Needle']);
    assert.deepEqual(shown({ age: 'older' }), ['Cal', 'Arty', 'Sage']);
    assert.deepEqual(shown({ age: 'new' }, NOW + 31 * DAY), []);
    assert.deepEqual(shown({ voted: 'loop_import' }), ['Cal', 'Arty', 'Sage']);
    assert.deepEqual(shown({ voted: 'loop_none' }), []);
    assert.deepEqual(shown({ favourites: true }), ['Arty']);
    assert.deepEqual(shown({ text: 'GUARDS breaks' }), ['Cal']);
  });

  it('orders by rate, weight, age and name', () => {
    assert.equal(shown({ sort: 'right' })[0], 'Cal');
    assert.equal(shown({ sort: 'weight' })[0], 'Cal');
    assert.equal(shown({ sort: 'newest' })[0], 'Needle');
    assert.deepEqual(shown({ sort: 'name' }), ['Arty', 'Cal', 'Needle', 'Sage']);
  });

  it('stands in an address, and reads anything there', () => {
    const filter: MaskFilter = { ...DEFAULT_MASK_FILTER, tone: 'tense', favourites: true, sort: 'name' };
    assert.deepEqual(maskFilter(maskQuery(filter)), filter);
    assert.deepEqual(maskQuery(DEFAULT_MASK_FILTER), {});
    assert.deepEqual(maskFilter({ tone: 'constructor', archetype: 'x', age: '__proto__', sort: '' }), {
      ...DEFAULT_MASK_FILTER,
    });
  });

  it('names the threads that were voted on once each', () => {
    assert.deepEqual(
      [...votedThreads([...council.proposals, ...council.proposals])],
      [['loop_import', 'Keep it?']],
    );
  });

  it('tells what sets two masks apart, of what both voted on', () => {
    const vote = (proposal: string, choice: string | null, hit: boolean | null): AdviserVote => ({
      ...{ proposal, kind: 'question', subject: null, question: `${proposal}?`, at: NOW, choice, hit },
      ...{ reason: '', weight: 1, answeredBy: null },
    });
    const cal = {
      ...council.details('mask_cal'),
      votes: [vote('a', 'x', true), vote('b', 'x', null), vote('c', 'x', false)],
    };
    const arty = {
      ...council.details('mask_arty'),
      votes: [vote('a', 'y', false), vote('b', 'x', null), vote('d', 'x', true)],
    };
    const { priorities, together, disagreed } = compareMasks(cal, arty);
    assert.equal(together, 2);
    assert.deepEqual(
      disagreed.map(({ proposal, choices, right }) => [proposal, choices, right]),
      [['a', ['x', 'y'], 0]],
    );
    assert.deepEqual(
      priorities.map(({ name }) => name),
      ['novelty', 'risk', 'focus', 'effort', 'value'],
    );
    assert.deepEqual(priorities[0]?.values, [0.1, 0.9]);
  });
});
