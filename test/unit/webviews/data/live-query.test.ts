import assert from 'node:assert/strict';
import { VirtualClock } from '../../../../companion/kernel/index.ts';
import { LiveQuery, type LiveState } from '../../../../webviews/data/live-query.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

function setup() {
  const clock = new VirtualClock(10_000);
  const asks: PromiseWithResolvers<string>[] = [];
  const told: LiveState<string>[] = [];
  const query = new LiveQuery<string>({
    clock,
    fetch() {
      const ask = Promise.withResolvers<string>();
      asks.push(ask);
      return ask.promise;
    },
    onChange: (state) => told.push(state),
  });
  return { clock, asks, told, query };
}

describe('a live query', () => {
  it('asks at once, then at most once a second however much happens', async () => {
    const { clock, asks, query } = setup();
    for (let i = 0; i < 100; i++) query.refresh();
    assert.equal(asks.length, 1);
    asks[0]?.resolve('a');
    await settled();
    assert.equal(asks.length, 1);
    clock.advance(999);
    assert.equal(asks.length, 1);
    clock.advance(1);
    assert.equal(asks.length, 2);
    asks[1]?.resolve('b');
    await settled();
    clock.advance(60_000);
    assert.equal(asks.length, 2);
    assert.deepEqual(query.state, { data: 'b', problem: null, at: 11_000 });
  });

  it('keeps what it knows when a newer answer cannot be had', async () => {
    const { clock, asks, query } = setup();
    query.refresh();
    asks[0]?.resolve('a');
    await settled();
    clock.advance(1000);
    query.refresh();
    asks[1]?.reject(Object.assign(new Error('no'), { code: 'timeout' }));
    await settled();
    assert.equal(query.state.data, 'a');
    assert.equal(query.state.problem?.kind, 'busy');
    clock.advance(1000);
    query.refresh();
    asks[2]?.resolve('b');
    await settled();
    assert.deepEqual(query.state.problem, null);
  });

  it('does not believe an answer that was asked for before a change', async () => {
    const { clock, asks, query } = setup();
    query.refresh();
    asks[0]?.resolve('old');
    await settled();
    clock.advance(1000);
    query.refresh();
    query.set(() => 'changed');
    asks[1]?.resolve('old');
    await settled();
    assert.equal(query.state.data, 'changed');
    clock.advance(1000);
    asks[2]?.resolve('new');
    await settled();
    assert.equal(query.state.data, 'new');
  });

  it('tells nothing and leaves no timer after its end', async () => {
    const { clock, asks, told, query } = setup();
    query.refresh();
    query.refresh();
    query.dispose();
    asks[0]?.resolve('a');
    await settled();
    clock.advance(60_000);
    assert.deepEqual(told, []);
    assert.equal(asks.length, 1);
  });
});
