import assert from 'node:assert/strict';
import fc from 'fast-check';
import { idleFrom, look, seen } from '../../../companion/dream/idle.ts';
import { isFree, LEASE_MS } from '../../../companion/dream/lease.ts';
import { dreamDay, minuteOf } from '../../../companion/dream/night.ts';
import type { ToLocal } from '../../../companion/interruption/index.ts';
import { zoneOf } from '../working-files/zones.ts';
import { DAY, HOUR, MINUTE, utc } from './world.ts';

const localIn = (name: string): ToLocal => {
  const zone = zoneOf(name);
  return (at) => {
    const { year, month, day, hour, minute } = zone.local(at);
    return { day: Date.UTC(year, month - 1, day) / DAY, minute: hour * 60 + minute };
  };
};
const at = (text: string) => Date.parse(`${text}Z`);

describe('dream/night', () => {
  const rules = { at: 120, dayStartsAt: 5, local: utc };

  for (const [when, day] of [
    ['2026-03-02T01:59', '2026-02-28'],
    ['2026-03-02T02:00', '2026-03-01'],
    ['2026-03-02T04:59', '2026-03-01'],
    ['2026-03-02T23:59', '2026-03-01'],
    ['2026-03-03T01:59', '2026-03-01'],
    ['2026-03-03T02:00', '2026-03-02'],
  ] as const)
    it(`[S6] at ${when} the dream of ${day} is due`, () => assert.equal(dreamDay(at(when), rules), day));

  it('an hour in the afternoon belongs to its own day', () => {
    assert.equal(dreamDay(at('2026-03-02T14:00'), { ...rules, at: 13 * 60 }), '2026-03-02');
    assert.equal(dreamDay(at('2026-03-02T12:59'), { ...rules, at: 13 * 60 }), '2026-03-01');
  });

  it('reads a time of day', () => {
    assert.deepEqual([minuteOf('02:30'), minuteOf('00:00'), minuteOf('')], [150, 0, null]);
  });

  for (const zone of [
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'America/Sao_Paulo',
    'Asia/Kolkata',
  ])
    it(`[S6] in ${zone} each day of a year is due exactly once, whatever the clocks do`, () => {
      const local = localIn(zone);
      const days: string[] = [];
      for (let now = at('2026-01-05T00:00'); now < at('2027-01-05T00:00'); now += 10 * MINUTE) {
        const day = dreamDay(now, { ...rules, local });
        if (day !== days.at(-1)) days.push(day);
      }
      assert.equal(new Set(days).size, days.length, 'a day came twice');
      assert.deepEqual([...days].sort(), days, 'a day came before an earlier one');
      assert.ok(days.length === 366 || days.length === 365, String(days.length));
    });
});

describe('dream/idle', () => {
  it('[S6] time that nobody watched does not count: not a sleep, nor a clock that was set', () => {
    let idleness = idleFrom(0);
    for (let now = MINUTE; now <= 30 * MINUTE; now += MINUTE) idleness = look(idleness, now);
    assert.equal(idleness.since, 0);
    const woken = look(idleness, 9 * HOUR);
    assert.equal(woken.since, 9 * HOUR, 'the machine slept');
    assert.equal(look(woken, 8 * HOUR).since, 8 * HOUR, 'the clock was set back');
    assert.equal(look(seen(idleness, 31 * MINUTE), 32 * MINUTE).since, 31 * MINUTE);
  });

  it('idle time is never more than what lies between looks in time', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: -3 * HOUR, max: 3 * HOUR }), fc.boolean()), {
      maxLength: 50,
    });
    fc.assert(
      fc.property(steps, (all) => {
        let [now, idleness, watched] = [DAY, idleFrom(DAY), 0];
        for (const [step, sign] of all) {
          now += step;
          watched = step >= 0 && step <= 5 * MINUTE ? watched + step : 0;
          if (sign) watched = 0;
          idleness = look(idleness, now);
          if (sign) idleness = seen(idleness, now);
          assert.equal(now - idleness.since, watched);
        }
      }),
    );
  });
});

describe('dream/lease', () => {
  const holder = { pid: 7, instance: 'us', isAlive: (pid: number) => pid === 8 };
  const lease = (pid: number, instance = 'them') => ({ pid, instance, at: 0 });

  it('[S6] is free where nobody holds it, we do, its process is dead, or it was not said again for ten minutes', () => {
    assert.equal(isFree(null, 0, holder), true);
    assert.equal(isFree(lease(8, 'us'), 0, holder), true);
    assert.equal(isFree(lease(9), 0, holder), true, 'dead');
    assert.equal(isFree(lease(7), 0, holder), true, 'the number is ours now');
    assert.equal(isFree(lease(8), LEASE_MS - 1, holder), false);
    assert.equal(isFree(lease(8), LEASE_MS, holder), true);
    assert.equal(isFree(lease(8), -LEASE_MS, holder), true, 'the clock was set back');
  });
});
