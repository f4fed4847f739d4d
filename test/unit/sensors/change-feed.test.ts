import assert from 'node:assert/strict';
import { VirtualClock } from '../../../companion/kernel/index.ts';
import { ChangeFeed, NAMED_PATHS, SETTLE_MS, TELL_EVERY_MS } from '../../../companion/sensors/change-feed.ts';
import type { SensorChange } from '../../../companion/sensors/records.ts';
import { NOON } from './support.ts';

function setUp() {
  const clock = new VirtualClock(NOON);
  const told: SensorChange[] = [];
  return { clock, told, feed: new ChangeFeed(clock, (change) => told.push(change)) };
}

describe('sensors: change feed', () => {
  it('serves a single change after quiet at once', () => {
    const { clock, told, feed } = setUp();
    feed.files(['a.ts']);
    clock.advance(SETTLE_MS);
    assert.deepEqual(told, [{ kind: 'files', paths: ['a.ts'], many: false }]);
  });

  it('tells at most once a second, whatever comes, and forgets nothing', () => {
    const { clock, told, feed } = setUp();
    for (let i = 0; i < 100; i++) {
      feed.files([`f${i % 10}.ts`]);
      feed.git('index');
      clock.advance(100);
    }
    clock.advance(TELL_EVERY_MS);
    const files = told.filter((change) => change.kind === 'files');
    assert.ok(files.length >= 10 && files.length <= 12, `${files.length}`);
    assert.ok(told.length - files.length <= 12);
    assert.equal(new Set(files.flatMap((change) => change.paths)).size, 10);
  });

  it('names a bounded number of paths and says that there are more', () => {
    const { clock, told, feed } = setUp();
    feed.files(Array.from({ length: 5_000 }, (_, i) => `f${i}`));
    clock.advance(SETTLE_MS);
    const [change] = told;
    assert.ok(change?.kind === 'files' && change.many && change.paths.length === NAMED_PATHS);
    feed.files(['one']);
    clock.advance(TELL_EVERY_MS);
    assert.deepEqual(told[1], { kind: 'files', paths: ['one'], many: false });
  });

  it('tells each part of git apart', () => {
    const { clock, told, feed } = setUp();
    feed.git('index');
    feed.git('refs');
    feed.git('refs');
    clock.advance(SETTLE_MS);
    assert.deepEqual(
      told.map((change) => change.kind === 'git' && change.what),
      ['index', 'refs'],
    );
  });

  it('tells nothing after its end', () => {
    const { clock, told, feed } = setUp();
    feed.files([]);
    feed.dispose();
    clock.advance(10_000);
    assert.deepEqual(told, []);
  });
});
