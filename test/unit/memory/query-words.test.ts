import assert from 'node:assert/strict';
import fc from 'fast-check';
import { matchAny, queryWords } from '../../../companion/memory/query-words.ts';

describe('memory/query words', () => {
  const cases: [query: string, words: string[]][] = [
    ['Why did we pick SQLite?', ['pick', 'sqlite']],
    ['SQLite sqlite SQLITE', ['sqlite']],
    ['what was it', ['what', 'was', 'it']],
    ['parser.ts:41 foo_bar', ['parser', 'ts', '41', 'foo', 'bar']],
    ['naïve café', ['naïve', 'café']],
    ['где лежит база', ['где', 'лежит', 'база']],
    ['"NEAR(a b)" AND NOT x*', ['near']],
    ['🎉 ?!', []],
    ['', []],
    ['\0', []],
  ];
  for (const [query, words] of cases) {
    it(`${JSON.stringify(query)} asks for ${words.join(', ') || 'nothing'}`, () =>
      assert.deepEqual(queryWords(query), words));
  }

  it('makes of anything a bounded list without a quote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (query) => {
        const words = queryWords(query);
        assert.ok(words.length <= 64);
        assert.ok(words.every((word) => !/["\0\s]/.test(word)));
      }),
    );
  });

  it('quotes each word, so that none is an operator', () => {
    assert.equal(matchAny(['near', 'or']), '"near" OR "or"');
  });
});
