import assert from 'node:assert/strict';
import { VirtualClock } from '../../../companion/kernel/index.ts';
import { growthOf } from '../../../companion/memory/growth.ts';
import { rememberInput } from '../../../companion/protocol/index.ts';
import { openMemory } from '../../support/memory.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const QUARTER = 15 * 60_000;
const DAY = 86_400_000;

describe('how memory grows', () => {
  it('puts quarters of an hour into the spans that they lie in', () => {
    const spans = { step: 'day' as const, starts: [10 * DAY, 11 * DAY], end: 12 * DAY };
    const growth = growthOf(
      [
        { quarter: -1, kind: 'fact', n: 5 },
        { quarter: (10 * DAY) / QUARTER, kind: 'fact', n: 1 },
        { quarter: (11 * DAY) / QUARTER - 1, kind: 'whisper', n: 2 },
        { quarter: (11 * DAY) / QUARTER - 2, kind: 'whisper', n: 3 },
        { quarter: (11 * DAY) / QUARTER, kind: 'fact', n: 7 },
      ],
      spans,
    );
    assert.deepEqual(growth, {
      step: 'day',
      until: 12 * DAY,
      before: 5,
      total: 18,
      spans: [
        {
          at: 10 * DAY,
          kinds: [
            { kind: 'fact', n: 1 },
            { kind: 'whisper', n: 5 },
          ],
        },
        { at: 11 * DAY, kinds: [{ kind: 'fact', n: 7 }] },
      ],
    });
  });

  it('counts by the time of taking up, without the memory of masks, and by folder', async () => {
    using folder = temporaryFolder();
    const clock = new VirtualClock(new Date(2026, 2, 2, 12).getTime());
    const store = await openStore(folder.path, { clock });
    const memory = openMemory(store, clock);
    store.mind.transact((tx) => {
      tx.run("INSERT INTO workspaces (id, path, opened_at) VALUES ('ws_1', '/one', 0)");
      tx.emit({ type: 'workspace.registered', subject: 'ws_1' });
    });
    const remember = (content: string, more: object = {}) =>
      memory.remember(rememberInput.parse({ content, kind: 'fact', ...more }));
    await remember('The cache lives for an hour.');
    clock.advance(DAY);
    await remember('Redis lost data twice.', { kind: 'whisper', workspace: '/one', happenedAt: 1000 });
    await remember('Ports below 1024 are not ours.');
    store.mind.transact((tx) => {
      tx.run("UPDATE memories SET mask = 'mask_cal' WHERE content LIKE 'Ports%'");
      tx.emit({ type: 'mask.noted', subject: 'mask_cal' });
    });
    const all = await memory.growth({ days: 1 });
    assert.deepEqual([all.before, all.total], [1, 2]);
    assert.deepEqual(
      all.spans.map(({ kinds }) => kinds),
      [[{ kind: 'whisper', n: 1 }]],
    );
    const one = await memory.growth({ days: 7, workspace: '/one' });
    assert.deepEqual([one.before, one.total, one.spans.length], [0, 1, 7]);
    await assert.rejects(memory.growth({ days: 7, workspace: '/nowhere' }), { code: 'not_found' });
    await memory.dispose();
    store.close();
  });
});
