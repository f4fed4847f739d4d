import assert from 'node:assert/strict';
import { classifyFailure } from '../../../companion/git/classify-failure.ts';
import type { GitErrorKind } from '../../../companion/git/errors.ts';

describe('git/classify-failure', () => {
  const cases: [GitErrorKind, string][] = [
    [
      'dubious-ownership',
      "fatal: detected dubious ownership in repository at '/x'\nTo add an exception for this directory, call:\n",
    ],
    ['dubious-ownership', "fatal: unsafe repository ('/x' is owned by someone else)"],
    ['not-a-repository', 'fatal: not a git repository (or any of the parent directories): .git'],
    ['not-a-repository', 'fatal: not a git repository: /x/.git/worktrees/gone'],
    ['not-a-repository', 'fatal: invalid gitfile format: .git'],
    ['no-work-tree', "fatal: cannot use bare repository '/x' (safe.bareRepository is 'explicit')"],
    ['no-work-tree', 'fatal: this operation must be run in a work tree'],
    ['folder-missing', 'fatal: Unable to read current working directory: No such file or directory'],
    ['unsupported-repository', 'fatal: expected git repo version <= 1, found 2'],
    ['unsupported-repository', 'fatal: unknown repository extension found:\n\tpreciousobjects2'],
    [
      'object-missing',
      "fatal: transport 'https' not allowed\nfatal: could not fetch abc from promisor remote",
    ],
    ['object-missing', 'fatal: unable to read 3367afdbbf91e638efe983616377c60477cc6612'],
    ['unknown-revision', "fatal: bad revision 'refs/heads/gone'"],
    [
      'unknown-revision',
      "fatal: ambiguous argument 'HEAD': unknown revision or path not in the working tree.",
    ],
    ['unknown-revision', 'fatal: bad object 1234567890123456789012345678901234567890'],
    ['unknown-revision', 'fatal: Not a valid object name HEAD'],
    ['corrupt', 'fatal: bad config line 1 in file .git/config'],
    ['corrupt', 'error: bad signature 0x00000000\nfatal: index file corrupt'],
    [
      'corrupt',
      'error: object file .git/objects/ab/cd is empty\nfatal: loose object abcd (stored in .git/objects/ab/cd) is corrupt',
    ],
    ['failed', "fatal: no such path 'index file corrupt' in HEAD"],
    ['failed', ''],
  ];
  for (const [kind, stderr] of cases) {
    it(`takes ${JSON.stringify(stderr.slice(0, 60))} as ${kind}`, () => {
      const error = classifyFailure('log', '/some where', 128, stderr);
      assert.equal(error.kind, kind, error.message);
      assert.match(error.message, /git log in "\/some where" ended with 128/);
    });
  }

  it('quotes git without what would steer a terminal, and says what to do', () => {
    const { message } = classifyFailure(
      'log',
      '/x',
      128,
      "fatal: detected dubious ownership in repository at '/\u001b[31mx'",
    );
    assert.ok(!message.includes('\u001b'), message);
    assert.match(message, /safe\.directory/);
  });
});
