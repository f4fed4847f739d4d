import assert from 'node:assert/strict';
import { VirtualClock } from '../../../../companion/kernel/index.ts';
import { GRACE_MS, restWhileHidden } from '../../../../webviews/data/rest-while-hidden.ts';

class TestPage extends EventTarget {
  visibilityState = 'visible';
  show(state: 'visible' | 'hidden'): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

function setup(first: 'visible' | 'hidden' = 'visible') {
  const clock = new VirtualClock(10_000);
  const page = new TestPage();
  page.visibilityState = first;
  const did: string[] = [];
  const client = { rest: () => void did.push('rest'), wake: () => void did.push('wake') };
  const resting = restWhileHidden(client, page, clock);
  did.length = 0;
  return { clock, page, did, resting };
}

describe('a page that nobody sees', () => {
  it('[W4] rests once it was hidden for a while, and wakes at once', () => {
    const { clock, page, did } = setup();
    page.show('hidden');
    clock.advance(GRACE_MS - 1);
    assert.deepEqual(did, []);
    clock.advance(1);
    assert.deepEqual(did, ['rest']);
    clock.advance(3_600_000);
    page.show('visible');
    assert.deepEqual(did, ['rest', 'wake']);
  });

  it('never rests where it was hidden for a moment only', () => {
    const { clock, page, did } = setup();
    page.show('hidden');
    clock.advance(GRACE_MS - 1);
    page.show('visible');
    clock.advance(GRACE_MS * 2);
    assert.deepEqual(did, ['wake']);
  });

  it('rests where it was opened in the background', () => {
    const { clock, did } = setup('hidden');
    clock.advance(GRACE_MS);
    assert.deepEqual(did, ['rest']);
  });

  it('is left alone once disposed', () => {
    const { clock, page, did, resting } = setup();
    page.show('hidden');
    resting.dispose();
    clock.advance(GRACE_MS);
    page.show('visible');
    assert.deepEqual(did, []);
  });
});
