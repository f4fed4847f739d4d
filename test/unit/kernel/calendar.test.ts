import assert from 'node:assert/strict';
import { lastSpans, spanOf } from '../../../companion/kernel/index.ts';

const HOUR = 3_600_000;
const local = (year: number, month: number, day: number, hour = 0) =>
  new Date(year, month - 1, day, hour).getTime();

describe('spans of the calendar', () => {
  it('the last days begin at local midnight and end with this day', () => {
    const spans = lastSpans(local(2026, 3, 12, 15), 3);
    assert.equal(spans.step, 'day');
    assert.deepEqual(spans.starts, [local(2026, 3, 10), local(2026, 3, 11), local(2026, 3, 12)]);
    assert.equal(spans.end, local(2026, 3, 13));
  });

  it('more than a month is told in weeks, the last of which ends with this day', () => {
    const { step, starts, end } = lastSpans(local(2026, 3, 12, 15), 180);
    assert.equal(step, 'week');
    assert.equal(starts.length, 26);
    assert.equal(starts.at(-1), local(2026, 3, 6));
    assert.equal(end, local(2026, 3, 13));
    assert.ok(starts[0]! <= local(2026, 3, 12, 15) - 179 * 24 * HOUR);
  });

  it('every span begins at midnight in a year with its changes of clocks', () => {
    for (const at of lastSpans(local(2026, 12, 31), 400).starts) assert.equal(new Date(at).getHours(), 0);
    for (let day = 1; day <= 31; day++)
      for (const at of lastSpans(local(2026, 3, day, 12), 31).starts)
        assert.equal(new Date(at).getHours(), 0);
  });

  it('a moment belongs to the span that it lies in', () => {
    const spans = lastSpans(local(2026, 3, 12, 15), 3);
    assert.equal(spanOf(spans, local(2026, 3, 9, 23)), -1);
    assert.equal(spanOf(spans, local(2026, 3, 10)), 0);
    assert.equal(spanOf(spans, local(2026, 3, 11) - 1), 0);
    assert.equal(spanOf(spans, local(2026, 3, 11)), 1);
    assert.equal(spanOf(spans, local(2026, 3, 20)), 2);
  });
});
