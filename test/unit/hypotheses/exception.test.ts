import assert from 'node:assert/strict';
import { exceptionWords, outside, readException } from '../../../companion/hypotheses/exception.ts';
import { weeksOf } from '../../../companion/hypotheses/weeks.ts';
import { calendar, work } from './work.ts';

const cases: readonly [text: string, read: string | null][] = [
  ['on Fridays', 'on Friday'],
  ['Not on Mondays and Wed', 'on Monday, Wednesday'],
  ['at weekends', 'on Saturday, Sunday'],
  ['after 18:00', 'from 18:00 to 24:00'],
  ['before 9am', 'from 00:00 to 09:00'],
  ['between 12:00 and 13:30', 'from 12:00 to 13:30'],
  ['Fridays after 3 pm', 'on Friday, from 15:00 to 24:00'],
  ['in the evening', 'from 18:00 to 24:00'],
  ['for hotfixes', 'on branches with hotfix'],
  ['on release branches', 'on branches with release'],
  ['when I am tired', null],
  ['it depends', null],
  ['', null],
];

describe('hypotheses/exception', () => {
  for (const [text, read] of cases)
    it(`"${text}" is read as ${read ?? 'nothing'}`, () => {
      const exception = readException(text);
      assert.equal(exception && exceptionWords(exception), read);
    });

  it('leaves out what lies inside, and nothing else', () => {
    const [week] = weeksOf(work({ weeks: 1, start: 9, strays: 30 }), calendar);
    const days = (text: string) => {
      const left = outside(week!, readException(text)!, calendar);
      return [...new Set(left?.items.map(({ day }) => day - week!.items[0]!.day))];
    };
    assert.deepEqual(days('on Tuesdays and Fridays'), [0, 2, 3]);
    const early = outside(week!, readException('after 12:00')!, calendar)!;
    assert.ok(early.items.length > 0 && early.items.every(({ minute }) => minute < 720));
    assert.equal(outside(week!, readException('before 24:00')!, calendar), null);
  });
});
