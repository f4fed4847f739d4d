import assert from 'node:assert/strict';
import { sumOf, tallyOf } from '../../support/planted-beliefs.ts';
import { habitHistory } from '../../support/streams/planted-habits.ts';

describe('hypotheses over planted habits', () => {
  it('[S5] of what is believed at least nine tenths is planted, of what is planted seven tenths is found', async () => {
    // Seeds that nobody looked into.
    const tallies = [];
    for (let seed = 100; seed < 120; seed++) tallies.push(await tallyOf(habitHistory(seed)));
    const all = sumOf(tallies).get('all')!;
    assert.ok(all.formed >= 50 && all.right / all.formed >= 0.9, JSON.stringify(all));
    assert.ok(all.found / all.planted >= 0.7, JSON.stringify(all));
  });
});
