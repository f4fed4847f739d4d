import assert from 'node:assert/strict';
import { mkdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDenied, isForeign, readTodos, readTodosOfFolder } from '../../../companion/git/index.ts';
import { makeRepository, type TestRepository } from '../../fixtures/repository.ts';
import { applicable } from '../../support/applicable.ts';

const onPosix = applicable(process.platform !== 'win32', 'names and modes of POSIX');
const SECRETS = [
  '.env',
  '.env.local',
  'keys/server.PEM',
  'a.key',
  'id_rsa',
  'id_ed25519.pub',
  '.ssh/config',
  'app/.ENV/x.ts',
  '.netrc',
];
const FOREIGN = [
  'node_modules/x/a.js',
  'a/vendor/b.go',
  'dist/out.js',
  'lib/jquery.min.js',
  'yarn.lock',
  'package-lock.json',
  'x.pb.go',
];

async function found(repo: TestRepository): Promise<string[]> {
  return (await readTodos(await repo.open())).items.map((t) => `${t.path}:${t.line} ${t.marker}`);
}

describe('git/todos', function () {
  this.timeout(20_000);

  it('finds comments of tracked files as they are on disk', async () => {
    await using repo = await makeRepository();
    repo.commit({
      'a.ts': '// TODO: one\ncode();\n',
      'b/c.py': 'x\n# FIXME two\n',
      binary: Buffer.from('# TODO \0'),
    });
    repo.write({
      'a.ts': 'new line\n// TODO: one\n// HACK: not committed\n',
      'untracked.ts': '// TODO: no\n',
    });
    assert.deepEqual(await found(repo), ['a.ts:2 TODO', 'a.ts:3 HACK', 'b/c.py:2 FIXME']);
  });

  it('[F5] never lists or opens what may hold secrets', async () => {
    await using repo = await makeRepository();
    repo.commit(
      Object.fromEntries([...SECRETS, 'readable.ts'].map((name) => [name, '// TODO: x\n# TODO: y\n'])),
    );
    for (const name of SECRETS) assert.ok(isDenied(name) && isDenied(name.replaceAll('/', '\\')), name);
    const long = new Date(2001, 1, 1);
    const files = [...SECRETS, 'readable.ts'].map((name) => path.join(repo.root, name));
    for (const file of files) utimesSync(file, long, statSync(file).mtime);
    assert.deepEqual(await found(repo), ['readable.ts:1 TODO']);
    const read = files.filter((file) => statSync(file).atimeMs !== long.getTime());
    // A file system that does not note reading tells nothing here.
    assert.ok(
      read.every((file) => file.endsWith('readable.ts')),
      read.join(),
    );
  });

  it('leaves out what others or machines wrote', async () => {
    await using repo = await makeRepository();
    repo.commit(
      Object.fromEntries([...FOREIGN, 'src/vendors.ts', 'lock.ts'].map((name) => [name, '// TODO: x\n'])),
    );
    assert.deepEqual(await found(repo), ['lock.ts:1 TODO', 'src/vendors.ts:1 TODO']);
    assert.deepEqual(
      FOREIGN.filter((name) => !isForeign(name)),
      [],
    );
  });

  it('is bounded: lines, comments of a file, comments in all', async () => {
    await using repo = await makeRepository();
    repo.commit({
      'many.ts': '// TODO: x\n'.repeat(400),
      'more.ts': '// TODO: x\n'.repeat(30),
      'long.ts': `// TODO: ${'x'.repeat(5_000_000)}\n// TODO: after\n`,
    });
    const repository = await repo.open();
    const all = await readTodos(repository);
    const count = (name: string): number => all.items.filter((t) => t.path === name).length;
    assert.deepEqual(
      [count('many.ts'), count('more.ts'), count('long.ts'), all.truncated],
      [50, 30, 1, false],
    );
    const some = await readTodos(repository, { limit: 20, perFile: 5 });
    assert.deepEqual([some.items.length, some.truncated], [11, false]);
    const few = await readTodos(repository, { limit: 7 });
    assert.deepEqual([few.items.length, few.truncated], [7, true]);
  });

  onPosix('[F5] reads strange names and strange content', async () => {
    await using repo = await makeRepository();
    const names = ['new\nline.ts', 'quo"te.ts', '🦊.ts', '-n.ts', ':x.ts'];
    const text = Buffer.from('// TODO: caf\xe9\n', 'latin1');
    repo.commit(Object.fromEntries(names.map((name) => [name, text])));
    symlinkSync('/etc/passwd', path.join(repo.root, 'link.ts'));
    repo.commit();
    const { items } = await readTodos(await repo.open());
    assert.deepEqual(items.map((t) => t.path).sort(), [...names].sort());
    assert.equal(items[0]?.text, 'TODO: caf\ufffd');
  });

  it('[F5] has none where nothing is tracked', async () => {
    await using repo = await makeRepository();
    assert.deepEqual(await found(repo), []);
  });

  it('reads a folder that no repository holds, by the same rules', async () => {
    await using repo = await makeRepository();
    const folder = path.join(repo.folder, 'plain');
    mkdirSync(path.join(folder, 'node_modules'), { recursive: true });
    const files = {
      'a.ts': '// TODO: a\n',
      '.env': '# TODO: secret\n',
      ignored: '# TODO: i\n',
      '.gitignore': 'ignored\n',
      'node_modules/x.js': '// TODO: x\n',
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    const { items } = await readTodosOfFolder(await repo.program(), folder);
    assert.deepEqual(
      items.map((t) => t.path),
      ['a.ts'],
    );
  });
});
