import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { WIRE_ERRORS } from '../../companion/protocol/index.ts';

describe('docs/ERRORS.md', () => {
  const documented = new Map(
    [...readFileSync('docs/ERRORS.md', 'utf8').matchAll(/^\| `([a-z_]+)` \| (\d{3}) \| (.*) \|$/gm)].map(
      (row) => [row[1], `${row[2]} ${row[3]}`],
    ),
  );

  it('[F10] lists exactly the codes of the contract, with status and meaning', () => {
    const declared = new Map(
      Object.entries(WIRE_ERRORS).map(([code, { status, meaning }]) => [code, `${status} ${meaning}`]),
    );
    assert.deepEqual(documented, declared);
  });
});
