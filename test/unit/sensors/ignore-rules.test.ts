import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { createIgnoreRules, mayRecord } from '../../../companion/sensors/ignore-rules.ts';
import { makeRepository } from '../../fixtures/repository.ts';
import { temporaryFolder } from './support.ts';

/** Rules over ignore files that stand in a table, by path from the workspace /w. */
function rulesOf(texts: Record<string, string> = {}, options: { exclude?: string[]; files?: string[] } = {}) {
  return createIgnoreRules({
    workspace: '/w',
    top: null,
    exclude: [],
    ignoreCase: false,
    read: (file) => {
      const text = texts[path.posix.relative('/w', file)];
      return text === undefined ? 'none' : { text };
    },
    ...options,
  });
}

describe('sensors: ignore rules', function () {
  this.timeout(30_000);

  const alwaysIgnored = [
    '.git/config',
    '.git/refs/heads/main',
    'sub/.git',
    'node_modules/a/index.js',
    'packages/a/node_modules/b/c.js',
    '.progeny/now.md',
    '.env',
    '.env.local',
    'deep/down/.ENV.production',
    'certs/server.pem',
    'certs/SERVER.KEY',
    'id_rsa',
    'keys/id_rsa.pub',
    '.ssh/known_hosts',
    'home/.ssh/config',
    'src/.a.ts.swp',
    'src/4913',
    'src/a.ts~',
    'src/#a.ts#',
    'src/.#a.ts',
    '../outside.ts',
    'a/../../outside.ts',
    '/etc/passwd',
    'C:\\Windows\\win.ini',
    'a//b',
    '',
  ];
  for (const file of alwaysIgnored) {
    it(`never records ${JSON.stringify(file)}`, () => {
      assert.equal(rulesOf({ '.gitignore': '!*\n!.env\n!node_modules/' }).ignoresFile(file), true);
    });
  }

  const recorded = [
    'src/a.ts',
    'environment.ts',
    'src/envoy/x',
    'docs/monkey.md',
    'keys.ts',
    'ssh/client.ts',
    'a b "c".txt',
    'emoji🦊.md',
    'new\nline.txt',
    '.gitignore',
    '.github/workflows/ci.yml',
    'a..b/c...d',
  ];
  for (const file of recorded) {
    it(`records ${JSON.stringify(file)}`, () => assert.equal(rulesOf().ignoresFile(file), false));
  }

  it('follows git where a nested ignore file overrides one above', () => {
    const rules = rulesOf({
      '.gitignore': '*.log\nbuild/\n/only-top\n',
      'a/.gitignore': '!keep.log\n!build/\n/tied\n',
      'a/b/.gitignore': '*.log\n',
    });
    const expected: [string, boolean][] = [
      ['x.log', true],
      ['a/x.log', true],
      ['a/keep.log', false],
      ['a/b/keep.log', true],
      ['build/x', true],
      ['a/build/x', false],
      ['b/build/x', true],
      ['only-top', true],
      ['a/only-top', false],
      ['a/tied', true],
      ['a/b/tied', false],
    ];
    for (const [file, ignored] of expected) assert.equal(rules.ignoresFile(file), ignored, file);
  });

  it('lets exclusions of the user win over everything but the deny list', () => {
    const rules = rulesOf({ '.gitignore': '!private/\n' }, { exclude: ['private/**', '*.sql', '!.env'] });
    assert.equal(rules.ignoresFile('private/diary.md'), true);
    assert.equal(rules.ignoresFile('db/dump.sql'), true);
    assert.equal(rules.ignoresFile('.env'), true);
    assert.equal(rules.ignoresFile('db/schema.ts'), false);
  });

  it('understands the globs of editors: braces, and a hash that begins no comment', () => {
    const rules = rulesOf(
      {},
      { exclude: ['**/*.{sql,{csv,tsv}}', '{private,personal}/**', '#drafts', 'odd{name'] },
    );
    for (const file of ['a.sql', 'd/b.csv', 'b.tsv', 'private/x', 'personal/d/x', '#drafts', 'odd{name']) {
      assert.equal(rules.ignoresFile(file), true, file);
    }
    for (const file of ['a.ts', 'src/private/x', 'drafts', 'sql'])
      assert.equal(rules.ignoresFile(file), false, file);
    const many = rulesOf({}, { exclude: ['{a,b}'.repeat(60)] });
    assert.equal(many.ignoresFile('src/a.ts'), false, 'a glob of 2^60 alternatives costs no time');
  });

  it('reads info/exclude below .gitignore in precedence', () => {
    const rules = rulesOf(
      { '.git/info/exclude': '*.tmpx\nsecret-plan.md\n', '.gitignore': '!keep.tmpx\n' },
      { files: ['/w/.git/info/exclude'] },
    );
    assert.equal(rules.ignoresFile('a.tmpx'), true);
    assert.equal(rules.ignoresFile('keep.tmpx'), false);
    assert.equal(rules.ignoresFile('secret-plan.md'), true);
  });

  it('applies ignore files above a workspace that is a part of the repository', () => {
    const texts: Record<string, string> = {
      '/r/.gitignore': 'out/\n/packages/a/generated.ts\n',
      '/r/packages/.gitignore': '*.snap\n',
    };
    const read = (file: string) => (texts[file] === undefined ? 'none' : { text: texts[file] });
    const inside = { workspace: '/r/packages/a', top: '/r', exclude: [], read, ignoreCase: false } as const;
    const rules = createIgnoreRules(inside);
    assert.equal(rules.ignoresFile('out/x.js'), true);
    assert.equal(rules.ignoresFile('generated.ts'), true);
    assert.equal(rules.ignoresFile('src/generated.ts'), false);
    assert.equal(rules.ignoresFile('x.snap'), true);
    const ignored = createIgnoreRules({ ...inside, workspace: '/r/out/dump' });
    assert.equal(ignored.ignoresFile('a.ts'), false, 'a workspace that git ignores was opened on purpose');
  });

  it('reads ignore files again after forget', () => {
    const texts: Record<string, string> = {};
    const rules = rulesOf(texts);
    assert.equal(rules.ignoresFile('a/x.log'), false);
    texts['a/.gitignore'] = '*.log';
    rules.forget();
    assert.equal(rules.ignoresFile('a/x.log'), true);
  });

  it('does not record the end of an ignored folder as that of a file', () => {
    const rules = rulesOf({ '.gitignore': 'build/\n' });
    assert.equal(mayRecord(rules, { path: 'build', type: 'delete' }), false);
    assert.equal(mayRecord(rules, { path: 'build', type: 'create' }), true);
  });

  it('[F5] follows no link from an ignore file and records nothing where rules cannot be known', async () => {
    await using folder = temporaryFolder();
    mkdirSync(path.join(folder.path, 'linked'));
    mkdirSync(path.join(folder.path, 'huge'));
    mkdirSync(path.join(folder.path, 'folder', '.gitignore'), { recursive: true });
    symlinkSync('/dev/zero', path.join(folder.path, 'linked', '.gitignore'));
    writeFileSync(path.join(folder.path, 'huge', '.gitignore'), '#'.repeat(2 ** 21));
    const rules = createIgnoreRules({ workspace: folder.path, top: null, exclude: [] });
    assert.equal(rules.ignoresFile('linked/a'), false);
    assert.equal(rules.ignoresFile('folder/a'), false);
    assert.equal(rules.ignoresFile('huge/a'), true);
  });

  it('agrees with git on random ignore files', async () => {
    await using repository = await makeRepository();
    const folder = fc.constantFrom('a', 'b', 'c.x', 'e f');
    // Never the name of a folder that is there: git asks the file system, the rules are told.
    const leaf = fc.constantFrom('f', 'c.x', 'd.y', 'g h', '[ab]');
    const pattern = fc
      .tuple(
        fc.constantFrom('', '!'),
        fc.constantFrom('', '/', '**/', 'a/', 'b/'),
        fc.constantFrom('a', 'b', 'c.x', '*.x', '*', 'd.?', 'e f', '[ab]', '**'),
        fc.constantFrom('', '/', '/**', '/*'),
      )
      .map((parts) => parts.join(''));
    const ignoreFile = fc.array(pattern, { maxLength: 4 }).map((lines) => lines.join('\n'));
    const paths = fc.array(
      fc.tuple(fc.array(folder, { maxLength: 3 }), leaf).map(([above, name]) => [...above, name].join('/')),
      { minLength: 8, maxLength: 8 },
    );
    const files = fc.record({
      '.gitignore': ignoreFile,
      'a/.gitignore': ignoreFile,
      'a/b/.gitignore': ignoreFile,
    });
    fc.assert(
      fc.property(files, paths, (texts, asked) => {
        for (const folder of ['a', 'b'])
          rmSync(path.join(repository.root, folder), { recursive: true, force: true });
        mkdirSync(path.join(repository.root, 'a', 'b'), { recursive: true });
        for (const [file, text] of Object.entries(texts))
          writeFileSync(path.join(repository.root, file), text);
        const { stdout } = spawnSync('git', ['check-ignore', '--no-index', '-z', '--stdin'], {
          cwd: repository.root,
          env: repository.environment,
          input: asked.map((file) => `${file}\0`).join(''),
          encoding: 'utf8',
        });
        const ignored = new Set(stdout.split('\0'));
        const rules = createIgnoreRules({ workspace: repository.root, top: repository.root, exclude: [] });
        for (const file of asked) assert.equal(rules.ignoresFile(file), ignored.has(file), file);
      }),
      { numRuns: 60 },
    );
  });

  it('answers 50,000 questions in about half a second of processor time', () => {
    const patterns = Array.from({ length: 15 }, (_, i) => `generated-${i}/\n*.ext${i}\n`).join('');
    const rules = rulesOf({ '.gitignore': patterns });
    const ask = (folders: number, files: number) => {
      let ignored = 0;
      for (let i = 0; i < folders; i++) {
        for (let j = 0; j < files; j++) if (rules.ignoresFile(`src/f${i}/file-${j}.ts`)) ignored++;
      }
      return ignored;
    };
    ask(10, 10);
    const began = process.cpuUsage();
    assert.equal(ask(500, 100), 0);
    const { user, system } = process.cpuUsage(began);
    assert.ok(user + system < 1_500_000, `${(user + system) / 1000} ms`);
  });
});
