import assert from 'node:assert/strict';
import {
  byWords,
  caresWords,
  decisionWords,
  outcomeWords,
  overrules,
  recordWords,
  sessionWords,
  weightWords,
} from '../../../../webviews/model/council-words.ts';
import { NOW } from '../../../fixtures/samples.ts';
import { ScriptedCouncil } from '../../../support/scripted-council.ts';

const record = (hits: number, misses: number, waiting: number) => ({
  hits,
  misses,
  waiting,
  rate: 0.5,
  weight: 1,
});
const council = new ScriptedCouncil({ now: () => NOW, changed: () => {} });
const asked = council.sit(
  { kind: 'question', subject: null, question: 'Where?', options: ['here', 'there'] },
  { workspace: '/w', correction: false },
);

describe('the council in words', () => {
  it('tells a track record as what it is: so many right of so many', () => {
    assert.equal(recordWords(record(7, 2, 0)), 'right 7 of 9 times');
    assert.equal(recordWords(record(1, 0, 1)), 'right 1 of 1 time, 1 vote still open');
    assert.equal(recordWords(record(0, 0, 2)), 'no vote borne out yet, 2 votes still open');
    assert.equal(recordWords(record(0, 0, 0)), 'no vote yet');
  });

  it('tells what a vote counts, and who argued', () => {
    assert.equal(weightWords(1.38), 'counts 1.4 times');
    assert.equal(weightWords(1.02), 'counts once');
    assert.equal(weightWords(0.5), 'counts 0.5 times');
    assert.equal(byWords({ answeredBy: null }), 'by rules');
    const risky = { risk: 0.9, effort: 0.1, value: 0.5, novelty: 0.6, focus: 0.2 };
    assert.equal(caresWords(risky), 'cares most about risk and what is new');
  });

  it('tells how a round ended', () => {
    const round = { choice: 'a', shares: [{ choice: 'a', share: 0.66 }], cast: 3, quorum: 3 };
    assert.equal(outcomeWords({ ...round, outcome: 'decided' }), 'Decided: a (66 % of the vote)');
    assert.equal(
      outcomeWords({ ...round, outcome: 'contested', choice: null }),
      'Contested: 66 % of the vote decides, and a has 66 %',
    );
    assert.equal(
      outcomeWords({ ...round, outcome: 'no_quorum', cast: 1 }),
      'No quorum: 1 vote, and it takes 3',
    );
    assert.match(outcomeWords({ ...round, outcome: 'expired' }), /^Expired/);
    assert.match(outcomeWords({ ...round, outcome: 'contested', shares: [] }), /no choice has enough/);
  });

  it('knows what overrules: another choice than one that was decided', () => {
    assert.equal(overrules({ outcome: 'decided', choice: 'a' }, 'b'), true);
    assert.equal(overrules({ outcome: 'decided', choice: 'a' }, 'a'), false);
    assert.equal(overrules({ outcome: 'contested', choice: null }, 'b'), false);
  });

  it('says where the user stands with it', () => {
    assert.equal(decisionWords(asked), 'your call');
    assert.match(
      sessionWords(asked),
      /The council has voted\. Decided: here \(100 % of the vote\)\. Your call\./,
    );
    const decided = council.decide(asked.id, 'there', 'because');
    assert.equal(decisionWords(decided), 'you chose there, against the council');
  });
});
