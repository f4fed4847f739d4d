import assert from 'node:assert/strict';
import { Listeners } from '../../../companion/kernel/index.ts';
import type { LoopStore } from '../../../companion/loops/index.ts';
import type { MemoryRecord, Settings } from '../../../companion/protocol/index.ts';
import { declaredTone, watchForSpontaneity } from '../../../companion/spontaneity.ts';
import type { Workspace } from '../../../companion/workspaces/index.ts';
import { sampleMemory } from '../../fixtures/samples.ts';
import { candidate, DAY, focus, HOUR, rulesOf, START } from '../interruption/simulation/events.ts';
import { TestRoom } from '../interruption/simulation/room.ts';

const memory = (over: Partial<MemoryRecord>) =>
  sampleMemory({
    kind: 'decision',
    source: { file: 'src/clock.ts' },
    happenedAt: START - 20 * DAY,
    recordedAt: START - 20 * DAY,
    ...over,
  });

function watched(
  memories: MemoryRecord[],
  over: Partial<Settings['interruption']> = {},
  inPeakHours = () => false,
) {
  const test = new TestRoom(rulesOf({ refractoryMinutes: 1, ...over }));
  const changed = new Listeners<void>();
  const scan = { branch: 'main', last: null, uncommitted: { files: ['src/clock.ts'] } };
  const workspace = { path: '/w', scan, changed } as unknown as Workspace;
  const watching = watchForSpontaneity(workspace, {
    interruption: test.room,
    loops: { list: () => [] } as unknown as LoopStore,
    memories: () => memories,
    tone: declaredTone,
    inPeakHours,
    clock: test.clock,
    settings: () => test.rules.settings,
  });
  test.room.signal('one', '/w', focus('one').signal);
  return { test, changed, watching, waiting: () => test.room.waiting(new Set()) };
}

describe('spontaneity in a workspace', () => {
  it('tells a memory of the file at hand, once, and nothing else on that day', async () => {
    const { test, changed, waiting } = watched([memory({}), memory({ id: 'memory_2' })]);
    using _ = test;
    changed.tell();
    test.clock.advance(HOUR);
    assert.match(test.taps[0]!.tap.text, /^You decided about clock\.ts/);
    test.taps[0]!.answer({ outcome: 'engaged', action: 'show' });
    await test.settled();
    test.clock.advance(12 * HOUR);
    assert.deepEqual([test.taps.length, waiting()], [1, 0]);
    test.clock.advance(13 * HOUR);
    assert.equal(waiting(), 1, 'the next day another');
  });

  it('gives way to whatever else there is to tell', () => {
    const { test, changed, waiting } = watched([memory({})], { perDay: 0 });
    using _ = test;
    changed.tell();
    assert.equal(waiting(), 1);
    test.room.propose(candidate('reunion:w:1'));
    changed.tell();
    assert.deepEqual([waiting(), test.room.waiting(new Set(['reunion']))], [1, 0]);
  });

  it('waits while the user works best', () => {
    let peak = true;
    const { changed, waiting } = watched([memory({})], {}, () => peak);
    changed.tell();
    assert.equal(waiting(), 0);
    peak = false;
    changed.tell();
    assert.equal(waiting(), 1);
  });

  it('is silent in a weary mood, of what agents wrote, of what is private, and where it is switched off', async () => {
    const weary = memory({ id: 'memory_3', tone: 'weary', recordedAt: START - HOUR, source: {} });
    const cases: [MemoryRecord[], Partial<Settings['interruption']>][] = [
      [[weary, memory({})], {}],
      [[memory({ writtenBy: 'agent' })], {}],
      [[memory({ private: true })], {}],
      [[memory({ validTo: START - DAY })], {}],
      [[memory({})], { spontaneous: false }],
    ];
    for (const [memories, over] of cases) {
      const { test, changed, watching, waiting } = watched(memories, over);
      using _ = test;
      changed.tell();
      assert.equal(waiting(), 0);
      await watching.dispose();
    }
    assert.equal(declaredTone([weary], START + 12 * HOUR), null);
  });

  it('takes back what it proposed when the workspace closes', async () => {
    const { test, changed, watching, waiting } = watched([memory({})], { perDay: 0 });
    using _ = test;
    changed.tell();
    assert.equal(waiting(), 1);
    await watching.dispose();
    assert.equal(waiting(), 0);
  });
});
