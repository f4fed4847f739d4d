import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatTime, parseTime } from '../../../companion/working-files/times.ts';
import { zoneOf } from './zones.ts';

const berlin = { zone: zoneOf('Europe/Berlin'), dayStartsAt: 5 };

describe('working-files/times', function () {
  this.timeout(30_000);

  const read: [unknown, string | null | undefined][] = [
    [null, null],
    ['2025-11-10', '2025-11-10T04:00:00Z'],
    ['2026-07-10', '2026-07-10T03:00:00Z'],
    ['2025-11-10T14:30', '2025-11-10T13:30:00Z'],
    ['2025-11-10 14:30:15', '2025-11-10T13:30:15Z'],
    ['2025-11-10T14:30Z', '2025-11-10T14:30:00Z'],
    ['2025-11-10T14:30:00.250-08:00', '2025-11-10T22:30:00.250Z'],
    ['2025-11-10T14:30+0530', '2025-11-10T09:00:00Z'],
    [Date.UTC(2025, 10, 10), '2025-11-10T00:00:00Z'],
    ['2025-02-30', undefined],
    ['2025-11-10T24:30', undefined],
    ['2025-13-01', undefined],
    ['1969-12-31', undefined],
    ['tomorrow', undefined],
    ['', undefined],
    [-1, undefined],
    [1.5, undefined],
    [true, undefined],
    [undefined, undefined],
  ];
  for (const [value, expected] of read)
    it(`reads ${JSON.stringify(value)} as ${expected}`, () => {
      const at = typeof expected === 'string' ? Date.parse(expected) : expected;
      assert.equal(parseTime(value, berlin), at);
    });

  it('writes the date alone where it is the beginning of the day, else local time with its offset', () => {
    assert.equal(formatTime(Date.parse('2025-11-10T04:00:00Z'), berlin), '2025-11-10');
    assert.equal(formatTime(Date.parse('2025-11-10T13:30:00Z'), berlin), '2025-11-10T14:30+01:00');
    assert.equal(formatTime(Date.parse('2025-07-10T13:30:05.007Z'), berlin), '2025-07-10T15:30:05.007+02:00');
    assert.equal(formatTime(null, berlin), null);
  });

  it('what is written is read as the same moment, in every zone and also while the clocks change', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'].map(zoneOf);
    const change = Date.UTC(2026, 2, 29, 1);
    const moment = fc.oneof(
      fc.integer({ min: 0, max: 4e12 }),
      fc.integer({ min: change - 1e7, max: change + 1e7 }),
      fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        moment,
        fc.integer({ min: 0, max: 23 }),
        (zone, at, dayStartsAt) => {
          assert.equal(parseTime(formatTime(at, { zone, dayStartsAt }), { zone, dayStartsAt }), at);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
