import assert from 'node:assert/strict';
import {
  DEFAULT_FILTER,
  filterFromQuery,
  filterLoops,
  filterToQuery,
  groupByStatus,
  type LoopFilter,
} from '../../../../webviews/model/loop-filter.ts';
import { NOW, sampleLoop } from '../../../fixtures/samples.ts';

const loops = [
  sampleLoop({ id: 'loop_a', title: 'beta 10', rank: 0.2, touchedAt: NOW, createdAt: 3, priority: 'low' }),
  sampleLoop({
    id: 'loop_b',
    title: 'beta 9',
    rank: 0.9,
    touchedAt: NOW - 1,
    createdAt: 2,
    source: 'todo',
    status: 'stale',
  }),
  sampleLoop({
    id: 'loop_c',
    title: 'alpha',
    rank: 0.5,
    touchedAt: NOW - 2,
    createdAt: 1,
    priority: 'high',
    status: 'proposed',
  }),
  sampleLoop({ id: 'loop_d', status: 'deferred' }),
  sampleLoop({ id: 'loop_e', status: 'merged' }),
];
const ids = (change: Partial<LoopFilter>) =>
  filterLoops(loops, { ...DEFAULT_FILTER, ...change })
    .map(({ id }) => id.slice(-1))
    .join('');

describe('the filter of threads', () => {
  it('chooses by status', () => {
    assert.equal(ids({ scope: 'now' }), 'bca');
    assert.equal(ids({ scope: 'later' }), 'd');
    assert.equal(ids({ scope: 'closed' }), 'e');
    assert.equal(ids({ scope: 'all' }).length, 5);
  });

  it('sorts', () => {
    assert.equal(ids({ order: 'touched' }), 'abc');
    assert.equal(ids({ order: 'oldest' }), 'cba');
    assert.equal(ids({ order: 'priority' }), 'cba');
    assert.equal(ids({ order: 'title' }), 'cba');
  });

  it('finds every word, wherever it stands', () => {
    assert.equal(ids({ text: 'BETA 9' }), 'b');
    assert.equal(ids({ text: '  ' }), 'bca');
    assert.equal(ids({ source: 'todo' }), 'b');
    const anchored = [
      sampleLoop({ anchors: [{ kind: 'line', file: 'src/x.ts', line: 41, text: 'y', lost: false }] }),
    ];
    assert.equal(filterLoops(anchored, { ...DEFAULT_FILTER, text: 'x.ts 41' }).length, 1);
  });

  it('groups by status, leaving out what is empty', () => {
    const groups = groupByStatus(filterLoops(loops, { ...DEFAULT_FILTER, scope: 'all' }), 'all');
    assert.deepEqual(
      groups.map(({ status }) => status),
      ['open', 'proposed', 'stale', 'deferred', 'merged'],
    );
  });

  it('is kept in the address, and what it does not know there is left out', () => {
    const filter: LoopFilter = { scope: 'all', source: 'todo', order: 'title', text: 'x', everywhere: true };
    assert.deepEqual(filterFromQuery(filterToQuery(filter), ['todo']), filter);
    assert.deepEqual(filterToQuery(DEFAULT_FILTER), {});
    assert.deepEqual(
      filterFromQuery({ scope: 'toString', source: '<b>', order: 'x', everywhere: '1' }, ['todo']),
      DEFAULT_FILTER,
    );
  });
});
