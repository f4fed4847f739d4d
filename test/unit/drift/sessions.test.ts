import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { judge } from '../../bench/support/scope-figures.ts';
import { STRENGTHS, type Strength, scopeSession } from '../../support/streams/scope-sessions.ts';

/** The generator as it was before anything was measured with it. */
const FROZEN = '40f2d727991e1ac2';
/** `npm run bench -- drift` looks at more. */
const SEEDS = Array.from({ length: 24 }, (_, i) => 1000 + i);
const HOUR = 60 * 60 * 1000;

describe('drift on generated sessions', () => {
  it('[C6] the generator is as it was frozen', () => {
    const text = readFileSync('test/support/streams/scope-sessions.ts');
    assert.equal(createHash('sha256').update(text).digest('hex').slice(0, 16), FROZEN);
  });

  it('[C6] steady work: at most one false alarm in 40 hours', () => {
    const verdicts = SEEDS.map((seed) => judge(scopeSession(seed, null)));
    const hours = verdicts.reduce((sum, { session }) => sum + session.steadyMs, 0) / HOUR;
    const alarms = verdicts.reduce((sum, { falseAlarms }) => sum + falseAlarms, 0);
    assert.ok(hours > 400, `only ${hours} hours`);
    assert.ok((40 * alarms) / hours <= 1, `${alarms} alarms in ${hours} hours`);
  });

  for (const [strength, least] of Object.entries({ mild: 0.8, clear: 0.9, strong: 0.9 })) {
    it(`[C6] ${strength} creep is found within two windows`, () => {
      const verdicts = SEEDS.map((seed) => judge(scopeSession(seed, strength as Strength)));
      const inTime = verdicts.filter((verdict) => verdict.inTime).length / verdicts.length;
      assert.ok(strength in STRENGTHS && verdicts.every(({ session }) => session.creep !== null));
      assert.ok(inTime >= least, `${inTime} of ${verdicts.length} in time`);
    });
  }
});
