import assert from 'node:assert/strict';
import { isGitError } from '../../../companion/git/errors.ts';
import { checkRevision, toMilliseconds } from '../../../companion/git/revision.ts';

describe('git/revision', () => {
  for (const good of [
    'HEAD',
    'refs/heads/main',
    'refs/heads/ünï/🦊',
    'refs/stash',
    'a'.repeat(40),
    'b'.repeat(64),
  ]) {
    it(`takes ${good}`, () => assert.equal(checkRevision(good), good));
  }

  for (const bad of [
    '',
    'main',
    '-n',
    '--output=/tmp/x',
    'refs/heads/a..b',
    'refs/heads/a^',
    'HEAD:secret',
    'refs/heads/a b',
    'refs/heads/@{1}',
    'abc',
    'refs/heads/a\nb',
    'refs/heads/\0',
  ]) {
    it(`refuses ${JSON.stringify(bad)}`, () => {
      assert.throws(
        () => checkRevision(bad),
        (error) => isGitError(error, 'unknown-revision'),
      );
    });
  }

  it('reads times, and gives 0 for what is none', () => {
    assert.deepEqual(
      ['1600000000', '-5', '', 'x', '99999999999999'].map(toMilliseconds),
      [1_600_000_000_000, -5_000, 0, 0, 0],
    );
  });
});
