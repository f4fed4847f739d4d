import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { schemas } from '../../scripts/schemas.ts';

const FOLDER = path.join('media', 'schemas');

describe('schemas for editors', () => {
  for (const [name, schema] of Object.entries(schemas())) {
    it(`[S7] ${name} is made from the schema by which hand edits are judged`, () => {
      const there = JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8'));
      assert.deepEqual(there, JSON.parse(JSON.stringify(schema)), 'run `node scripts/schemas.ts`');
    });
  }

  it('there are no others of heritage', () =>
    assert.deepEqual(
      readdirSync(FOLDER).filter((name) => name.startsWith('heritage-')),
      Object.keys(schemas()).sort(),
    ));
});
