import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Neighbourhood } from '../../../companion/clusters/neighbourhood.ts';
import { termCounts } from '../../../companion/clusters/terms.ts';
import { TUNING } from '../../../companion/clusters/tuning.ts';
import { seededRandom } from '../../../companion/kernel/index.ts';
import { vector } from './subjects.ts';

const unknown = { tone: null, branch: null, directory: null };
const sight = (n: number) => ({ vector: vector(n % 4, seededRandom(n), 1), terms: new Map(), ...unknown });
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

describe('clusters/neighbourhood', () => {
  it('its lists are always the very nearest, whatever comes and goes', () => {
    const steps = fc.array(fc.record({ add: fc.constantFrom(true, true, false), pick: fc.nat(1000) }), {
      minLength: 20,
      maxLength: 60,
    });
    fc.assert(
      fc.property(steps, (all) => {
        const neighbourhood = new Neighbourhood({ ...TUNING, kept: 4, edges: 3 });
        const held = new Map<number, Float32Array>();
        for (const [i, { add, pick }] of all.entries()) {
          const rows = [...held.keys()];
          if (add || rows.length === 0) {
            const next = sight(i);
            held.set(neighbourhood.add(next), next.vector);
          } else {
            const row = rows[pick % rows.length]!;
            neighbourhood.remove(row);
            held.delete(row);
          }
          if (pick % 7 === 0) neighbourhood.refresh();
          for (const [row, own] of held) {
            const others = [...held].filter(([other]) => other !== row);
            const cosines = others.map(([, other]) => dot(own, other)).sort((a, b) => b - a);
            const list = neighbourhood.nearest(row);
            if (pick % 7 === 0) assert.ok(list.length >= Math.min(3, others.length));
            for (const [at, { cosine }] of list.entries()) assert.ok(Math.abs(cosine - cosines[at]!) < 1e-5);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('compares by words where one has no vector', () => {
    const neighbourhood = new Neighbourhood(TUNING);
    const terms = termCounts('sqlite migration index');
    const plain = neighbourhood.add({ vector: null, terms, ...unknown });
    neighbourhood.add({ vector: null, terms: termCounts('lunch with friends'), ...unknown });
    const other = neighbourhood.add({ ...sight(1), terms: termCounts('a sqlite migration') });
    assert.equal(neighbourhood.nearest(other)[0]?.row, plain);
    assert.ok(neighbourhood.nearest(other)[0]!.cosine > 0.5);
  });

  it('a prior brings two a little nearer', () => {
    const neighbourhood = new Neighbourhood(TUNING);
    const here = { ...unknown, branch: 'main' };
    const row = neighbourhood.add({ ...sight(1), ...here });
    neighbourhood.add({ ...sight(1), ...here });
    neighbourhood.add(sight(1));
    const [first, second] = neighbourhood.nearest(row);
    assert.ok(Math.abs(first!.kinship - second!.kinship - 0.05) < 1e-6);
    assert.equal(first!.cosine, second!.cosine);
  });

  it('refuses a vector of another dimension', () => {
    const neighbourhood = new Neighbourhood(TUNING);
    neighbourhood.add(sight(1));
    const other = { vector: new Float32Array(3), terms: new Map(), ...unknown };
    assert.throws(() => neighbourhood.add(other), /expected 16 dimensions, received 3/);
  });
});
