import assert from 'node:assert/strict';
import fc from 'fast-check';
import { extract } from '../../../companion/dream/index.ts';

const told = (texts: readonly string[]) => texts.map((text, i) => ({ id: `memory_${i}`, at: i, text }));

describe('dream/extract', () => {
  it('quotes what most speak of, in the order in which it happened', () => {
    const quotes = extract(
      told([
        'Lunch was late and cold. The scheduler test is flaky because of the clock.',
        'The clock makes the scheduler flaky; freeze it in each test.',
        'Bo went to Lisbon with his aunt.',
        'Yes.',
        'Is the scheduler flaky because of the clock in the test?',
        'A frozen clock mended the flaky scheduler at last!',
      ]),
    );
    const texts = quotes.map(({ text }) => text);
    assert.ok(texts.includes('The scheduler test is flaky because of the clock.'), texts.join('|'));
    assert.ok(!texts.some((text) => /^Yes|\?$/.test(text)));
    assert.deepEqual(
      quotes.map(({ at }) => at),
      quotes.map(({ at }) => at).sort((a, b) => a - b),
    );
  });

  it('says nothing twice', () => {
    const same = 'The parser drops the last bracket of nested generics.';
    assert.equal(extract(told([same, `${same} `, `Well, ${same}`])).length, 1);
  });

  it('whatever is said: at most five, one of each record, word by word as they stand there', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 400 }), { maxLength: 12 });
    fc.assert(
      fc.property(texts, (all) => {
        const records = told(all);
        const quotes = extract(records);
        assert.ok(quotes.length <= 5);
        assert.equal(new Set(quotes.map(({ id }) => id)).size, quotes.length);
        for (const { id, text } of quotes) {
          const record = records.find((each) => each.id === id)!;
          assert.ok(
            record.text.replace(/\s+/g, ' ').includes(text.replace(/…$/, '')),
            `${text} in ${record.text}`,
          );
        }
        assert.deepEqual(extract(records), quotes);
      }),
    );
  });
});
