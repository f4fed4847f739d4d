import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PROFILES } from '../../../companion/council/archetypes.ts';
import { fateOpinion, measureOptions, UNMEASURED } from '../../../companion/council/index.ts';
import { type Argument, corrected, opinionOf } from '../../../companion/council/opinions.ts';
import type { Archetype } from '../../../companion/protocol/index.ts';
import { DAY, question, START } from '../../support/council.ts';

const ARCHETYPES = Object.keys(PROFILES) as Archetype[];
const record = (content: string, more: object = {}) => ({
  kind: 'observation' as const,
  content,
  happenedAt: START - 2 * DAY,
  writtenBy: 'person' as const,
  ...more,
});
const say = (archetype: Archetype, options: string[], records: ReturnType<typeof record>[]) =>
  opinionOf(
    { archetype, priorities: PROFILES[archetype] },
    question({ options, measures: { of: 'options', options: measureOptions(options, records, START) } }),
  );

describe('council/opinions', () => {
  it('counts what is remembered of each option: decisions for and against, trouble, success; agents’ words are none', () => {
    const records = [
      record('Database → SQLite\nno server to run', { kind: 'decision' }),
      record('Database → PostgreSQL, not SQLite', { kind: 'decision', happenedAt: START - 30 * DAY }),
      record('SQLite crashed and lost rows'),
      record('SQLite did not crash this time'),
      record('SQLite is slow', { writtenBy: 'agent' }),
      record('PostgreSQL works well'),
      record('something else'),
    ];
    const [sqlite, postgres] = measureOptions(['SQLite', 'PostgreSQL'], records, START);
    assert.deepEqual(sqlite, {
      mentions: 4,
      newestDays: 2,
      chosen: 1,
      refused: 1,
      trouble: 1,
      success: 1,
      cites: [1, 2, 3, 4],
    });
    assert.deepEqual([postgres?.mentions, postgres?.chosen, postgres?.success], [2, 1, 1]);
    // What options have in common tells none of them apart.
    const [a, b] = measureOptions(['use a queue', 'use a table'], [record('we use a table')], START);
    assert.deepEqual([a?.mentions, b?.mentions], [0, 1]);
    assert.deepEqual(
      measureOptions(['yes', 'no'], [record('no idea')], START).map(({ mentions }) => mentions),
      [0, 0],
    );
  });

  it('who guards goes by trouble and habit, who doubts by what is untried, each with its reason in words', () => {
    const records = Array.from({ length: 5 }, () => record('Redis failed again'));
    const cal = say('guardian', ['Redis', 'Memcached'], records);
    assert.equal(cal.choice, 'Memcached');
    assert.match(cal.reason, /with "Redis" 5 records tell of trouble\.$/);
    assert.deepEqual(cal.cites, [1, 2, 3, 4, 5]);
    const fine = Array.from({ length: 5 }, () => record('Redis works'));
    assert.equal(say('guardian', ['Redis', 'Memcached'], fine).choice, 'Redis');
    assert.equal(
      say('trickster', ['Redis', 'Memcached'], [record('Redis'), record('Redis'), record('Redis')]).choice,
      'Memcached',
    );
    assert.equal(say('sage', ['Redis', 'Memcached'], []).choice, null);
  });

  it('an opinion is the same for the same case, within its bounds, and one of the options or an abstention', () => {
    const words = fc.constantFrom(
      'Redis works',
      'Redis failed',
      'Memcached is fast',
      'nothing',
      'Cache → Redis',
      'Cache → Memcached',
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...ARCHETYPES),
        fc.array(fc.tuple(words, fc.constantFrom('decision', 'observation'), fc.nat(400)), { maxLength: 8 }),
        (archetype, all) => {
          const records = all.map(([content, kind, age]) =>
            record(content, { kind, happenedAt: START - age * DAY }),
          );
          const options = ['Redis', 'Memcached'];
          const one = say(archetype, options, records);
          assert.deepEqual(say(archetype, options, records), one);
          assert.ok(one.choice === null || options.includes(one.choice));
          assert.ok(one.logic >= 0 && one.logic <= 1 && (one.choice !== null || one.logic === 0));
          assert.ok(one.cites.every((n) => n >= 1 && n <= records.length));
          // In whatever order the options are put.
          assert.equal(say(archetype, options.toReversed(), records).choice, one.choice);
        },
      ),
      { seed: 4, numRuns: 300 },
    );
  });

  it('for and against: caution hears what is against it, three ways leave one in the middle', () => {
    const stance = (support: number, against: number, blockers = 0) => ({
      of: 'stance' as const,
      stance: { support, against, blockers, supportCites: [1], againstCites: [2] },
    });
    const of = (archetype: Archetype, options: string[], measures: ReturnType<typeof stance>) =>
      opinionOf({ archetype, priorities: PROFILES[archetype] }, question({ options, measures }));
    const three = ['approve', 'revise', 'reject'];
    assert.equal(of('guardian', three, stance(3, 3)).choice, 'reject');
    assert.equal(of('trickster', three, stance(3, 3)).choice, 'approve');
    assert.equal(of('sage', three, stance(3, 3)).choice, 'revise');
    assert.equal(of('sage', ['confirm', 'deny'], stance(3, 3)).choice, null);
    assert.equal(of('sage', ['bless', 'wait'], stance(3, 0, 4)).choice, 'wait');
    assert.equal(of('sage', three, stance(0, 0)).choice, null);
    assert.deepEqual(of('trickster', three, stance(5, 0)).cites, [1]);
  });

  it('the correction moves only who is unsure, only to what is borne out much better', () => {
    const own = { choice: 'a', logic: 0.2, reason: 'perhaps', cites: [], answeredBy: null };
    const others = (logic: number): Argument[] => [
      { choice: 'b', logic, reason: 'measured twice' },
      { choice: 'b', logic, reason: 'measured' },
    ];
    assert.deepEqual(corrected(own, others(0.4)), own);
    const moved = corrected(own, others(0.8));
    assert.deepEqual([moved.choice, moved.logic], ['b', 0.4]);
    assert.match(moved.reason, /^I was unsure, and this is borne out better: measured/);
    assert.deepEqual(corrected(own, others(0.8).toReversed()), moved);
    const sure = { ...own, logic: 0.5 };
    assert.deepEqual(corrected(sure, others(1)), sure);
    const silent = { ...own, choice: null, logic: 0 };
    assert.deepEqual(corrected(silent, others(1)), silent);
  });

  it('the fate of a thread: nothing measured, nothing said; the same measures, the same opinion', () => {
    for (const archetype of ARCHETYPES) {
      assert.equal(fateOpinion(archetype, PROFILES[archetype], UNMEASURED).choice, null);
      const measures = { ...UNMEASURED, idleDays: 3, ahead: 5, uncommittedFiles: 2, ageDays: 20, current: 1 };
      const one = fateOpinion(archetype, PROFILES[archetype], measures);
      assert.deepEqual(fateOpinion(archetype, PROFILES[archetype], measures), one);
      assert.ok(one.lean >= -1 && one.lean <= 1 && one.logic >= 0 && one.logic <= 1);
      assert.ok(one.cites.every((name) => measures[name as keyof typeof measures] !== null));
    }
  });
});
