import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { requirements } from '../requirements.ts';

describe('requirements', () => {
  const cited = new Set<string>();
  for (const file of globSync('test/**/*.test.ts')) {
    // Only titles count: a comment shows nothing.
    for (const title of readFileSync(file, 'utf8').matchAll(
      /\b(?:it|describe)(?:\.each\([^)]*\))?\(\s*(['"`])(.*?)\1/gs,
    )) {
      for (const [, id] of (title[2] as string).matchAll(/\[([A-Z]\d+)\]/g)) cited.add(id as string);
    }
  }

  for (const id of Object.keys(requirements)) {
    it(`${id} is cited by a test`, () => assert.ok(cited.has(id), `no test title holds [${id}]`));
  }

  it('every citation has an entry', () => {
    assert.deepEqual(
      [...cited].filter((id) => !(id in requirements)),
      [],
    );
  });
});
