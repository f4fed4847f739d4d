import assert from 'node:assert/strict';
import { isGitError } from '../../../companion/git/errors.ts';
import { filterNames, filterOverrides } from '../../../companion/git/filters.ts';
import { openRepository, readStatus } from '../../../companion/git/index.ts';
import { makeRepository } from '../../fixtures/repository.ts';

describe('git/filters', function () {
  this.timeout(20_000);

  it('finds names with dots, equals signs and quotes, each once', () => {
    const keys = [
      'filter.lfs.clean',
      'filter.lfs.process',
      'filter.a.b.clean',
      'filter.a=b.smudge',
      'filter.q"u.required',
      'filter..clean',
      'filter.clean',
    ];
    assert.deepEqual(filterNames(Buffer.from(`${keys.join('\0')}\0`)), ['lfs', 'a.b', 'a=b', 'q"u', '']);
  });

  it('gives null for a name that cannot be written down', () => {
    assert.equal(
      filterNames(Buffer.from([...Buffer.from('filter.'), 0xff, ...Buffer.from('.clean\0')])),
      null,
    );
  });

  it('leaves no filter a program', () => {
    assert.deepEqual(filterOverrides(['x']), [
      ['filter.x.clean', ''],
      ['filter.x.smudge', ''],
      ['filter.x.process', ''],
      ['filter.x.required', 'false'],
    ]);
  });

  it('[F10] reads nothing where filters cannot be switched off: too many, not UTF-8, "=" with an old git', async () => {
    await using repo = await makeRepository();
    repo.commit({ a: 'a' });
    const repository = await repo.open();
    const refused = (error: unknown): boolean => isGitError(error, 'unsafe-config');
    const config = repo.run('config', '--list', '--local');
    assert.ok(!config.includes('filter'));
    repo.run('config', 'filter.a=b.clean', 'cat');
    await assert.rejects(
      readStatus({ ...repository, program: { ...repository.program, version: { major: 2, minor: 30 } } }),
      refused,
    );
    if (repository.program.version.minor >= 31) await readStatus(repository);
    repo.run('config', '--unset', 'filter.a=b.clean');
    repo.write({
      '.git/more': Array.from({ length: 501 }, (_, i) => `[filter "f${i}"]\nclean = cat\n`).join(''),
    });
    repo.run('config', 'include.path', 'more');
    await assert.rejects(readStatus(repository), refused);
    repo.write({ '.git/more': Buffer.from('[filter "\xff"]\nclean = cat\n', 'latin1') });
    await assert.rejects(readStatus(await openRepository(repository.program, repo.root)), refused);
  });
});
