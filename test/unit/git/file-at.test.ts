import assert from 'node:assert/strict';
import { isGitError, readFileAt } from '../../../companion/git/index.ts';
import { makeRepository } from '../../fixtures/repository.ts';

describe('git/file-at', function () {
  this.timeout(20_000);

  it('gives committed text, byte for byte where it is UTF-8', async () => {
    await using repo = await makeRepository();
    const names = ['a b', 'ünï/🦊', '*', ':(top)x', '-n'].slice(0, process.platform === 'win32' ? 2 : 5);
    repo.run('config', 'filter.up.smudge', 'tr a-z A-Z');
    repo.commit({
      ...Object.fromEntries(names.map((name) => [name, `text of ${name}\r\n`])),
      '.gitattributes': '* filter=up\n',
    });
    const repository = await repo.open();
    for (const name of names) {
      assert.deepEqual(await readFileAt(repository, 'HEAD', name), {
        kind: 'text',
        text: `text of ${name}\r\n`,
        lossy: false,
      });
    }
  });

  it('[F5] says why there is no text', async () => {
    await using repo = await makeRepository();
    const repository = await repo.open();
    const kind = async (path: string, maxBytes = 100): Promise<string> =>
      (await readFileAt(repository, 'HEAD', path, { maxBytes })).kind;
    assert.equal(await kind('a'), 'missing');
    repo.commit({
      a: 'x'.repeat(101),
      binary: Buffer.from([1, 0, 2]),
      'folder/b': 'b',
      '.env': 's',
      latin: Buffer.from([0xe9]),
      empty: '',
    });
    assert.deepEqual(
      [await kind('a'), await kind('none'), await kind('binary'), await kind('folder'), await kind('.env')],
      ['too-large', 'missing', 'binary', 'not-a-file', 'denied'],
    );
    assert.deepEqual(await readFileAt(repository, 'HEAD', 'latin'), {
      kind: 'text',
      text: '\ufffd',
      lossy: true,
    });
    assert.deepEqual(await readFileAt(repository, 'HEAD', 'empty'), { kind: 'text', text: '', lossy: false });
    await assert.rejects(readFileAt(repository, 'HEAD~0', 'a'), (e) => isGitError(e, 'unknown-revision'));
  });
});
