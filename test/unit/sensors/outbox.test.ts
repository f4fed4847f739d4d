import assert from 'node:assert/strict';
import { silentLogger, VirtualClock } from '../../../companion/kernel/index.ts';
import { FLUSH_COUNT, FLUSH_MS, HELD_AT_MOST, Outbox } from '../../../companion/sensors/outbox.ts';
import type { ActivitySpan, SensorRow } from '../../../companion/sensors/records.ts';
import { MemorySink, NOON, turns } from './support.ts';

const row = (n: number): SensorRow => ({
  at: NOON,
  workspace: '/w',
  kind: 'cpu',
  file: null,
  branch: null,
  n,
});
const span = (id: string, edits: number): ActivitySpan => ({
  ...{ id, workspace: '/w', kind: 'file', file: 'a', branch: null, started: NOON, ended: NOON },
  ...{ edits, saves: 0, files: 1 },
});

function setUp() {
  const clock = new VirtualClock(NOON);
  const sink = new MemorySink();
  const told: boolean[] = [];
  const outbox = new Outbox({ sink, clock, logger: silentLogger, onSink: (failing) => told.push(failing) });
  return { clock, sink, outbox, told };
}

describe('sensors: outbox', () => {
  it('writes together what came within two seconds, each span once', async () => {
    const { clock, sink, outbox } = setUp();
    outbox.addRow(row(1));
    for (let edits = 1; edits <= 50; edits++) outbox.addSpan(span('span_a', edits));
    clock.advance(FLUSH_MS - 1);
    await turns();
    assert.equal(sink.batches, 0);
    clock.advance(1);
    await turns();
    assert.equal(sink.batches, 2);
    assert.equal(sink.rows.length, 1);
    assert.equal(sink.spans.get('span_a')?.edits, 50);
  });

  it('writes at once when much waits', async () => {
    const { sink, outbox } = setUp();
    for (let n = 0; n < FLUSH_COUNT; n++) outbox.addRow(row(n));
    await turns();
    assert.equal(sink.rows.length, FLUSH_COUNT);
  });

  it('[F5] keeps what a full disk refused, in order, tells it once and writes it later', async () => {
    const { clock, sink, outbox, told } = setUp();
    sink.fail = true;
    outbox.addRow(row(1));
    outbox.addSpan(span('span_a', 1));
    await outbox.flush();
    outbox.addRow(row(2));
    outbox.addSpan(span('span_a', 2));
    clock.advance(FLUSH_MS);
    await turns();
    assert.deepEqual(told, [true]);
    sink.fail = false;
    clock.advance(FLUSH_MS);
    await turns();
    assert.deepEqual(
      sink.rows.map((r) => r.n),
      [1, 2],
    );
    assert.equal(sink.spans.get('span_a')?.edits, 2);
    assert.deepEqual(told, [true, false]);
  });

  it('[F5] holds a bounded number of rows while nothing can be written: the newest', async () => {
    const { sink, outbox } = setUp();
    sink.fail = true;
    outbox.addRow(row(-1));
    await outbox.flush();
    for (let n = 0; n < 4 * HELD_AT_MOST; n++) outbox.addRow(row(n));
    sink.fail = false;
    await outbox.flush();
    assert.ok(
      sink.rows.length <= HELD_AT_MOST && sink.rows.length >= HELD_AT_MOST / 2,
      `${sink.rows.length}`,
    );
    assert.equal(sink.rows.at(-1)?.n, 4 * HELD_AT_MOST - 1);
  });

  it('writes what waits when it is disposed, and does not hang on a sink that fails', async () => {
    const { sink, outbox } = setUp();
    outbox.addRow(row(1));
    await outbox.dispose();
    assert.equal(sink.rows.length, 1);
    const other = setUp();
    other.sink.fail = true;
    other.outbox.addRow(row(1));
    await other.outbox.dispose();
  });

  it('keeps the newest state of a span that grew while writing it failed', async () => {
    const { clock, sink } = setUp();
    let refuse = () => {};
    const refused = new Promise<void>((_, reject) => {
      refuse = () => reject(new Error('disk full'));
    });
    let tries = 0;
    const outbox = new Outbox({
      clock,
      logger: silentLogger,
      onSink() {},
      sink: {
        appendRows() {},
        upsertSpans: (spans) => (tries++ === 0 ? refused : sink.upsertSpans(spans)),
      },
    });
    outbox.addSpan(span('span_a', 1));
    const first = outbox.flush();
    outbox.addSpan(span('span_a', 2));
    refuse();
    await first;
    await outbox.flush();
    assert.equal(sink.spans.get('span_a')?.edits, 2);
  });

  it('does not mix two batches when the sink is slow', async () => {
    const { clock } = setUp();
    const written: number[][] = [];
    let release = () => {};
    const outbox = new Outbox({
      clock,
      logger: silentLogger,
      onSink() {},
      sink: {
        async appendRows(rows) {
          await new Promise<void>((resolve) => {
            release = resolve;
          });
          written.push(rows.map((r) => r.n));
        },
        upsertSpans() {},
      },
    });
    outbox.addRow(row(1));
    const first = outbox.flush();
    outbox.addRow(row(2));
    const second = outbox.flush();
    release();
    await first;
    await turns();
    release();
    await second;
    assert.deepEqual(written, [[1], [2]]);
  });
});
