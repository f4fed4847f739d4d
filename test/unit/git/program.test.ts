import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findGit, isGitError } from '../../../companion/git/index.ts';
import { atLeast, parseVersion } from '../../../companion/git/program.ts';
import { applicable } from '../../support/applicable.ts';

const onPosix = applicable(process.platform !== 'win32', 'names and modes of POSIX');

describe('git/program', () => {
  let folder: string;
  before(() => {
    folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'progeny-program-')));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('finds git as an absolute path and reads its version', async () => {
    const program = await findGit();
    assert.ok(path.isAbsolute(program.file));
    assert.ok(atLeast(program, 2, 25));
  });

  it('reads versions of every vendor', () => {
    assert.deepEqual(parseVersion('git version 2.39.5 (Apple Git-154)\n'), { major: 2, minor: 39 });
    assert.deepEqual(parseVersion('git version 2.47.1.windows.2\n'), { major: 2, minor: 47 });
    assert.equal(parseVersion('hub version 2'), null);
    assert.ok(
      atLeast({ version: { major: 3, minor: 0 } }, 2, 41) &&
        !atLeast({ version: { major: 2, minor: 40 } }, 2, 41),
    );
  });

  it('[F5] says that git is missing, whatever the PATH', async () => {
    for (const PATH of [undefined, '', `.${path.delimiter}relative`, folder]) {
      await assert.rejects(findGit({ environment: { PATH } }), (error) => isGitError(error, 'git-missing'));
    }
    await assert.rejects(findGit({ file: path.join(folder, 'none') }), (error) =>
      isGitError(error, 'git-missing'),
    );
  });

  onPosix('[F5] refuses a git that is too old, or is none, and quotes it', async () => {
    for (const [says, quoted] of [
      ['git version 2.17.1', /"git version 2\.17\.1"/],
      ['hello', /"hello"/],
    ] as const) {
      const file = path.join(folder, 'git');
      writeFileSync(file, `#!/bin/sh\necho ${says}\n`);
      chmodSync(file, 0o755);
      await assert.rejects(findGit({ environment: { PATH: folder } }), (error) => {
        assert.ok(isGitError(error, 'git-too-old'), String(error));
        assert.match(error.message, quoted);
        return true;
      });
    }
  });
});
