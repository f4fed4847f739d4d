import assert from 'node:assert/strict';
import { commands } from '../../../companion/cli/commands.ts';
import { COMMON } from '../../../companion/cli/options.ts';

describe('cli/commands', () => {
  for (const [name, { usage, options = {} }] of Object.entries(commands)) {
    it(`${name}: its usage names the options that it has, and no others`, () => {
      const said = [...usage.matchAll(/--([a-z0-9-]+)/g)].map(([, option]) => option ?? '');
      const own = said.filter((option) => !Object.hasOwn(COMMON, option));
      assert.deepEqual([...new Set(own)].sort(), Object.keys(options).sort());
    });
  }
});
