import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import * as git from '../../../companion/git/index.ts';
import {
  type HostileRepository,
  lookCarelessly,
  makeHostileRepository,
} from '../../fixtures/hostile-repository.ts';

type Reader = (program: git.GitProgram, root: string) => Promise<unknown>;

const reader =
  (read: (repository: git.Repository) => Promise<unknown>): Reader =>
  async (program, root) =>
    read(await git.openRepository(program, root));

/** Every function of the room that touches a repository, called so that it does all it can. */
const READERS: Readonly<Record<string, Reader>> = {
  atOnce: reader(async (r) => {
    const repository = git.atOnce(r);
    const status = await git.readStatus(repository);
    await git.readUncommittedLines(repository, status);
  }),
  blameLines: reader((r) => git.blameLines(r, 'code.ts', [1, 2, 3])),
  findGit: async (program) => git.findGit({ file: program.file }),
  openRepository: (program, root) => git.openRepository(program, root),
  readBranches: reader(async (r) => git.readBranches(r, { against: await git.readDefaultBranch(r) })),
  readChangedPlaces: reader(async (r) => [
    await git.readChangedPlaces(r, 'work-tree'),
    await git.readChangedPlaces(r, 'HEAD'),
  ]),
  readChurn: reader((r) => git.readChurn(r, { lines: true, onProgress: () => {} })),
  readCommitMessages: reader(async (r) => {
    const messages = [];
    for await (const each of (await git.readCommitMessages(r)).read()) messages.push(each);
    assert.ok(messages.length > 0);
  }),
  readCommitStats: reader((r) => git.readCommitStats(r, { since: 1 })),
  readCommitsBetween: reader((r) => git.readCommitsBetween(r, 'refs/heads/side', 'refs/heads/main')),
  readDefaultBranch: reader((r) => git.readDefaultBranch(r)),
  readFileAt: reader((r) => git.readFileAt(r, 'HEAD', 'file-0.txt')),
  readHead: reader((r) => git.readHead(r)),
  readIdentity: reader((r) => git.readIdentity(r)),
  readLanding: reader((r) => git.readLanding(r, 'refs/heads/main', 'refs/heads/side')),
  readNoteOrigins: reader(async (r) => {
    const { items } = await git.readTodos(r);
    const { histories } = await git.readChurn(r, { timesOf: new Set(items.map((todo) => todo.path)) });
    const origins = await git.readNoteOrigins(r, items, histories);
    assert.ok(origins.some((origin) => origin !== null));
  }),
  readOperation: reader((r) => git.readOperation(r)),
  readRecentCommits: reader((r) => git.readRecentCommits(r, { from: 'branches', since: 1 })),
  readRenames: reader((r) => git.readRenames(r, 'HEAD', { following: ['gone.ts'] })),
  readStashes: reader((r) => git.readStashes(r)),
  readStatus: reader((r) => git.readStatus(r)),
  readTodos: reader((r) => git.readTodos(r)),
  readTodosOfFolder: (program, root) => git.readTodosOfFolder(program, root),
  readTracked: reader((r) => git.readTracked(r, 'library')),
  readUncommittedLines: reader(async (r) => git.readUncommittedLines(r, await git.readStatus(r))),
  readUnpushed: reader((r) => git.readUnpushed(r)),
  searchCommits: reader(async (r) => [
    await git.searchCommits(r, { words: ['change', 'e'] }),
    await git.searchCommits(r, { file: 'code.ts', without: ['refs/heads/side'] }),
  ]),
};

/** Functions of the room without I/O. */
const PURE = new Set([
  'GitError',
  'findTodo',
  'isDenied',
  'isForeign',
  'isGitError',
  'isOwn',
  'shortName',
  'wholeName',
]);

describe('git/hostile repository', function () {
  this.timeout(60_000);
  let hostile: HostileRepository;
  let program: git.GitProgram;
  let environment: NodeJS.ProcessEnv;

  before(async () => {
    hostile = await makeHostileRepository();
    const { folder, root } = hostile.repository;
    hostile.repository.run('rm', '-q', '--cached', 'gone.ts');
    // What a caller may have inherited, and a PATH that leads into the repository first.
    environment = {
      ...hostile.repository.environment,
      GIT_EXTERNAL_DIFF: path.join(folder, 'diff.external'),
      GIT_DIR: path.join(folder, 'elsewhere'),
      GIT_TRACE: path.join(folder, 'canaries', 'trace'),
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.fsmonitor',
      GIT_CONFIG_VALUE_0: path.join(folder, 'fsmonitor'),
      GIT_ASKPASS: path.join(folder, 'core.askPass'),
      PATH: `.${path.delimiter}${root}${path.delimiter.repeat(2)}${process.env.PATH}`,
    };
    program = await git.findGit({ environment: { ...environment, PATH: process.env.PATH } });
  });
  after(() => hostile.repository[Symbol.asyncDispose]());

  it('knows every function of the room', () => {
    const functions = Object.entries(git).flatMap(([name, value]) =>
      typeof value === 'function' ? [name] : [],
    );
    assert.deepEqual(functions.filter((name) => !PURE.has(name)).sort(), Object.keys(READERS).sort());
  });

  for (const [name, read] of Object.entries(READERS)) {
    it(`[F10] ${name} springs no trap and writes nothing`, async () => {
      const { root } = hostile.repository;
      hostile.touch();
      hostile.reset();
      const before = snapshot(path.join(root, '.git'));
      await read(program, root);
      assert.deepEqual(hostile.sprung(), []);
      assert.deepEqual(snapshot(path.join(root, '.git')), before);
    });
  }

  it('[F10] a git that lies in the repository is not taken, even first on the PATH', async () => {
    hostile.repository.write({ git: '#!/bin/sh\nexit 3\n', 'git.exe': 'not a program' });
    const found = await git.findGit({
      environment: { ...environment, PATH: `.${path.delimiter}${process.env.PATH}` },
    });
    assert.ok(path.isAbsolute(found.file) && !found.file.startsWith(hostile.repository.root), found.file);
  });

  it('the traps do go off when somebody looks without care', () => {
    hostile.touch();
    hostile.reset();
    lookCarelessly(hostile);
    const sprung = new Set(hostile.sprung());
    for (const name of [
      'fsmonitor',
      'clean-evil',
      'clean-dotted_name',
      'clean-a_b',
      'clean-quo_te',
      'clean-included',
      'clean-worktree',
      'textconv',
      'diff.command',
      'gpg.program',
      'hook-post-index-change',
      'submodule-fsmonitor',
      'transport',
    ]) {
      assert.ok(sprung.has(name), `${name} did not go off; only ${[...sprung].join(', ')}`);
    }
  });
});

function snapshot(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => {
      const facts = statSync(path.join(folder, name));
      return `${name} ${facts.size} ${facts.mtimeMs}`;
    })
    .sort();
}
