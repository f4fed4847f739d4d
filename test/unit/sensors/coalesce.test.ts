import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  COALESCE_MS,
  coalesceDueAt,
  collect,
  drain,
  noChanges,
} from '../../../companion/sensors/coalesce.ts';
import type { FileChange } from '../../../companion/sensors/records.ts';
import { NOON } from './support.ts';

type Type = FileChange['type'];

/** The outcome of events of one file, ten milliseconds apart. */
function outcomeOf(...types: Type[]): (Type | undefined)[] {
  let state = noChanges;
  types.forEach((type, i) => {
    state = collect(state, [{ path: 'a.ts', type }], NOON + i * 10);
  });
  return drain(state, NOON + COALESCE_MS).changes.map((change) => change.type);
}

describe('sensors: changes of one file within a moment', () => {
  const cases: [Type[], Type[]][] = [
    [['update'], ['update']],
    [['update', 'update', 'update'], ['update']],
    [['delete', 'create'], ['update']],
    [['delete', 'create', 'update'], ['update']],
    [['create', 'update'], ['create']],
    [['create', 'delete'], []],
    [['create', 'update', 'delete'], []],
    [['update', 'delete'], ['delete']],
    [['delete'], ['delete']],
  ];
  for (const [events, outcome] of cases) {
    it(`are ${outcome.length === 0 ? 'nothing' : `one ${outcome[0]}`}: ${events.join(', ')}`, () => {
      assert.deepEqual(outcomeOf(...events), outcome);
    });
  }

  it('wait for their moment to pass, each file its own', () => {
    let state = collect(noChanges, [{ path: 'a', type: 'update' }], NOON);
    state = collect(state, [{ path: 'b', type: 'update' }], NOON + 150);
    assert.equal(coalesceDueAt(state), NOON + COALESCE_MS);
    const early = drain(state, NOON + COALESCE_MS - 1);
    assert.deepEqual(early.changes, []);
    const first = drain(state, NOON + COALESCE_MS);
    assert.deepEqual(first.changes, [{ path: 'a', type: 'update', at: NOON }]);
    assert.equal(coalesceDueAt(first.state), NOON + 150 + COALESCE_MS);
    assert.equal(coalesceDueAt(drain(first.state, NOON + 1000).state), null);
  });

  it('never lose a file that is still there, and never name one twice', () => {
    const event = fc.record({
      path: fc.constantFrom('a', 'b', 'c'),
      type: fc.constantFrom<Type>('create', 'update', 'delete'),
    });
    fc.assert(
      fc.property(fc.array(event, { minLength: 1 }), (events) => {
        const state = collect(noChanges, events, NOON);
        const { changes } = drain(state, NOON + COALESCE_MS);
        const named = changes.map((change) => change.path);
        assert.equal(new Set(named).size, named.length);
        for (const path of ['a', 'b', 'c']) {
          const last = events.findLast((e) => e.path === path);
          if (last && last.type !== 'delete') assert.ok(named.includes(path));
        }
      }),
    );
  });
});
