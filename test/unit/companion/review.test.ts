import assert from 'node:assert/strict';
import { Heritage } from '../../../companion/heritage/index.ts';
import { seededRandom, silentLogger, VirtualClock } from '../../../companion/kernel/index.ts';
import { defaultSettings } from '../../../companion/protocol/index.ts';
import { Review } from '../../../companion/review.ts';
import { Timeline } from '../../../companion/timeline/index.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { DAY, MONDAY, work } from '../hypotheses/work.ts';

describe('review', () => {
  it('[S5] reads the timeline, and tells beliefs with their numbers, folders and moments', async () => {
    using folder = temporaryFolder();
    const clock = new VirtualClock(MONDAY + 30 * DAY);
    const store = await openStore(folder.path, { clock });
    try {
      store.mind.transact((tx) => {
        tx.run("INSERT INTO workspaces (id, path, opened_at) VALUES ('ws_a', '/home/dev/atlas', 0)");
        tx.emit({ type: 'test.set', subject: 'test' });
      });
      const timeline = new Timeline({ mind: store.mind, logger: silentLogger });
      timeline.append(work({ weeks: 4, together: 0.95 }));
      const settings = () => defaultSettings;
      const random = seededRandom(1);
      const { mind } = store;
      const dateOf = () => '2026-05-01';
      const heritage = new Heritage({ mind, clock, random, knowsHypothesis: () => true, dateOf });
      const review = new Review({ store, timeline, clock, random, settings, heritage });
      assert.deepEqual({ ...(await review.consider()), weeks: 0 }, { weeks: 0, formed: 1, withdrawn: 0 });
      const { items, more } = review.queue();
      assert.equal(more, 0);
      const [pair] = items;
      assert.equal(pair!.text, 'When you change api.ts, you change api.md too');
      assert.match(pair!.numbers, /^2\d of 24 commits of api\.ts$/);
      assert.equal(pair!.workspace, '/home/dev/atlas');
      const { moments, supports } = pair!.evidence[0]!;
      assert.deepEqual([supports, moments[0]!.workspace], [true, '/home/dev/atlas']);
      assert.deepEqual(moments[0]!.files, ['src/api.ts', 'docs/api.md']);

      const { id } = pair!;
      const answered = await review.answer({ id, answer: 'context', text: 'on Fridays' });
      assert.deepEqual(
        [answered.status, answered.except, answered.exceptRead, answered.learned],
        ['conditional', 'on Fridays', 'on Friday', false],
      );
      assert.deepEqual(review.queue().items, []);
      assert.equal(review.list(['conditional']).length, 1);
      assert.deepEqual(review.list(['denied']), []);
      // As after three weeks that bore it out.
      store.mind.transact((tx) => {
        tx.run('UPDATE hypotheses SET validations = 3');
        tx.emit({ type: 'test.set', subject: 'test' });
      });
      const saidAgain = await review.answer({ id, answer: 'context', text: 'on Fridays' });
      assert.equal(saidAgain.learned, true);
      const [belief] = heritage.current.learned.beliefs;
      assert.deepEqual([belief!.hypothesis, belief!.text, belief!.except], [id, pair!.text, 'on Fridays']);
      assert.match(heritage.versions('learned', 1)[0]!.reason, /3 weeks bore it out.*with an exception/);
      await review.forget(id);
      assert.deepEqual(heritage.current.learned.beliefs, []);
      assert.deepEqual(review.list(), []);
      assert.equal(store.hub.tombstones(store.mind.actor).length, 1);
    } finally {
      store.close();
    }
  });
});
