import assert from 'node:assert/strict';
import { dayOf, inQuietHours, systemLocalTime } from '../../../companion/interruption/local-time.ts';
import { HOUR, rulesOf, START } from './simulation/events.ts';

describe('local time', () => {
  const zone = process.env.TZ;
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it('follows the zone of the machine through the change of summer time', () => {
    process.env.TZ = 'Europe/Berlin';
    // 29 March 2026: 02:00 becomes 03:00.
    const before = systemLocalTime(Date.UTC(2026, 2, 29, 0, 59));
    const after = systemLocalTime(Date.UTC(2026, 2, 29, 1, 0));
    assert.deepEqual([before.minute, after.minute], [119, 180]);
    assert.equal(before.day, after.day);
    process.env.TZ = 'Pacific/Kiritimati';
    assert.equal(systemLocalTime(Date.UTC(2026, 2, 29, 11)).day, before.day + 1);
  });

  it('begins a day at the hour of the settings', () => {
    const { local } = rulesOf();
    const today = dayOf(START, 5, local);
    assert.equal(dayOf(START - 5 * HOUR, 5, local), today, '05:00');
    assert.equal(dayOf(START - 5 * HOUR - 1, 5, local), today - 1, '04:59');
    assert.equal(dayOf(START + 19 * HOUR - 1, 5, local), today, '04:59 of the next date');
    assert.equal(dayOf(START - 10 * HOUR, 0, local), today, 'midnight');
  });

  const quiet: readonly [from: string, until: string, at: string, quiet: boolean][] = [
    ['12:00', '13:30', '11:59', false],
    ['12:00', '13:30', '12:00', true],
    ['12:00', '13:30', '13:29', true],
    ['12:00', '13:30', '13:30', false],
    ['22:00', '07:00', '21:59', false],
    ['22:00', '07:00', '22:00', true],
    ['22:00', '07:00', '00:00', true],
    ['22:00', '07:00', '06:59', true],
    ['22:00', '07:00', '07:00', false],
    ['00:00', '23:59', '12:00', true],
    ['09:00', '09:00', '09:00', false],
    ['', '07:00', '03:00', false],
    ['22:00', '', '23:00', false],
  ];
  for (const [from, until, at, expected] of quiet) {
    it(`${at} is ${expected ? '' : 'not '}quiet from ${from || 'never'} until ${until || 'never'}`, () => {
      const [hour, minute] = at.split(':').map(Number);
      assert.equal(inQuietHours(hour! * 60 + minute!, from, until), expected);
    });
  }
});
