import assert from 'node:assert/strict';
import { distinctiveTerms } from '../../../companion/clusters/names.ts';
import { termCounts } from '../../../companion/clusters/terms.ts';
import { Vocabulary } from '../../../companion/clusters/vocabulary.ts';

function named(members: string[], others: string[]): string[] {
  const vocabulary = new Vocabulary();
  for (const text of [...members, ...others]) vocabulary.add(termCounts(text));
  return distinctiveTerms(members.map(termCounts), vocabulary, 2);
}

describe('clusters/names', () => {
  const cases: [title: string, members: string[], others: string[], name: string[]][] = [
    [
      'by what is frequent here and rare elsewhere',
      ['the parser fails', 'the parser works'],
      ['the lake', 'the boat'],
      ['parser'],
    ],
    ['not by what is everywhere', ['the end', 'the end'], ['the the the lake'], ['end']],
    [
      'not by a word of one member',
      ['sqlite canary', 'sqlite index', 'sqlite vacuum'],
      ['lunch'],
      ['sqlite'],
    ],
    ['a theme that is all there is', ['sqlite index', 'sqlite index'], [], ['index', 'sqlite']],
    [
      'by at most four',
      ['one1 two2 three3 four4 five5', 'one1 two2 three3 four4 five5'].map((t) => t.replace(/\d/g, 'x')),
      [],
      ['fivex', 'fourx', 'onex', 'threex'],
    ],
    ['in any script', ['где лежит база', 'старая база'], ['обед'], ['база']],
    ['without words', ['', '!?'], ['lake'], []],
  ];
  for (const [title, members, others, name] of cases) {
    it(title, () => assert.deepEqual(named(members, others), name));
  }

  it('a vocabulary is as before when what came has gone', () => {
    const vocabulary = new Vocabulary();
    vocabulary.add(termCounts('sqlite index'));
    vocabulary.add(termCounts('sqlite sqlite canary'));
    vocabulary.remove(termCounts('sqlite sqlite canary'));
    assert.equal(vocabulary.words, 2);
    assert.equal(vocabulary.of('canary'), 0);
    assert.equal(vocabulary.of('sqlite'), 1);
  });
});
