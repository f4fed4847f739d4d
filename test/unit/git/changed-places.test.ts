import assert from 'node:assert/strict';
import { truncateSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { parsePlaces } from '../../../companion/git/changed-places.ts';
import { isGitError, readChangedPlaces } from '../../../companion/git/index.ts';
import { makeRepository } from '../../fixtures/repository.ts';

describe('git/changed-places', function () {
  this.timeout(20_000);

  it('tells where a commit changed its files first', async () => {
    await using repo = await makeRepository();
    const first = repo.commit({ a: '1\n2\n3\n4\n', gone: 'x\n', '.env': 'S=1\n' });
    const second = repo.commit({
      a: '1\n2\nnew\n4\nmore\n',
      'b c': 'b\n',
      '.env': 'S=2\n',
      picture: Buffer.from([0, 1]),
    });
    const repository = await repo.open();
    assert.deepEqual(await readChangedPlaces(repository, second), [
      { path: 'a', line: 3 },
      { path: 'b c', line: 1 },
    ]);
    assert.deepEqual(await readChangedPlaces(repository, first), [
      { path: 'a', line: 1 },
      { path: 'gone', line: 1 },
    ]);
    assert.deepEqual(await readChangedPlaces(repository, second, { limit: 1 }), [{ path: 'a', line: 3 }]);
    await assert.rejects(readChangedPlaces(repository, 'a'.repeat(40)), (e) =>
      isGitError(e, 'unknown-revision'),
    );
  });

  it('[F5] tells where the work tree differs, and does not read what is large', async () => {
    await using repo = await makeRepository();
    const repository = await repo.open();
    repo.write({ new: 'n\n' });
    repo.run('add', 'new');
    assert.deepEqual(await readChangedPlaces(repository, 'work-tree'), [{ path: 'new', line: 1 }]);
    repo.commit({ a: '1\n2\n', large: 'l\n' });
    repo.write({ a: '1\n2\n3\n' });
    truncateSync(path.join(repo.root, 'large'), 2 * 1024 ** 3);
    assert.deepEqual(await readChangedPlaces(repository, 'work-tree'), [{ path: 'a', line: 3 }]);
  });

  it('[F5] reads strange names, and lines that look like headers', async () => {
    await using repo = await makeRepository();
    const names = [
      'a b',
      'ünï',
      '🦊',
      ...(process.platform === 'win32' ? [] : ['quo"te', 'new\nline', 'tab\there', '\\back']),
    ];
    repo.commit(Object.fromEntries(names.map((name) => [name, 'one\n'])));
    const lines = 'one\n++ b/evil\n@@ -1 +99 @@\ndiff --git a/x b/x\n';
    const commit = repo.commit(Object.fromEntries(names.map((name) => [name, lines])));
    const places = await readChangedPlaces(await repo.open(), commit);
    assert.deepEqual(places.map((p) => p.path).sort(), [...names].sort());
    assert.ok(places.every((p) => p.line === 2));
  });

  it('[F5] survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void parsePlaces(Buffer.from(bytes), 10)),
    );
  });
});
