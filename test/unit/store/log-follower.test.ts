import assert from 'node:assert/strict';
import { silentLogger, VirtualClock } from '../../../companion/kernel/index.ts';
import { LogFollower, type Store } from '../../../companion/store/index.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

describe('following the event log', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let store: Store;
  let clock: VirtualClock;
  beforeEach(async () => {
    folder = temporaryFolder();
    store = await openStore(folder.path);
    clock = new VirtualClock(1_000);
  });
  afterEach(() => {
    store.close();
    folder[Symbol.dispose]();
  });

  const following = (follow: () => void) =>
    new LogFollower({ mind: store.mind, clock, logger: silentLogger, follow, trouble: 'could not follow' });
  const commit = () =>
    store.mind.transact((tx) => tx.emit({ type: 'test.happened', subject: 'x', data: {} }));

  it('follows at the start, and once for commits that come close together', () => {
    let times = 0;
    const follower = following(() => times++);
    clock.advance(0);
    assert.equal(times, 1);
    commit();
    commit();
    clock.advance(20);
    assert.equal(times, 2);
    clock.advance(3_600_000);
    assert.equal(times, 2);
    follower.dispose();
  });

  it('comes back after a minute where it failed, without a commit', () => {
    let times = 0;
    const follower = following(() => {
      if (++times < 3) throw new Error('the disk is full');
    });
    clock.advance(0);
    clock.advance(59_999);
    assert.equal(times, 1);
    clock.advance(1);
    assert.equal(times, 2);
    clock.advance(3_600_000);
    assert.equal(times, 3);
    follower.dispose();
  });

  it('is quiet once it is disposed of', () => {
    let times = 0;
    const follower = following(() => times++);
    follower.dispose();
    commit();
    follower.catchUp();
    clock.advance(3_600_000);
    assert.equal(times, 0);
  });
});
