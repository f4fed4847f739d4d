import assert from 'node:assert/strict';
import { DriftKeeper } from '../../../companion/drift/index.ts';
import { driftCandidate } from '../../../companion/drift-taps.ts';
import { seededRandom, silentLogger, VirtualClock } from '../../../companion/kernel/index.ts';
import { LoopStore } from '../../../companion/loops/index.ts';
import { defaultSettings } from '../../../companion/protocol/index.ts';
import { Timeline, type WorkEvent } from '../../../companion/timeline/index.ts';
import { addLoop, openStore } from '../../support/store.ts';
import { scopeSession } from '../../support/streams/scope-sessions.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { DAY, edit, edits, HOUR, MONDAY, outside, taught } from './support.ts';

const LATER = MONDAY + 4 * HOUR;
const creep = (hour: number) =>
  edits(
    LATER + hour * HOUR,
    Array.from({ length: 12 }, (_, i) => outside(i)),
  );
const here = (events: readonly WorkEvent[]) => events.map((event) => ({ ...event, workspace: 'ws_test' }));

async function keeping(now = LATER + 9 * HOUR) {
  const folder = temporaryFolder();
  const clock = new VirtualClock(now);
  const store = await openStore(folder.path, { clock });
  addLoop(store, 'loop_1', 'fix/parser');
  const { mind } = store;
  const timeline = new Timeline({ mind, logger: silentLogger });
  const open = () =>
    new DriftKeeper({
      mind,
      clock,
      logger: silentLogger,
      settings: () => defaultSettings,
      conflict: () => null,
      timeline,
      pause: async () => {},
    });
  return {
    mind,
    clock,
    timeline,
    open,
    loops: new LoopStore({ mind, clock, random: seededRandom(1) }),
    stored: () =>
      mind.read((reader) => [
        reader.all('SELECT * FROM drift_threads ORDER BY branch'),
        reader.all('SELECT * FROM drift_ratings ORDER BY loop, hour'),
      ]),
    events: () => mind.events(0, 1000).filter(({ type }) => type.startsWith('drift.')),
    [Symbol.dispose]() {
      store.close();
      folder[Symbol.dispose]();
    },
  };
}

describe('drift/keeper', () => {
  it('keeps a rating an hour, tells a band once, and an alert once, by ids alone', async () => {
    using t = await keeping();
    const keeper = t.open();
    t.timeline.append(here([...taught(), ...creep(0), ...creep(1), ...creep(2)]));
    await keeper.catchUp();
    t.clock.advance(3 * 60_000);
    const ratings = keeper.of('loop_1', 24);
    assert.deepEqual(ratings.map(({ at }) => Math.floor((at - LATER) / HOUR)).slice(0, 3), [2, 1, 0]);
    assert.deepEqual(ratings.filter(({ alert }) => alert).length, 1);
    assert.deepEqual(
      keeper.list('/test').map(({ subject }) => subject),
      ['loop_1'],
    );
    assert.throws(() => keeper.list('/elsewhere'), { code: 'not_found' });
    const told = t.events();
    assert.deepEqual(
      told.filter(({ type }) => type === 'drift.alert').map(({ subject }) => subject),
      ['loop_1'],
    );
    assert.deepEqual(Object.keys(told.at(-1)!.data), ['band']);
    keeper.dispose();
  });

  it('[C6] two reads give the same, and store nothing', async () => {
    using t = await keeping();
    const keeper = t.open();
    t.timeline.append(here([...taught(), ...creep(0), ...creep(1)]));
    await keeper.catchUp();
    t.clock.advance(HOUR);
    const [seq, stored] = [t.mind.seq, t.stored()];
    const reads = [1, 2, 3].map(() => [keeper.of('loop_1', 5), keeper.list(undefined), keeper.alerts]);
    assert.deepEqual(reads[1], reads[0]);
    t.clock.advance(5 * DAY);
    assert.deepEqual([keeper.of('loop_1', 5), keeper.list(undefined)], reads[0]!.slice(0, 2));
    assert.deepEqual(t.stored()[1], stored[1]);
    assert.equal(t.mind.seq, seq);
    keeper.dispose();
  });

  it('killed anywhere it comes to the same end', async () => {
    const session = scopeSession(3, 'strong');
    const events = here(session.events).map((event) =>
      event.kind === 'loop' ? { ...event, loop: 'loop_1' } : event,
    );
    const from = events[0]!.at;
    using whole = await keeping(from);
    const one = whole.open();
    whole.timeline.append(events);
    await one.catchUp();
    one.dispose();
    const random = seededRandom(7);
    using broken = await keeping(from);
    for (let at = 0; at < events.length; ) {
      // A new process each time; every third dies before it has stored what it folded.
      const keeper = broken.open();
      const next = Math.min(events.length, at + 1 + Math.floor(120 * random.next()));
      broken.timeline.append(events.slice(at, next));
      at = next;
      if (random.next() < 0.3) await failing(broken, keeper);
      else await keeper.catchUp();
      keeper.dispose();
    }
    const last = broken.open();
    await last.catchUp();
    last.dispose();
    assert.deepEqual(broken.stored(), whole.stored());
    assert.ok((whole.stored()[1] as unknown[]).length > 5);
    assert.equal(broken.events().filter(({ type }) => type === 'drift.alert').length, 1);
  });

  it('a program is told from hands when nothing follows, too', async () => {
    using t = await keeping();
    const keeper = t.open();
    t.timeline.append(here([...taught(), edit(LATER, outside(0))]));
    await keeper.catchUp();
    assert.deepEqual(keeper.of('loop_1', 1)[0]?.parts.magnitude ?? 0, 0);
    t.clock.advance(HOUR);
    assert.ok((keeper.of('loop_1', 1)[0]?.parts.magnitude ?? 0) > 0);
    keeper.dispose();
  });

  it('goes with its folder', async () => {
    using t = await keeping();
    const keeper = t.open();
    t.timeline.append(here([...taught(), ...creep(0), ...creep(1)]));
    await keeper.catchUp();
    assert.equal(keeper.alerts.length, 1);
    t.mind.transact((tx) => {
      tx.run("DELETE FROM workspaces WHERE id = 'ws_test'");
      tx.emit({ type: 'workspace.forgotten', subject: 'ws_test' });
    });
    keeper.forget('ws_test');
    await keeper.catchUp();
    t.clock.advance(HOUR);
    assert.deepEqual([t.stored(), keeper.alerts], [[[], []], []]);
    keeper.dispose();
  });

  it('an alert is one candidate for the policy, for as long as the loop is open', async () => {
    using t = await keeping();
    const keeper = t.open();
    t.timeline.append(here([...taught(), ...creep(0), ...creep(1)]));
    await keeper.catchUp();
    const loop = t.loops.get('loop_1');
    const [candidate] = driftCandidate(keeper.alerts[0]!, loop);
    assert.match(
      candidate!.text,
      /^"fix\/parser" goes beyond its scope: \d of \d edited files lie outside of src\/parser\. Split it, or let it grow\?$/,
    );
    assert.equal(candidate!.bypass, false);
    assert.ok(!candidate!.id.includes('parser'), 'the log of taps holds ids alone');
    t.timeline.append(here(creep(2)));
    await keeper.catchUp();
    assert.equal(driftCandidate(keeper.alerts[0]!, loop)[0]!.id, candidate!.id);
    assert.deepEqual(driftCandidate(keeper.alerts[0]!, { ...loop, status: 'blessed' }), []);
    keeper.dispose();
  });
});

/** A process that dies while it stores. */
async function failing(t: Awaited<ReturnType<typeof keeping>>, keeper: DriftKeeper): Promise<void> {
  const { mind } = t;
  const { record, transact } = mind;
  const die = () => {
    throw new Error('killed');
  };
  mind.record = ((work: never) =>
    record.call(mind, (writer) => [(work as (w: unknown) => void)(writer), die()])) as never;
  mind.transact = ((work: never) =>
    transact.call(mind, (tx) => [(work as (w: unknown) => void)(tx), die()])) as never;
  await assert.rejects(keeper.catchUp(), /killed/);
  mind.record = record;
  mind.transact = transact;
}
