import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { silentLogger, systemClock } from '../../../companion/kernel/index.ts';
import { directoryWatcher } from '../../../companion/sensors/directory-watcher.ts';
import { createFileWatcher, type FileWatcher } from '../../../companion/sensors/file-watcher.ts';
import { createIgnoreRules } from '../../../companion/sensors/ignore-rules.ts';
import type { FileChange, WatchTrouble } from '../../../companion/sensors/index.ts';
import { nativeWatcher } from '../../../companion/sensors/native-watcher.ts';
import { watchAllowance } from '../../../companion/sensors/watch-allowance.ts';
import { calm, eventually, temporaryFolder } from './support.ts';

/** A real folder under a real watch. */
async function watched(watcher: FileWatcher, prepare: (root: string) => void = () => {}) {
  const folder = temporaryFolder();
  const root = path.join(folder.path, 'w');
  mkdirSync(root);
  prepare(root);
  const changes: FileChange[] = [];
  const troubles: WatchTrouble[] = [];
  const rules = createIgnoreRules({ workspace: root, top: null, exclude: [], files: [] });
  const watch = await watcher.watch(
    { root, rules },
    { changes: (batch) => changes.push(...batch), trouble: (trouble) => troubles.push(trouble) },
  );
  return {
    root,
    rules,
    watch,
    troubles,
    at: (name: string) => path.join(root, name),
    names: () => [...new Set(changes.map((change) => change.path))].sort(),
    types: (name: string) => changes.filter((change) => change.path === name).map((change) => change.type),
    clear: () => changes.splice(0),
    async [Symbol.asyncDispose]() {
      await watch.dispose();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const directories = () => directoryWatcher({ clock: systemClock });
const warnings: string[] = [];
const native = () =>
  nativeWatcher({ logger: { ...silentLogger, warn: (_, message) => void warnings.push(message) } });

for (const [name, make] of Object.entries({ directories, native })) {
  describe(`sensors: the ${name} watcher on a real folder`, function () {
    this.timeout(30_000);
    // Linux has the other one in the product. Here this stands in for macOS and Windows, and the inotify side of its
    // package loses an event now and then on a busy machine.
    if (name === 'native' && process.platform === 'linux') this.retries(2);

    it('sees files made, changed and deleted, and no folders', async () => {
      await using w = await watched(make());
      mkdirSync(w.at('src'));
      await calm();
      writeFileSync(w.at('src/a.ts'), '1');
      await eventually(() => assert.equal(w.types('src/a.ts')[0], 'create'));
      await calm();
      w.clear();
      appendFileSync(w.at('src/a.ts'), '2');
      await eventually(() => assert.equal(w.types('src/a.ts')[0], 'update'));
      unlinkSync(w.at('src/a.ts'));
      await eventually(() => assert.deepEqual(w.types('src/a.ts').at(-1), 'delete'));
      assert.deepEqual(w.names(), ['src/a.ts']);
    });

    it('[F5] sees names with spaces, quotes, emoji and newlines', async () => {
      await using w = await watched(make());
      const names = ['with space.txt', "quo'ted.txt", 'emoji🦊.md', '-rf', 'é.md', '#1.md', '[a]{b}.ts'];
      const posixNames = ['"double".txt', 'new\nline.txt', 'back\\slash'];
      const odd = process.platform === 'win32' ? names : [...names, ...posixNames];
      for (const file of odd) writeFileSync(w.at(file), 'x');
      await eventually(() => assert.deepEqual(w.names(), [...odd].sort()));
    });

    it('[F10] hears nothing of what is ignored or denied', async () => {
      await using w = await watched(make(), (root) => {
        writeFileSync(path.join(root, '.gitignore'), 'out/\n*.log\n');
        mkdirSync(path.join(root, 'a'));
        writeFileSync(path.join(root, 'a', '.gitignore'), '*.gen\n!keep.gen\n');
      });
      for (const folder of ['node_modules/x', '.git/objects', 'out/deep', '.ssh', 'a/out']) {
        mkdirSync(w.at(folder), { recursive: true });
        writeFileSync(w.at(`${folder}/f.js`), 'x');
      }
      for (const file of ['.env', 'x.log', 'server.pem', 'a/b.gen', 'a/keep.gen', 'seen.ts']) {
        writeFileSync(w.at(file), 'x');
      }
      await eventually(() => assert.ok(w.names().includes('seen.ts') && w.names().includes('a/keep.gen')));
      await calm();
      rmSync(w.at('out'), { recursive: true });
      rmSync(w.at('.env'));
      await calm();
      assert.deepEqual(w.names(), ['a/keep.gen', 'seen.ts']);
    });

    it('sees an atomic save as a change of the file', async () => {
      await using w = await watched(make(), (root) => writeFileSync(path.join(root, 'a.ts'), '1'));
      writeFileSync(w.at('a.ts.new'), '2');
      renameSync(w.at('a.ts.new'), w.at('a.ts'));
      await eventually(() => assert.ok(w.types('a.ts').length > 0));
      assert.notEqual(w.types('a.ts').at(-1), 'delete');
    });

    it('[F5] tells that the root is gone', async () => {
      await using w = await watched(make(), (root) => mkdirSync(path.join(root, 'src')));
      rmSync(w.root, { recursive: true });
      await eventually(() => assert.deepEqual(w.troubles, [{ kind: 'gone' }]));
    });

    it('hears nothing after its end, and ends twice without harm', async () => {
      await using w = await watched(make());
      await w.watch.dispose();
      writeFileSync(w.at('late.ts'), 'x');
      await calm();
      await w.watch.dispose();
      assert.deepEqual(w.names(), []);
    });

    it('[F5] ends quietly although watched folders were moved and deleted', async () => {
      await using w = await watched(make(), (root) =>
        mkdirSync(path.join(root, 'a/b/c/d'), { recursive: true }),
      );
      renameSync(w.at('a'), w.at('z'));
      await calm();
      rmSync(w.at('z'), { recursive: true });
      await calm();
      await w.watch.dispose();
      assert.deepEqual(warnings, []);
    });

    it('[F5] rejects where there is no folder', async () => {
      await using folder = temporaryFolder();
      const missing = path.join(folder.path, 'missing');
      const rules = createIgnoreRules({ workspace: missing, top: null, exclude: [] });
      await assert.rejects(make().watch({ root: missing, rules }, { changes() {}, trouble() {} }));
    });
  });
}

describe('sensors: the directories watcher, where native ones lose sight', function () {
  this.timeout(30_000);

  it('sees what is put at once into folders made at once', async () => {
    await using w = await watched(directories());
    mkdirSync(w.at('a/b/c'), { recursive: true });
    writeFileSync(w.at('a/b/c/first.ts'), '1');
    await eventually(() => assert.equal(w.types('a/b/c/first.ts')[0], 'create'));
    await calm();
    w.clear();
    appendFileSync(w.at('a/b/c/first.ts'), '2');
    await eventually(() => assert.equal(w.types('a/b/c/first.ts')[0], 'update'));
  });

  it('follows a folder that is renamed, and takes what it brings along for old', async () => {
    await using w = await watched(directories(), (root) => {
      mkdirSync(path.join(root, 'old/deep'), { recursive: true });
      writeFileSync(path.join(root, 'old/deep/a.ts'), '1');
    });
    // Times of a file system are compared; the move comes some seconds after the files.
    const before = Date.now() / 1000 - 3600;
    utimesSync(w.at('old/deep/a.ts'), before, before);
    await calm();
    await new Promise((resolve) => setTimeout(resolve, 2_200));
    w.clear();
    renameSync(w.at('old'), w.at('new'));
    await calm();
    assert.deepEqual(w.names(), []);
    appendFileSync(w.at('new/deep/a.ts'), '2');
    await eventually(() => assert.deepEqual(w.names(), ['new/deep/a.ts']));
  });

  it('goes on where a folder is replaced by another of the same name', async () => {
    await using w = await watched(directories(), (root) =>
      mkdirSync(path.join(root, 'src/deep'), { recursive: true }),
    );
    rmSync(w.at('src'), { recursive: true });
    mkdirSync(w.at('src/deep'), { recursive: true });
    await calm();
    writeFileSync(w.at('src/deep/a.ts'), '1');
    await eventually(() => assert.ok(w.names().includes('src/deep/a.ts')));
  });

  it('sees every file of a tree that is copied in', async () => {
    await using w = await watched(directories());
    await using source = temporaryFolder();
    const expected: string[] = [];
    for (let i = 0; i < 12; i++) {
      const folder = path.join('tree', `d${i % 3}`, `e${i}`);
      mkdirSync(path.join(source.path, folder), { recursive: true });
      for (const file of ['a.ts', 'b.ts']) {
        writeFileSync(path.join(source.path, folder, file), 'x');
        expected.push(path.posix.join(folder, file));
      }
    }
    cpSync(path.join(source.path, 'tree'), w.at('tree'), { recursive: true });
    await eventually(() => assert.deepEqual(w.names(), expected.sort()));
  });

  it('takes a change of attributes for no edit', async () => {
    await using w = await watched(directories(), (root) => {
      writeFileSync(path.join(root, 'a.sh'), '1');
      utimesSync(path.join(root, 'a.sh'), 1_000_000, 1_000_000);
    });
    chmodSync(w.at('a.sh'), 0o755);
    await calm();
    assert.deepEqual(w.names(), []);
  });

  it('does not follow links out of the folder', async () => {
    await using outside = temporaryFolder();
    await using w = await watched(directories(), (root) =>
      symlinkSync(outside.path, path.join(root, 'link'), 'junction'),
    );
    writeFileSync(path.join(outside.path, 'a.ts'), 'x');
    await calm();
    assert.deepEqual(w.names(), []);
    assert.equal(w.watch.folders, 1);
  });

  it('sees a root that was replaced by another folder as gone', async () => {
    await using w = await watched(directories());
    rmSync(w.root, { recursive: true });
    mkdirSync(w.root);
    await eventually(() => assert.deepEqual(w.troubles, [{ kind: 'gone' }]));
    assert.ok(existsSync(w.root));
  });

  it('does not take a file with the name of the root for its end', async () => {
    await using w = await watched(directories());
    writeFileSync(w.at('w'), '1');
    await eventually(() => assert.deepEqual(w.names(), ['w']));
    await calm();
    assert.deepEqual(w.troubles, []);
  });

  it('looks anew without losing events meanwhile, and enters what is no longer ignored', async () => {
    await using w = await watched(directories(), (root) => {
      writeFileSync(path.join(root, '.gitignore'), 'out/\n');
      mkdirSync(path.join(root, 'out'));
      mkdirSync(path.join(root, 'src'));
    });
    writeFileSync(w.at('.gitignore'), '');
    w.rules.forget();
    const refreshed = w.watch.refresh();
    writeFileSync(w.at('src/a.ts'), '1');
    await refreshed;
    writeFileSync(w.at('out/b.ts'), '1');
    await eventually(() => assert.deepEqual(w.names(), ['.gitignore', 'out/b.ts', 'src/a.ts']));
    assert.equal(w.watch.folders, 3);
  });

  it('[F5] gives up in words where there are more folders than it may watch', async () => {
    await using w = await watched(directoryWatcher({ clock: systemClock, maxFolders: 5 }), (root) => {
      for (let i = 0; i < 10; i++) mkdirSync(path.join(root, `d${i}`));
    });
    assert.deepEqual(w.troubles, [{ kind: 'limit', message: 'more than 5 folders' }]);
    assert.equal(w.watch.folders, 0, 'what it took of the limit is given back');
  });
});

describe('sensors: choice of the watcher', function () {
  this.timeout(30_000);

  it('leaves a share of the watches of the system to other programs', () => {
    assert.equal(
      watchAllowance(() => '65536\n'),
      16_384,
    );
    assert.equal(
      watchAllowance(() => '128'),
      1_000,
    );
    assert.equal(
      watchAllowance(() => 'unlimited'),
      20_000,
    );
    assert.equal(
      watchAllowance(() => {
        throw new Error('ENOENT');
      }),
      20_000,
    );
  });

  for (const platform of ['linux', 'darwin', 'win32', 'freebsd'] as const) {
    it(`watches on ${platform}`, async () => {
      await using w = await watched(
        createFileWatcher({ clock: systemClock, logger: silentLogger, platform }),
      );
      writeFileSync(w.at('a.ts'), '1');
      await eventually(() => assert.deepEqual(w.names(), ['a.ts']));
    });
  }
});
