import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Api } from '../../companion/client/index.ts';
import { CompanionClient } from '../../companion/client/index.ts';
import { openSocket } from '../../companion/client/node.ts';
import { makeRepository, type TestRepository } from '../fixtures/repository.ts';
import { eventually, spawnCompanion, type TestCompanion, testCompanion } from '../support/companion.ts';
import { damagePage } from '../support/store.ts';
import { temporaryFolder } from '../support/temporary.ts';

async function read(api: Api, folder: string): Promise<string> {
  const { path: workspace } = await api.workspaces.open({ path: folder });
  const { id } = await api.workspaces.scan({ path: workspace });
  await eventually(async () =>
    ['done', 'failed'].includes((await api.jobs.list({})).find((job) => job.id === id)?.status ?? ''),
  );
  assert.equal((await api.jobs.list({})).find((job) => job.id === id)?.status, 'done');
  return workspace;
}

describe('odd repositories', () => {
  let t: TestCompanion;
  before(async () => {
    t = await testCompanion();
  });
  after(() => t[Symbol.asyncDispose]());

  const check = (
    name: string,
    prepare: (r: TestRepository) => void,
    verify: (workspace: string, r: TestRepository) => Promise<void>,
  ) =>
    it(`[F5] ${name}`, async () => {
      await using repository = await makeRepository();
      prepare(repository);
      const workspace = await read(t.api, repository.root);
      await verify(workspace, repository);
      await t.api.workspaces.close({ path: workspace });
    });
  const brief = (workspace: string) => t.api.brief.get({ workspace });

  check(
    'no commits',
    (r) => r.write({ 'a.txt': 'x' }),
    async (w) => {
      const b = await brief(w);
      assert.equal(b.last, null);
      assert.match(b.loops[0]?.summary ?? '', /1 file uncommitted/);
    },
  );

  check(
    'detached HEAD',
    (r) => {
      r.commit({ 'a.txt': '1' });
      r.commit({ 'a.txt': '2' });
      r.run('checkout', '-q', 'HEAD~1');
      r.write({ 'a.txt': '3' });
    },
    async (w) => {
      const b = await brief(w);
      assert.equal(b.branch, null);
      assert.equal(b.loops[0]?.title, 'Uncommitted work on a detached HEAD');
    },
  );

  check(
    'a submodule',
    (r) => {
      r.commit({ 'a.txt': '1' });
      const inner = path.join(r.folder, 'inner');
      execFileSync('git', ['init', '-q', inner], { env: r.environment });
      execFileSync('git', ['-C', inner, 'commit', '-q', '--allow-empty', '-m', 'inner'], {
        env: r.environment,
      });
      r.run('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'sub');
      r.run('commit', '-q', '-m', 'add a submodule');
      writeFileSync(path.join(r.root, 'sub', 'new.txt'), 'inside');
    },
    async (w) => assert.match((await brief(w)).last?.text ?? '', /add a submodule/),
  );

  check(
    'names with spaces, quotes, emoji and newlines',
    (r) => {
      r.commit({
        'with space.ts': 'a\n',
        'it\'s "quoted".ts': 'b\n',
        'emoji 🦊.ts': '// TODO feed the fox twice a day\n',
      });
      r.write({
        'with space.ts': 'changed\n',
        'emoji 🦊.ts': '// TODO feed the fox twice a day\nchanged\n',
        ...(process.platform === 'win32' ? {} : { 'new\nline.ts': 'x\n' }),
      });
    },
    async (w) => {
      const b = await brief(w);
      const files = b.loops
        .flatMap((loop) => loop.evidence)
        .flatMap((item) => ('file' in item ? [item.file] : []));
      assert.ok(files.includes('with space.ts') && files.includes('emoji 🦊.ts'), files.join());
      assert.ok(b.loops.some((loop) => loop.title.includes('feed the fox')));
      const whisper = await t.api.whispers.add({
        workspace: w,
        text: 'here 🦊',
        file: 'emoji 🦊.ts',
        line: 1,
      });
      assert.equal(whisper.anchor?.kind, 'line');
    },
  );

  check(
    'contents that are not UTF-8',
    (r) => {
      writeFileSync(
        path.join(r.root, 'latin.c'),
        Buffer.from('/* TODO gr\xfc\xdfe ausgeben, bitte bald */\nint x;\n', 'latin1'),
      );
      r.run('add', '.');
      r.run('commit', '-q', '-m', 'latin');
    },
    async (w) => {
      assert.ok((await brief(w)).loops.some((loop) => loop.source === 'todo'));
      assert.equal(
        (await t.api.whispers.add({ workspace: w, text: 'x', file: 'latin.c', line: 2 })).anchor?.kind,
        'line',
      );
    },
  );

  check(
    'a file of 2 GB',
    (r) => {
      r.commit({ 'a.txt': '1' });
      writeFileSync(path.join(r.root, 'huge.bin'), '');
      truncateSync(path.join(r.root, 'huge.bin'), 2 * 1024 ** 3);
    },
    async (w) => {
      const started = performance.now();
      assert.match((await brief(w)).loops[0]?.summary ?? '', /1 file uncommitted/);
      const whisper = await t.api.whispers.add({
        workspace: w,
        text: 'too large',
        file: 'huge.bin',
        line: 1,
      });
      assert.equal(whisper.anchor?.kind, 'file');
      assert.ok(performance.now() - started < 5000);
    },
  );

  check(
    'a secret file is not read, not even for an anchor',
    (r) => {
      r.commit({
        '.env': 'TOKEN=1 # TODO rotate this token soon\n',
        'a.ts': '// TODO write the second part\n',
      });
    },
    async (w) => {
      const loops = await t.api.loops.list({ workspace: w });
      assert.ok(
        loops.some((l) => l.title.includes('second part')) && !loops.some((l) => l.title.includes('rotate')),
      );
      assert.equal(
        (await t.api.whispers.add({ workspace: w, text: 'x', file: '.env', line: 1 })).anchor?.kind,
        'file',
      );
    },
  );

  it('[F5] a folder that is no repository', async () => {
    using folder = temporaryFolder();
    const workspace = await read(t.api, folder.path);
    const b = await brief(workspace);
    assert.equal(b.coverage, 'partial');
    assert.match(b.notes.join(), /not a git repository/);
    await t.api.whispers.add({ workspace, text: 'works all the same' });
    await t.api.workspaces.close({ path: workspace });
  });

  it('[F5] a folder that vanishes is told as gone, and comes back', async () => {
    await using repository = await makeRepository();
    repository.commit({ 'a.txt': '1' });
    const workspace = await read(t.api, repository.root);
    const { id } = await t.api.whispers.add({ workspace, text: 'kept' });
    rmSync(repository.root, { recursive: true, force: true });
    await eventually(
      async () => (await t.api.workspaces.list({})).find((w) => w.path === workspace)?.kind === 'gone',
      20_000,
    );
    assert.equal((await brief(workspace)).coverage, 'partial');
    assert.equal((await t.api.whispers.list({ workspace }))[0]?.id, id);
    mkdirSync(repository.root);
    await eventually(
      async () => (await t.api.workspaces.list({})).find((w) => w.path === workspace)?.kind !== 'gone',
      40_000,
    );
    await t.api.workspaces.close({ path: workspace });
  });
});

/** Mounts a small file system; null where this user may not. */
function mount(folder: string, size: string): { remount(options: string): void; unmount(): void } | null {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const run = (...args: string[]) =>
    spawnSync([...sudo, ...args][0] as string, [...sudo, ...args].slice(1)).status === 0;
  if (
    process.platform !== 'linux' ||
    !run('mount', '-t', 'tmpfs', '-o', `size=${size},mode=0777`, 'tmpfs', folder)
  )
    return null;
  return {
    remount: (options) => assert.ok(run('mount', '-o', `remount,${options}`, folder)),
    unmount: () => void run('umount', '-l', folder),
  };
}

describe('bad disks', () => {
  const withDisk = (
    name: string,
    size: string,
    work: (folder: string, disk: NonNullable<ReturnType<typeof mount>>) => Promise<void>,
  ) =>
    it(name, async function () {
      this.timeout(90_000);
      using folder = temporaryFolder();
      const disk = mount(folder.path, size);
      if (!disk) {
        console.error('      skipped: only Linux with root (or sudo) can mount a small disk');
        assert.ok(process.platform !== 'linux' || process.env.CI !== 'true', 'this tier must run in CI');
        return this.skip();
      }
      try {
        await work(folder.path, disk);
      } finally {
        disk.unmount();
      }
    });

  async function clientOf(data: string) {
    const companion = await spawnCompanion(data);
    const client = new CompanionClient({
      kind: 'test',
      version: '0',
      open: () => openSocket(companion.discovery),
    });
    const api = await client.connected(10_000);
    const end = async (signal?: NodeJS.Signals) => {
      await companion.end(signal);
    };
    return { companion, api, end, [Symbol.asyncDispose]: () => end('SIGKILL') };
  }

  withDisk(
    '[F5] a full disk: typed errors, READ_ONLY in words, nothing acknowledged is lost, writing goes on when there is room',
    '260m',
    async (data) => {
      using work = temporaryFolder();
      await using running = await clientOf(data);
      const { companion, api } = running;
      await api.settings.update({ store: { readOnlyFreeMb: 0, warnFreeMb: 0 } });
      await api.workspaces.open({ path: work.path, trusted: false });
      const kept: string[] = [];
      const ballast = path.join(data, 'ballast');
      const { bavail, bsize } = statfsSync(data);
      writeFileSync(ballast, Buffer.alloc(bavail * bsize - 3 * 1024 * 1024));
      let refusal: { code?: string; message?: string } | null = null;
      for (let i = 0; i < 5000 && !refusal; i++) {
        try {
          kept.push(
            (await api.whispers.add({ workspace: work.path, text: `note ${i} ${'x'.repeat(1500)}` })).id,
          );
        } catch (error) {
          refusal = error as { code: string; message: string };
        }
      }
      assert.equal(refusal?.code, 'read_only');
      assert.match(refusal?.message ?? '', /Nothing was stored.*Free some disk space/);
      assert.equal((await api.system.status({})).state, 'READ_ONLY');
      assert.match((await api.system.status({})).health.map((h) => h.message).join(), /cannot be written/);
      assert.equal((await fetch(`http://127.0.0.1:${companion.discovery.port}/readyz`)).status, 503);
      await api.brief.get({ workspace: work.path });
      rmSync(ballast);
      await eventually(async () => (await api.system.status({})).state === 'FULL', 20_000);
      kept.push((await api.whispers.add({ workspace: work.path, text: 'after' })).id);
      await running.end('SIGKILL');

      await using next = await clientOf(data);
      const found = new Set((await next.api.whispers.list({ limit: 1000 })).map(({ id }) => id));
      const total = (await next.api.events.list({ since: 0, limit: 1000 })).events.length;
      assert.ok(total > 0 && kept.slice(-900).every((id) => found.has(id)));
    },
  );

  withDisk(
    '[F5] a start on a disk that is nearly full: up, READ_ONLY, and well as soon as there is room',
    '230m',
    async (data) => {
      const ballast = path.join(data, 'ballast');
      writeFileSync(ballast, Buffer.alloc(100 * 1024 * 1024));
      using work = temporaryFolder();
      await using running = await clientOf(data);
      const { api } = running;
      assert.equal((await api.system.status({})).state, 'READ_ONLY');
      await assert.rejects(api.workspaces.open({ path: work.path }), { code: 'read_only' });
      rmSync(ballast);
      await eventually(async () => (await api.system.status({})).state === 'FULL', 20_000);
      await api.workspaces.open({ path: work.path });
      await running.end();
    },
  );

  withDisk(
    '[F5] a data directory that turns read-only, and one that is so from the start',
    '260m',
    async (data, disk) => {
      using work = temporaryFolder();
      await using running = await clientOf(data);
      const { api } = running;
      await api.settings.update({ store: { readOnlyFreeMb: 0, warnFreeMb: 0 } });
      await api.workspaces.open({ path: work.path, trusted: false });
      const { id } = await api.whispers.add({ workspace: work.path, text: 'before' });
      await running.end();

      disk.remount('ro');
      await assert.rejects(
        spawnCompanion(data),
        /did not start: .*(read-?only|EROFS|unable to open|readonly)/is,
      );
      disk.remount('rw');
      await using next = await clientOf(data);
      assert.equal((await next.api.whispers.list({}))[0]?.id, id);
    },
  );
});

describe('a damaged store', () => {
  for (const [database, name] of [
    ['hub.db', 'intents'],
    ['hub.db', 'meta'],
    ['actors/creator/mind.db', 'sqlite_sequence'],
    ['actors/creator/mind.db', 'events'],
    ['actors/creator/mind.db', 'convergence'],
    ['actors/creator/mind.db', 'turns_unfinished'],
  ] as const) {
    it(`[F5] comes up by itself with the newest backup: ${name} of ${path.basename(database)}`, async () => {
      using folder = temporaryFolder();
      const dataDirectory = path.join(folder.path, 'data');
      {
        await using first = await testCompanion({ dataDirectory });
        await first.api.memories.remember({ content: 'the kettle is blue' });
        await first.api.backups.create({});
      }
      damagePage(path.join(dataDirectory, database), name);
      await using second = await testCompanion({ dataDirectory });
      await eventually(async () =>
        (await second.api.system.status({})).health.some(({ message }) => /was restored/.test(message)),
      );
      assert.equal((await second.api.memories.recall({ query: 'kettle' })).found.length, 1);
    });
  }
});
