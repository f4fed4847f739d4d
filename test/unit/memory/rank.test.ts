import assert from 'node:assert/strict';
import { type Candidate, rank, WORDS_ALONE } from '../../../companion/memory/rank.ts';

const turn = (position: number, fields: Partial<Candidate> = {}): Candidate => ({
  rowid: position,
  session: 's',
  position,
  asks: false,
  named: false,
  words: 0,
  meaning: null,
  inTime: false,
  freshness: 0,
  salience: 0,
  past: false,
  ...fields,
});
const order = (candidates: Candidate[]) => rank(candidates).ranked.map(({ rowid }) => rowid);

describe('memory/rank', () => {
  it('puts the answer to a question beside it, before what was said ahead of it', () => {
    const { ranked } = rank([turn(1), turn(2, { words: 10, asks: true }), turn(3)]);
    assert.deepEqual(
      ranked.map(({ rowid }) => rowid),
      [2, 3, 1],
    );
    const [, answer, ahead] = ranked;
    assert.equal(answer?.parts.neighbours, 10);
    assert.equal(ahead?.parts.neighbours, 3);
  });

  it('gives nothing across sessions', () => {
    const [best, other] = rank([turn(1, { words: 10 }), turn(2, { session: 't' })]).ranked;
    assert.equal(best?.rowid, 1);
    assert.equal(other?.score, 0);
  });

  it('prefers who is named among what says the same', () => {
    assert.deepEqual(
      order([
        turn(1, { session: null, position: null, words: 4 }),
        turn(9, { session: null, position: null, words: 4, named: true }),
      ]),
      [9, 1],
    );
  });

  it('prefers the session that has more to say', () => {
    assert.deepEqual(
      order([
        turn(1, { words: 5 }),
        turn(20, { session: 't', words: 5 }),
        turn(30, { session: 't', words: 4 }),
      ]),
      [20, 1, 30],
    );
  });

  it('the score is the sum of its parts', () => {
    for (const { score, parts } of rank([
      turn(1, { words: 3, named: true }),
      turn(2, { words: 2, asks: true }),
    ]).ranked) {
      const sum = Object.values(parts).reduce((all, part) => all + part, 0);
      assert.ok(Math.abs(score - sum) < 1e-9);
    }
  });

  it('can be told to hear the words alone', () => {
    const { ranked } = rank([turn(1, { words: 3 }), turn(2, { words: 1, named: true })], WORDS_ALONE);
    assert.deepEqual(
      ranked.map(({ score }) => score),
      [3, 1],
    );
  });

  it('the newest comes first among equals', () => {
    assert.deepEqual(
      order([turn(1, { words: 1, session: null }), turn(2, { words: 1, session: null })]),
      [2, 1],
    );
  });
});
