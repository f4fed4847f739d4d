import assert from 'node:assert/strict';
import { ALWAYS } from '../../../companion/council/archetypes.ts';
import { MASKS } from '../../bench/support/council/voters.ts';

describe('council/archetypes', () => {
  it('[C5] the three who always vote are those that the bench measured, with the same priorities', () => {
    assert.deepEqual(
      MASKS.map(({ name, archetype, priorities }) => [name, archetype, Object.values(priorities)]),
      [
        ['cal', 'guardian', [0.9, 0.5, 0.7, 0.2, 0.5]],
        ['arty', 'trickster', [0.2, 0.4, 0.5, 0.9, 0.6]],
        ['sage', 'sage', [0.5, 0.6, 0.7, 0.4, 0.5]],
      ],
    );
    assert.deepEqual(
      ALWAYS.map(({ priorities }) => priorities),
      MASKS.map(({ priorities }) => priorities),
    );
  });
});
