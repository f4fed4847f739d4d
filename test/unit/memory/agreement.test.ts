import assert from 'node:assert/strict';
import { seededRandom } from '../../../companion/kernel/index.ts';
import { agree } from '../../../companion/memory/agreement.ts';
import { nearMisses, sameSayings } from '../../fixtures/near-duplicates.ts';

const SAME: readonly (readonly [string, string])[] = [
  ['It is fast', 'It is fast!'],
  ['timeout is 30s', 'timeout is 30 s'],
  ['In CI, it fails', 'It fails in CI'],
  ['Ana owns the build', 'The build is owned by Ana'],
  ['Ana and Bo own it', 'Bo and Ana own it'],
  ['It can not be raised', 'It cannot be raised'],
];
const DIFFERENT: readonly (readonly [string, string])[] = [
  ['Ana asks Bo', 'Bo asks Ana'],
  ['Ana and Bo ask Cy', 'Bo and Cy ask Ana'],
  ['we moved from Redis to SQLite', 'we moved from SQLite to Redis'],
  ['copy from a to b', 'copy from b to a'],
  ['auth calls billing', 'billing calls auth'],
  ['The login page is slow', 'The logout page is slow'],
  ['the flag is on', 'the flag is off'],
  ['Run it before the release', 'Run it after the release'],
  ['Deploy fails without a key', 'Deploy fails with a key'],
  ['Only Ana deploys', 'Ana deploys'],
  ['It no longer fails', 'It fails'],
  ["It doesn't fail", 'It fails'],
  ['use tabs not spaces', 'use spaces not tabs'],
  ['version 1.2.3', 'version 1.2.4'],
  ['x > 3', 'x < 3'],
  ['import foo.bar', 'import foo.baz'],
  ['it costs $5', 'it costs €5'],
];

describe('memory/agreement', () => {
  for (const [one, other] of SAME)
    it(`"${one}" and "${other}" say the same`, () => assert.ok(agree(one, other) && agree(other, one)));

  for (const [one, other] of DIFFERENT)
    it(`"${one}" and "${other}" do not`, () => assert.ok(!agree(one, other) && !agree(other, one)));

  it('[M5] of 1,000 pairs that differ in a number, a name or a negation none agrees', () => {
    const wrong = nearMisses(seededRandom(11), 1000).filter(({ one, other }) => agree(one, other));
    assert.deepEqual(wrong, []);
  });

  it('[M5] of 1,000 pairs in another template, order, spacing or case at least 900 agree', () => {
    const pairs = sameSayings(seededRandom(12), 1000);
    assert.ok(pairs.filter(({ one, other }) => agree(one, other)).length >= 900);
  });
});
