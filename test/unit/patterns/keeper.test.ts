import assert from 'node:assert/strict';
import { seededRandom, silentLogger, VirtualClock } from '../../../companion/kernel/index.ts';
import { patternCandidates } from '../../../companion/pattern-taps.ts';
import { PatternKeeper } from '../../../companion/patterns/index.ts';
import { defaultSettings, type ProgenyError } from '../../../companion/protocol/index.ts';
import { Timeline, type WorkEvent } from '../../../companion/timeline/index.ts';
import { addLoop, openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { context, DAY, event, HOUR, MINUTE, MONDAY, test } from './streams.ts';

/** A store with a timeline, and keepers of it one after the other. */
async function keeping() {
  const folder = temporaryFolder();
  const clock = new VirtualClock(MONDAY);
  const store = await openStore(folder.path, { clock });
  addLoop(store, 'loop_1', 'fix/clock');
  const { mind } = store;
  const timeline = new Timeline({ mind, logger: silentLogger });
  const open = async () => {
    const keeper = new PatternKeeper({
      mind,
      clock,
      random: seededRandom(clock.now()),
      logger: silentLogger,
      settings: () => defaultSettings,
      local: context.local,
      titleOf: () => 'fix/clock',
      history: (since) => [...timeline.lastSigns(since), ...timeline.read({ since })],
      pause: async () => {},
    });
    const following = timeline.appended.add((events) => keeper.take(events));
    await keeper.start();
    return {
      keeper,
      close() {
        following.dispose();
        keeper.dispose();
      },
    };
  };
  return {
    clock,
    timeline,
    open,
    /** Lets time pass up to an event, then adds it. */
    happens(...events: WorkEvent[]) {
      for (const each of events) {
        clock.advance(Math.max(0, each.at - clock.now()));
        timeline.append([each]);
      }
    },
    events: () =>
      mind
        .events(0, 10_000)
        .filter(({ type }) => /^(pattern|tests)\./.test(type))
        .map(({ type }) => type),
    [Symbol.dispose]() {
      store.close();
      folder[Symbol.dispose]();
    },
  };
}

const loop = (minutes: number, touched: number, status = 'open') =>
  event(minutes, 'loop', { loop: 'loop_1', status, touchedAt: MONDAY + touched * MINUTE });
const all = { all: true, limit: 50 } as const;
const active = { all: false, limit: 50 } as const;

describe('patterns/keeper', () => {
  it('tells what it finds and what is over, in the log by ids alone, with words as of now', async () => {
    using t = await keeping();
    const { keeper, close } = await t.open();
    t.happens(...[0, 10, 20, 30, 40].map((minutes) => test(minutes, 'secret name', false)));
    const [stuck] = keeper.list(active);
    assert.equal(stuck?.text, 'Test secret name has failed 5 times since 09:00.');
    assert.equal(stuck?.workspace, '/test');
    t.happens(test(50, 'secret name', true));
    assert.deepEqual(keeper.list(active), []);
    assert.equal(keeper.list(all)[0]?.status, 'resolved');
    assert.deepEqual(t.events(), ['pattern.found', 'pattern.resolved', 'tests.recovered']);
    close();
  });

  it('goes on after a restart where it was, and tells what began or ended meanwhile', async () => {
    using t = await keeping();
    const first = await t.open();
    t.happens(loop(0, 0));
    t.clock.advance(8 * DAY);
    assert.deepEqual(
      first.keeper.list(active).map(({ kind, text }) => [kind, text]),
      [['abandonment', '"fix/clock" was not touched for 8 days.']],
    );
    const { id } = first.keeper.list(active)[0]!;
    first.close();
    const second = await t.open();
    assert.equal(second.keeper.list(active)[0]?.id, id, 'still the same');
    second.close();
    t.happens(loop(9 * 24 * 60, 9 * 24 * 60));
    const third = await t.open();
    assert.deepEqual(third.keeper.list(active), []);
    assert.deepEqual(t.events(), ['pattern.found', 'pattern.resolved']);
    third.close();
    t.clock.advance(10 * DAY);
    const fourth = await t.open();
    assert.equal(fourth.keeper.list(active).length, 1, 'it began while nobody looked');
    fourth.close();
  });

  it('what was dismissed stays so while it lasts, also over restarts and beyond the days that are read', async () => {
    using t = await keeping();
    const first = await t.open();
    t.happens(loop(0, 0));
    t.clock.advance(8 * DAY);
    const { id } = first.keeper.list(active)[0]!;
    first.keeper.dismiss(id);
    t.clock.advance(30 * DAY);
    t.happens(loop(38 * 24 * 60, 0));
    first.close();
    const second = await t.open();
    assert.deepEqual(second.keeper.list(active), []);
    t.happens(loop(38 * 24 * 60 + 1, 38 * 24 * 60));
    t.clock.advance(8 * DAY);
    assert.equal(second.keeper.list(active).length, 1, 'left again after it was touched');
    assert.throws(
      () => second.keeper.dismiss('pattern_none'),
      (error: ProgenyError) => error.code === 'not_found',
    );
    second.close();
  });

  it('a return is seen although the last sign of work lies before the days that are read', async () => {
    using t = await keeping();
    t.happens(test(0, 'unit', true));
    t.clock.advance(40 * DAY);
    const { keeper, close } = await t.open();
    t.happens(test(40 * 24 * 60 + 1, 'unit', true));
    assert.deepEqual(
      keeper.list(active).map(({ kind, text }) => [kind, text]),
      [['reunion', 'Back after 40 days; the last sign of work before was 40 days ago.']],
    );
    t.clock.advance(9 * HOUR);
    assert.deepEqual(keeper.list(active), []);
    close();
  });

  it('knows nothing of a workspace that was forgotten', async () => {
    using t = await keeping();
    const { keeper, close } = await t.open();
    t.happens(loop(0, -10 * 24 * 60));
    assert.equal(keeper.list(active).length, 1);
    keeper.forget('ws_test');
    t.clock.advance(HOUR);
    assert.deepEqual(t.events(), ['pattern.found']);
    close();
  });

  it('offers to the policy what is worth a tap, without a return and work at risk, which have their own', async () => {
    using t = await keeping();
    const { keeper, close } = await t.open();
    t.happens(
      loop(0, -10 * 24 * 60),
      event(0, 'risk', { what: 'uncommitted', subject: 'loop_1', since: MONDAY - 2 * DAY }),
      event(0, 'loop', { loop: 'loop_2', status: 'open', touchedAt: MONDAY - 12 * DAY }),
      event(0, 'loop', { loop: 'loop_3', status: 'open', touchedAt: MONDAY - 90 * DAY }),
      ...[1, 10, 20, 30, 40].map((minutes) => test(minutes, 'unit', false)),
    );
    assert.equal(keeper.list(active).length, 5);
    const candidates = patternCandidates(keeper.list(active));
    assert.deepEqual(
      candidates.map(({ text }) => text),
      [
        'Test unit has failed 5 times since 09:01. A note of what was tried saves trying it twice.',
        '"fix/clock" was not touched for 10 days. Keep it, put it off or drop it?',
      ],
    );
    for (const { id, subject, bypass } of candidates) {
      assert.match(id, /^(stuck|abandonment):pattern_[0-9a-z]+:\d+$/);
      assert.match(subject, /^pattern_/);
      assert.equal(bypass, false);
    }
    close();
  });
});
