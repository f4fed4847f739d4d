import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Brief, Evidence, Loop } from '../../companion/protocol/index.ts';
import { BO, makeRepository, type TestRepository } from '../fixtures/repository.ts';
import { temporaryFolder } from '../support/temporary.ts';

const DAY = 86_400_000;

/** Runs a script of the project as a user does; the last line of stdout is the answer. */
function run(
  script: string,
  args: readonly string[],
  data: string,
): { status: number | null; json: unknown; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    env: { ...process.env, PROGENY_DATA_DIR: data },
    encoding: 'utf8',
    timeout: 120_000,
  });
  return {
    status,
    stdout,
    stderr,
    json: stdout.trim().startsWith('{') || stdout.trim().startsWith('[') ? JSON.parse(stdout) : null,
  };
}

function evidenceOf(brief: Brief): Evidence[] {
  return [brief.last, ...brief.loops, ...brief.away, ...brief.next].flatMap((part) => part?.evidence ?? []);
}

function assertExists(item: Evidence, repository: TestRepository): void {
  const [key, ...others] = Object.keys(item).sort();
  if ('commit' in item) repository.run('cat-file', '-e', `${item.commit}^{commit}`);
  else if ('branch' in item) repository.run('rev-parse', '--verify', '-q', item.branch);
  else {
    const lines = readFileSync(path.join(repository.root, item.file), 'utf8').split('\n').length;
    assert.ok(item.line >= 1 && item.line <= lines, `${item.file}:${item.line} of ${lines}`);
  }
  assert.ok((key === 'file' && others.join() === 'line') || others.length === 0, JSON.stringify(item));
}

describe('npm start', function () {
  this.timeout(240_000);

  it('[F1] --once --json prints a brief as JSON and nothing else; its evidence exists', async () => {
    using data = temporaryFolder();
    await using repository = await makeRepository();
    repository.commit({ 'src/parser.ts': 'export {};\n// TODO handle CRLF in the reader\n' });
    for (let i = 0; i < 4; i++)
      repository.commit(
        { 'src/parser.ts': `export const n = ${i};\n// TODO handle CRLF in the reader\n` },
        { author: BO },
      );
    repository.run('checkout', '-q', '-b', 'fix/clock');
    repository.commit({ 'src/clock.ts': 'export const now = 1;\n' });
    repository.write({ 'src/clock.ts': 'export const now = 2;\n' });
    const { status, json, stderr } = run(
      path.resolve('scripts/start.mjs'),
      ['--workspace', repository.root, '--once', '--json'],
      data.path,
    );
    assert.equal(status, 0, stderr);
    const brief = json as Brief;
    assert.match(brief.last?.text ?? '', /fix\/clock/);
    assert.ok(
      brief.loops.length >= 2 &&
        brief.loops.every((loop) => loop.anchors.length > 0 && loop.evidence.length > 0),
    );
    assert.ok(brief.next.length > 0);
    const evidence = evidenceOf(brief);
    assert.ok(evidence.length >= 5, `${evidence.length} pieces of evidence`);
    for (const item of evidence) assertExists(item, repository);
  });

  it('[F1] even one commit gives what there is, and no commit says so', async () => {
    using data = temporaryFolder();
    await using repository = await makeRepository();
    const start = () =>
      run(path.resolve('scripts/start.mjs'), ['--workspace', repository.root, '--once', '--json'], data.path)
        .json as Brief;
    assert.equal(start().last, null);
    repository.commit({ 'a.txt': 'one\n', 'b.txt': 'two\n' });
    const brief = start();
    for (const item of evidenceOf(brief)) assertExists(item, repository);
    assert.ok(evidenceOf(brief).length >= 4);
  });

  it('[F8] of a busy repository: at most twenty, the nearest work first, nothing of others that is asleep', async () => {
    using data = temporaryFolder();
    await using repository = await makeRepository();
    const now = Date.now();
    const at = (days: number) => ({ at: now - days * DAY });
    repository.commit(
      { 'src/core/engine.ts': 'export {};\n// TODO drop the engine lock before the callback runs\n' },
      { ...at(300), message: 'engine' },
    );
    for (let i = 0; i < 40; i++)
      repository.commit(
        { [`legacy/old-${i}.ts`]: `// TODO somebody should look at part ${i} some day\n` },
        { ...at(290), author: BO },
      );
    for (let i = 0; i < 20; i++)
      repository.commit(
        {
          'src/core/engine.ts': `export const v = ${i};\n// TODO drop the engine lock before the callback runs\n`,
        },
        at(30 - i),
      );
    for (const [name, days] of [
      ['feature/import', 20],
      ['fix/clock', 3],
    ] as const) {
      repository.run('checkout', '-q', '-b', name, 'main');
      repository.commit({ [`src/${name.replace('/', '-')}.ts`]: 'x\n' }, at(days));
    }
    repository.run('checkout', '-q', 'main');
    repository.write({
      'src/core/engine.ts': 'export const v = 99;\n// TODO drop the engine lock before the callback runs\n',
    });
    const { json, stderr } = run(
      path.resolve('companion/cli/progeny.ts'),
      ['loops', '--json', '--workspace', repository.root],
      data.path,
    );
    const loops = json as Loop[];
    run(path.resolve('companion/cli/progeny.ts'), ['stop'], data.path);
    assert.ok(loops.length <= 20, stderr);
    assert.deepEqual(
      loops.slice(0, 4).map((loop) => loop.title),
      [
        'Uncommitted work on main',
        'fix/clock',
        'feature/import',
        'TODO engine.ts:2 drop the engine lock before the callback runs',
      ],
    );
    assert.ok(
      loops.every((loop) => !loop.title.includes('some day')),
      'a note of somebody else in a file nobody touches',
    );
  });
});

describe('npm test', function () {
  this.timeout(120_000);
  const runner = (...args: string[]) => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [path.resolve('scripts/test.ts'), '--no-coverage', ...args],
      {
        env: { ...process.env, CI: 'true' },
        encoding: 'utf8',
      },
    );
    return { status, last: stdout.trimEnd().split('\n').at(-1) };
  };

  it('[F2] ends with what passed and failed, and fails when something did', () => {
    assert.deepEqual(runner('--tier', 'tidy', '--grep', 'lists exactly the codes'), {
      status: 0,
      last: '1 passed, 0 failed',
    });
    const nothing = runner('test/tidy/nothing-there.test.ts');
    assert.notEqual(nothing.status, 0);
    assert.match(nothing.last ?? '', /^\d+ passed, [1-9]\d* failed$/);
  });
});
