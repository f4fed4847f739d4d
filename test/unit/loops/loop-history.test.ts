import assert from 'node:assert/strict';
import { VirtualClock } from '../../../companion/kernel/index.ts';
import { LoopHistory } from '../../../companion/loops/index.ts';
import { historyOf, type LoopStep } from '../../../companion/loops/loop-history.ts';
import type { NewEvent } from '../../../companion/store/event-log.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const DAY = 86_400_000;
const spans = { step: 'day' as const, starts: [10 * DAY, 11 * DAY, 12 * DAY], end: 13 * DAY };
const step = (day: number, loop: string, status: LoopStep['status'], workspace: string | null = 'ws_1') => ({
  at: day * DAY,
  loop,
  status,
  workspace,
});

describe('how threads came and went', () => {
  it('counts what began, ended and stands, span by span', () => {
    const history = historyOf(
      [
        step(3, 'a', 'proposed'),
        step(9, 'a', 'stale'),
        step(10.5, 'b', 'open'),
        step(11.2, 'a', 'open'),
        step(11.5, 'b', 'blessed'),
        step(11.6, 'c', 'open'),
        step(12.5, 'c', 'dropped'),
      ],
      spans,
      null,
    );
    assert.deepEqual(history.spans, [
      { at: 10 * DAY, opened: 1, finished: 0, dropped: 0, open: 1, stale: 1 },
      { at: 11 * DAY, opened: 1, finished: 1, dropped: 0, open: 2, stale: 0 },
      { at: 12 * DAY, opened: 0, finished: 0, dropped: 1, open: 1, stale: 0 },
    ]);
    assert.equal(history.until, 13 * DAY);
  });

  it('what is put off is neither in hand nor left lying; what was forgotten stands no more', () => {
    const { spans: rows } = historyOf(
      [step(1, 'a', 'open'), step(1, 'b', 'open'), step(10.5, 'a', 'deferred'), step(11.5, 'b', 'gone')],
      spans,
      null,
    );
    assert.deepEqual(
      rows.map(({ open, stale, finished, dropped }) => [open, stale, finished, dropped]),
      [
        [1, 0, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
      ],
    );
  });

  it('signed off and then merged is finished once', () => {
    const { spans: rows } = historyOf(
      [
        step(10, 'a', 'open'),
        step(10.1, 'a', 'blessed'),
        step(10.2, 'a', 'merged'),
        step(10.3, 'a', 'merged'),
      ],
      spans,
      null,
    );
    assert.equal(rows[0]?.finished, 1);
  });

  it('of one folder counts those that began there, whatever is told of them later', () => {
    const steps = [step(10, 'a', 'open'), step(10, 'b', 'open', 'ws_2'), step(11, 'b', 'dropped', null)];
    assert.equal(historyOf(steps, spans, 'ws_1').spans.at(-1)?.open, 1);
    assert.equal(historyOf(steps, spans, 'ws_1').spans[1]?.dropped, 0);
    assert.equal(historyOf(steps, spans, 'ws_2').spans[1]?.dropped, 1);
  });

  it('never counts below zero and adds up, whatever the log holds', () => {
    const all: LoopStep['status'][] = [
      'proposed',
      'open',
      'stale',
      'deferred',
      'blessed',
      'dropped',
      'merged',
      'gone',
    ];
    for (let seed = 1; seed <= 200; seed++) {
      const steps = Array.from({ length: 40 }, (_, i) => {
        const n = (seed * 7919 + i * 104_729) % 1009;
        return step(9 + (i * 4) / 40, `loop_${n % 6}`, all[n % all.length]!);
      });
      const last = new Map(steps.map(({ loop, status }) => [loop, status]));
      const row = historyOf(steps, spans, null).spans.at(-1)!;
      const of = (...wanted: string[]) =>
        [...last.values()].filter((status) => wanted.includes(status)).length;
      assert.equal(row.open, of('open', 'proposed'));
      assert.equal(row.stale, of('stale'));
    }
  });

  it('reads the log once, goes on from there, and leaves other events alone', async () => {
    using folder = temporaryFolder();
    const clock = new VirtualClock(Date.UTC(2026, 2, 2, 12));
    const store = await openStore(folder.path, { clock });
    const { mind } = store;
    const history = new LoopHistory({ mind, pause: () => Promise.resolve() });
    const tell = (...events: NewEvent[]) =>
      mind.transact((tx) => {
        for (const event of events) tx.emit(event);
      });
    const now = async () => (await history.last(1, clock.now(), null)).spans[0]!;
    tell(
      { type: 'loop.opened', subject: 'loop_1', data: { workspace: 'ws_1' } },
      { type: 'loop.proposed', subject: 'loop_2', data: { workspace: 'ws_1' } },
      { type: 'whisper.added', subject: 'whisper_1', data: { status: 'open' } },
    );
    assert.deepEqual(await now(), {
      at: (await now()).at,
      opened: 2,
      finished: 0,
      dropped: 0,
      open: 2,
      stale: 0,
    });
    tell({ type: 'loop.finished', subject: 'loop_1' }, { type: 'loop.withdrawn', subject: 'loop_2' });
    const after = await now();
    assert.deepEqual([after.opened, after.finished, after.open], [2, 1, 0]);
    store.close();
  });
});
