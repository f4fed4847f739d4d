import assert from 'node:assert/strict';
import { emptyMind, fixture, partsOf, runKilled } from './world.ts';

const ARCHIVES = ['claude-code', 'copilot-chat', 'chatgpt', 'cline', 'markdown'] as const;

describe('imports/kill and resume', function () {
  this.timeout(60_000);

  for (const format of ARCHIVES) {
    describe(format, () => {
      it('[M9] killed at every border of a batch, stored or not, and resumed: as if uninterrupted', async () => {
        const parts = await partsOf(format, fixture(format));
        await using whole = await emptyMind();
        const totals = await whole.run(parts);
        assert.ok(totals.added >= 4, `only ${totals.added} records`);
        const expected = whole.rows();
        let kills = 0;
        for (let batch = 1; ; batch++) {
          let killed = false;
          for (const stored of [false, true]) {
            await using mind = await emptyMind();
            const first = await runKilled(mind, parts, { batch, stored });
            killed ||= first.killed;
            if (!first.killed) continue;
            kills++;
            const resumed = await mind.run(parts, { checkpoint: first.checkpoint });
            assert.deepEqual(mind.rows(), expected, `batch ${batch}, stored: ${stored}`);
            assert.equal(resumed.added + resumed.known, totals.added + totals.known);
            assert.deepEqual(resumed.skipped, totals.skipped);
          }
          if (!killed) break;
        }
        assert.ok(kills >= 4, `only ${kills} kills`);
      });

      it('[M9] killed again and again, each time a batch further', async () => {
        const parts = await partsOf(format, fixture(format));
        await using whole = await emptyMind();
        await whole.run(parts);
        await using mind = await emptyMind();
        let state = await runKilled(mind, parts, { batch: 1, stored: true }, { batch: 1 });
        for (let i = 0; state.killed; i++) {
          assert.ok(i < 1000, 'it does not get on');
          const { checkpoint } = state;
          state = await runKilled(mind, parts, { batch: 2, stored: i % 2 === 0 }, { checkpoint, batch: 1 });
        }
        assert.deepEqual(mind.rows(), whole.rows());
      });

      it('[M9] a second import adds nothing', async () => {
        const parts = await partsOf(format, fixture(format));
        await using mind = await emptyMind();
        const first = await mind.run(parts);
        const before = mind.rows();
        const { seq } = mind.store.mind;
        const second = await mind.run(await partsOf(format, fixture(format)), { batch: 2 });
        assert.deepEqual([second.added, second.known], [0, first.added + first.known]);
        assert.deepEqual(mind.rows(), before);
        assert.equal(mind.store.mind.seq, seq, 'an event told of nothing');
      });
    });
  }
});
