import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dayHeading, isDayHeading, workingDay } from '../../../companion/working-files/day.ts';
import { systemZone } from '../../../companion/working-files/zone.ts';
import { zoneOf } from './zones.ts';

const berlin = zoneOf('Europe/Berlin');
const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Australia/Lord_Howe',
].map(zoneOf);

describe('working-files/day', function () {
  this.timeout(30_000);

  const cases: [string, string][] = [
    ['2025-11-05T03:59:59.999Z', '2025-11-04'],
    ['2025-11-05T04:00:00Z', '2025-11-05'],
    ['2025-12-31T23:30:00Z', '2025-12-31'],
    ['2026-01-01T04:00:00Z', '2026-01-01'],
    // The clocks go forward at 02:00 local time, and back at 03:00: the day still begins at 05:00.
    ['2026-03-29T02:59:59Z', '2026-03-28'],
    ['2026-03-29T03:00:00Z', '2026-03-29'],
    ['2026-10-25T03:59:59Z', '2026-10-24'],
    ['2026-10-25T04:00:00Z', '2026-10-25'],
  ];
  for (const [at, day] of cases)
    it(`${at} belongs to ${day} in Berlin`, () => {
      assert.equal(workingDay(Date.parse(at), 5, berlin), day);
    });

  it('never goes back as time goes on, and each day comes, whatever the clocks do', () => {
    const start = Date.UTC(2025, 0, 1);
    for (const zone of zones) {
      const days = Array.from({ length: 8 * 370 }, (_, hour) =>
        workingDay(start + hour * 3 * 3_600_000, 5, zone),
      );
      assert.deepEqual(days, [...days].sort());
      const distinct = [...new Set(days)];
      const first = Date.parse(distinct[0] as string);
      const calendar = distinct.map((_, i) => new Date(first + i * 86_400_000).toISOString().slice(0, 10));
      assert.deepEqual(distinct, calendar);
    }
  });

  it('counts the hours before the day starts as the day before, in each zone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones, systemZone),
        fc.integer({ min: 0, max: 4e12 }),
        fc.integer({ min: 0, max: 23 }),
        (zone, at, startsAt) => {
          const local = zone.local(at);
          const date = Date.UTC(local.year, local.month - 1, local.day - (local.hour < startsAt ? 1 : 0));
          assert.equal(workingDay(at, startsAt, zone), new Date(date).toISOString().slice(0, 10));
        },
      ),
    );
  });

  it('names a day, and knows its own names', () => {
    assert.equal(dayHeading('2025-11-05'), 'Wednesday 5 November 2025');
    assert.ok(isDayHeading('Wednesday 5 November 2025'));
    assert.ok(!isDayHeading('Wednesday 5 November 2025, at home'));
  });
});
