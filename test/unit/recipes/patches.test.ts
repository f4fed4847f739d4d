import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { applyPatch as applyByPackage, parsePatch as parseByPackage } from 'diff';
import fc from 'fast-check';
import { applyHunks, readPatch, writePatch } from '../../../companion/patches/index.ts';
import { applyPatch } from '../../../companion/recipes/apply-patch.ts';
import { makeRepository } from '../../fixtures/repository.ts';
import { planFolder, refusal } from '../../support/plan-world.ts';

const line = fc.constantFrom('a', 'b', 'c', 'd', '', '-x', '+y', ' z', '@@ -1 +1 @@', '\\ No newline', 'ünï');
const text = fc
  .tuple(fc.array(line, { maxLength: 40 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
  .map(([lines, end, last]) => lines.join(end) + (last && lines.length > 0 ? end : ''));

const patchOf = (...of: Parameters<typeof writePatch>): string =>
  writePatch(...of) ?? assert.fail('the same');

describe('recipes/patches', function () {
  this.timeout(60_000);

  it('a diff that is written turns one text into the other, by our own reading', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const diff = writePatch('src/a "b".ts', before, after);
        if (diff === null) return assert.equal(before, after);
        const [file, ...others] = readPatch(diff);
        assert.equal(others.length, 0);
        assert.equal(file!.to, 'src/a "b".ts');
        // As the package does that carries out the step.
        assert.equal(applyByPackage(before, parseByPackage(diff)[0]!, { fuzzFactor: 0 }), after);
        // Line ends of the file are kept, so texts of two kinds are not for comparing.
        if (before.includes('\r') !== after.includes('\r')) return;
        const applied = applyHunks(before, file!);
        assert.deepEqual(applied.ok && applied.text, after);
        assert.deepEqual(applied.ok && applied.notes, []);
      }),
      { numRuns: 500 },
    );
  });

  it('and by git itself, odd names and missing newlines included', async () => {
    await using repo = await makeRepository();
    const pairs = fc.sample(fc.tuple(text, text), { numRuns: 40, seed: 7 });
    const files = Object.fromEntries(pairs.map(([before], i) => [`ü "${i}"\t.txt`, before]));
    repo.commit(files);
    const diff = pairs
      .map(([before, after], i) => writePatch(`ü "${i}"\t.txt`, before, after) ?? '')
      .join('');
    const applied = spawnSync('git', ['apply', '--whitespace=nowarn', '-'], {
      cwd: repo.root,
      input: diff,
      encoding: 'utf8',
    });
    assert.equal(applied.status, 0, applied.stderr);
    const { readFileSync } = await import('node:fs');
    for (const [i, [, after]] of pairs.entries())
      assert.equal(readFileSync(`${repo.root}/ü "${i}"\t.txt`, 'utf8'), after);
  });

  it('reads what git writes: changes, new, deleted and moved files, modes, quoted names', async () => {
    await using repo = await makeRepository();
    const long = Array.from({ length: 30 }, (_, i) => `line ${i}\n`).join('');
    repo.commit({
      'a.txt': long,
      'gone.txt': 'x\n',
      'old name.txt': long,
      'empty.txt': '',
      'ünï\t"q".txt': 'u\n',
    });
    repo.run('mv', 'old name.txt', 'new name.txt');
    repo.run('rm', '-q', 'gone.txt');
    repo.write({
      'a.txt': long.replace('line 3\n', 'line three\n').replace('line 25\n', ''),
      'fresh.sh': '#!/bin/sh',
      'ünï\t"q".txt': 'v\n',
    });
    const { chmodSync } = await import('node:fs');
    chmodSync(`${repo.root}/fresh.sh`, 0o755);
    repo.run('add', '-A');
    const patch = repo.run('diff', '--cached', '-M');
    repo.run('reset', '-q', '--hard');
    using folder = planFolder({}, repo.root);
    const plan = await applyPatch.plan(folder.world, { text: `${patch}\n` });
    const tools = plan.steps.map((step) => [
      step.tool,
      'path' in step ? step.path : 'to' in step ? step.to : '',
    ]);
    assert.deepEqual(tools, [
      ['patch', ''],
      ['write', 'fresh.sh'],
      ['delete', 'gone.txt'],
      ['move', 'new name.txt'],
      ['patch', ''],
    ]);
    const fresh = plan.steps[1];
    assert.ok(fresh?.tool === 'write' && fresh.executable === true && fresh.text === '#!/bin/sh');
    assert.equal(plan.sentence, 'Apply the patch: 5 hunks in 5 files.');
    assert.equal(plan.review, undefined);
    // git takes our patches for the same change.
    const diffs = plan.steps.flatMap((step) => (step.tool === 'patch' ? [step.diff] : [])).join('');
    assert.equal(spawnSync('git', ['apply', '--check', '-'], { cwd: repo.root, input: diffs }).status, 0);
  });

  const BASE = Array.from({ length: 20 }, (_, i) => `line ${i}\n`).join('');
  const PATCH = patchOf('a.txt', BASE, BASE.replace('line 10\n', 'line ten\n'));

  it('finds a hunk that has moved, and says how far', async () => {
    using folder = planFolder({ 'a.txt': `new\nnew\n${BASE}`, 'fix.patch': PATCH });
    const plan = await applyPatch.plan(folder.world, { file: 'fix.patch' });
    assert.equal(plan.sentence, 'Apply fix.patch: 1 hunk in 1 file.');
    assert.match(plan.review![0]!.text, /@@ -8,7 \+8,7 @@ was found 2 lines further down/);
    const step = plan.steps[0];
    assert.ok(step?.tool === 'patch');
    assert.match(step.diff, /@@ -10,7 \+10,7 @@/, 'the step says where it goes now');
  });

  it('takes up to two lines of context that differ, and says so; no more', async () => {
    using folder = planFolder({ 'a.txt': BASE.replace('line 7\n', 'seven\n'), 'b.txt': '' });
    const plan = await applyPatch.plan(folder.world, { text: PATCH });
    assert.match(plan.review![0]!.text, /1 line of context that differ/);
    folder.write({ 'a.txt': BASE.replace('line 9\n', 'nine\n') });
    assert.match(
      await refusal(applyPatch.plan(folder.world, { text: PATCH })),
      /^conflict: The hunk @@ -8,7 \+8,7 @@ does not fit a\.txt: nothing in the file reads/,
    );
  });

  it('keeps the line ends of the file', async () => {
    using folder = planFolder({ 'a.txt': BASE.replaceAll('\n', '\r\n') });
    const plan = await applyPatch.plan(folder.world, { text: PATCH });
    const step = plan.steps[0];
    assert.ok(step?.tool === 'patch');
    assert.match(step.diff, /\+line ten\r\n/);
  });

  for (const [what, patch, words] of [
    ['no patch', 'hello', /no patch that can be applied: it holds no file header/],
    ['a hunk without a file', '@@ -1 +1 @@\n-a\n+b\n', /without the file/],
    [
      'a hunk that ends too early',
      '--- a/a.txt\n+++ b/a.txt\n@@ -1,9 +1,9 @@\n line 0\n',
      /no patch that can be applied: Hunk at line 3/,
    ],
    [
      'what stands there already',
      patchOf('a.txt', BASE.replace('line 10\n', 'x\n'), BASE),
      /stands in the file already, at line 8/,
    ],
    ['a file that is not there', patchOf('b.txt', 'a\n', 'b\n'), /no such text file/],
    [
      'a binary file',
      'diff --git a/x.png b/x.png\nindex 1..2 100644\nGIT binary patch\nliteral 1\nA\n',
      /is binary/,
    ],
    [
      'a binary file in words',
      'diff --git a/x.png b/x.png\nindex 1..2 100644\nBinary files a/x.png and b/x.png differ\n',
      /is binary/,
    ],
    [
      'a symbolic link',
      'diff --git a/l b/l\nnew file mode 120000\n--- /dev/null\n+++ b/l\n@@ -0,0 +1 @@\n+/etc/passwd\n\\ No newline at end of file\n',
      /symbolic link l/,
    ],
    ['a way out', '--- a/../../x\n+++ b/../../x\n@@ -1 +1 @@\n-a\n+b\n', /leads out of the folder/],
    ['an absolute path', '--- /etc/passwd\n+++ /etc/passwd\n@@ -1 +1 @@\n-a\n+b\n', /not relative/],
    ['a hook', '--- /dev/null\n+++ b/.git/hooks/pre-commit\n@@ -0,0 +1 @@\n+evil\n', /never touched/],
    ['a secret', '--- /dev/null\n+++ b/.env.local\n@@ -0,0 +1 @@\n+evil\n', /never touched/],
    ['a file over another', '--- /dev/null\n+++ b/a.txt\n@@ -0,0 +1 @@\n+x\n', /there already/],
    [
      'a deletion of more than it knows',
      '--- a/a.txt\n+++ /dev/null\n@@ -1 +0,0 @@\n-line 0\n',
      /has text that the patch does not know/,
    ],
  ] as const)
    it(`refuses ${what}`, async () => {
      using folder = planFolder({ 'a.txt': BASE, 'x.png': 'png' });
      assert.match(await refusal(applyPatch.plan(folder.world, { text: patch })), words);
    });

  it('asks for one source, and for one that is there', async () => {
    using folder = planFolder({ 'a.txt': BASE });
    assert.match(await refusal(applyPatch.plan(folder.world, {})), /^bad_input: text: give either/);
    assert.match(
      await refusal(applyPatch.plan(folder.world, { file: 'a', text: 'b' })),
      /^bad_input: file: give either/,
    );
    assert.match(await refusal(applyPatch.plan(folder.world, { file: '../x.patch' })), /leads out/);
    assert.match(
      await refusal(applyPatch.plan(folder.world, { file: 'none.patch' })),
      /no text file "none.patch"/,
    );
    assert.match(
      await refusal(applyPatch.plan(folder.world, { file: 'a.txt', p: '1' })),
      /p: there is no such option/,
    );
  });
});
