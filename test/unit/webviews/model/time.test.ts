import assert from 'node:assert/strict';
import { DAY, exact, HOUR, relative, span, stamp, weekdayAndTime } from '../../../../webviews/model/time.ts';
import { NOW } from '../../../fixtures/samples.ts';

const MINUTE = 60_000;

describe('relative time', () => {
  const cases: [ms: number, text: string][] = [
    [0, 'just now'],
    [44_000, 'just now'],
    [50_000, '1 min ago'],
    [59 * MINUTE, '59 min ago'],
    [HOUR, '1 h ago'],
    [38 * HOUR, '38 h ago'],
    [48 * HOUR, '2 days ago'],
    [13 * DAY, '13 days ago'],
    [14 * DAY, '2 weeks ago'],
    [88 * DAY, '3 months ago'],
    [740 * DAY, '2 years ago'],
    [-DAY, 'in 24 h'],
    [-7 * DAY, 'in 7 days'],
  ];
  for (const [ms, text] of cases) it(`${ms} ms: ${text}`, () => assert.equal(relative(NOW - ms, NOW), text));
});

describe('a span', () => {
  const cases: [ms: number, text: string][] = [
    [30_000, 'less than a minute'],
    [MINUTE, '1 minute'],
    [62 * HOUR, '2 days 14 hours'],
    [DAY, '1 day'],
    [HOUR + 5 * MINUTE, '1 hour 5 minutes'],
    [3 * DAY + 10 * MINUTE, '3 days'],
  ];
  for (const [ms, text] of cases) it(`${ms} ms: ${text}`, () => assert.equal(span(ms), text));
});

describe('a moment', () => {
  it('is said as one says it', () => {
    assert.equal(stamp(NOW - 2 * HOUR, NOW, 'UTC'), '07:12');
    assert.equal(stamp(NOW - 62 * HOUR, NOW, 'UTC'), 'Fri 19:12');
    assert.equal(stamp(NOW - 10 * DAY, NOW, 'UTC'), '14 Nov');
    assert.equal(stamp(NOW - 400 * DAY, NOW, 'UTC'), '20 Oct 2024');
  });

  it('counts a day where the reader is', () => {
    const evening = Date.UTC(2025, 10, 23, 23, 30);
    assert.equal(stamp(evening, NOW, 'UTC'), 'Sun 23:30');
    assert.equal(stamp(evening, NOW, 'Europe/Berlin'), '00:30');
  });

  it('is exact where asked', () => {
    assert.equal(exact(NOW, 'UTC'), 'Monday 24 November 2025 at 09:12');
    assert.equal(weekdayAndTime(NOW, 'UTC'), 'Monday 09:12');
  });
});
