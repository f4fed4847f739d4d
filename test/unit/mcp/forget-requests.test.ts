import assert from 'node:assert/strict';
import { seededRandom, VirtualClock } from '../../../companion/kernel/index.ts';
import { FORGET_WAITS_MS, ForgetRequests } from '../../../companion/mcp/index.ts';
import { NOW } from '../../fixtures/samples.ts';

const request = {
  agent: 'claude-code',
  workspace: '/w',
  select: { query: 'tiller', workspace: '/w' },
  reason: '',
};

function setup() {
  const clock = new VirtualClock(NOW);
  return { clock, requests: new ForgetRequests({ clock, random: seededRandom(1) }) };
}

describe('[M8] requests to forget', () => {
  it('wait, oldest first, until they are answered', () => {
    const { clock, requests } = setup();
    const first = requests.add(request);
    clock.advance(1000);
    const second = requests.add(request);
    assert.deepEqual(
      requests.list().map(({ id }) => id),
      [first.id, second.id],
    );
    assert.equal(requests.get(first.id), first);
    requests.settle(first.id);
    assert.throws(() => requests.get(first.id), { code: 'not_found' });
    assert.deepEqual(requests.list(), [second]);
  });

  it('expire', () => {
    const { clock, requests } = setup();
    const { id, expiresAt } = requests.add(request);
    assert.equal(expiresAt, NOW + FORGET_WAITS_MS);
    clock.advance(FORGET_WAITS_MS - 1);
    assert.equal(requests.list().length, 1);
    clock.advance(1);
    assert.throws(() => requests.get(id), { code: 'not_found' });
  });

  it('name something: a folder alone is not enough', () => {
    const { requests } = setup();
    assert.throws(() => requests.add({ ...request, select: { workspace: '/w' } }), { code: 'bad_input' });
  });

  it('have a limit, which those that expired do not count for', () => {
    const { clock, requests } = setup();
    for (let i = 0; i < 20; i++) requests.add(request);
    assert.throws(() => requests.add(request), { code: 'rate_limited' });
    clock.advance(FORGET_WAITS_MS);
    requests.add(request);
  });
});
