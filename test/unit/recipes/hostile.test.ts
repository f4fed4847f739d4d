import assert from 'node:assert/strict';
import { readPatch } from '../../../companion/patches/index.ts';
import { addEntries } from '../../../companion/recipes/changelog-text.ts';
import { findVerification, recipes } from '../../../companion/recipes/index.ts';
import { readLintOutput } from '../../../companion/recipes/lint-output.ts';
import { readFailures } from '../../../companion/recipes/test-output.ts';
import { planFolder } from '../../support/plan-world.ts';

/** What would take hours where reading it took more than its length. */
const LONG = 60_000;
const NASTY: readonly string[] = [
  ' '.repeat(LONG),
  '\n'.repeat(LONG),
  '\u001b]'.repeat(LONG / 2),
  '\u001b[0'.repeat(LONG / 3),
  `  1:1  error  ${' '.repeat(LONG)}x y`,
  `at (${'a.'.repeat(LONG / 2)}`,
  `not ok 1 x\n${'at a/'.repeat(LONG / 5)}`,
  `thread panicked at ${"'a', ".repeat(LONG / 5)}`,
  `FAIL ${'( 1 ms'.repeat(LONG / 6)}`,
  `::error ${'file=,'.repeat(LONG / 6)}`,
  '✖ '.repeat(LONG / 2),
  `---- ${' stdout'.repeat(LONG / 7)}`,
];

describe('recipes and text that was made to be slow', function () {
  this.timeout(20_000);

  it('what programs write is read in time that grows with it', () => {
    for (const text of NASTY) {
      readLintOutput(text);
      readFailures(text);
    }
  });

  it('so are files of the folder', async () => {
    const blank = `${'\n'.repeat(1_000_000)}${' '.repeat(900_000)}x`;
    addEntries(`## Unreleased\n- ${' '.repeat(1_000_000)}x\n## ${' '.repeat(500_000)}x\n${blank}`, [
      { text: 'A', section: 'Added' },
    ]);
    assert.throws(() => readPatch(blank));
    assert.throws(() => readPatch(`diff --git ${'a '.repeat(500_000)}\n`));
    using folder = planFolder({
      'pyproject.toml': blank,
      'pnpm-workspace.yaml': blank,
      'Cargo.toml': blank,
      'go.mod': blank,
      Makefile: blank,
      'package.json': `{"scripts":{"test":"${'-'.repeat(500_000)}"}}`,
      'CHANGELOG.md': blank,
    });
    await findVerification(folder.world);
    const all = recipes({ git: () => Promise.reject(new Error()), openThreads: () => [] });
    for (const recipe of all)
      if (!['todo-branch', 'clean-branches'].includes(recipe.name)) await recipe.unavailable(folder.world);
  });
});
