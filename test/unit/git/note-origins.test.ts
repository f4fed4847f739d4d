import assert from 'node:assert/strict';
import { mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { type BlamedLine, readChurn, readNoteOrigins, readTodos } from '../../../companion/git/index.ts';
import { ANA, BO, FIRST_COMMIT_AT, makeRepository, type TestRepository } from '../../fixtures/repository.ts';

/** Origins by the text of the note. */
async function origins(repo: TestRepository, maxCommits = 100): Promise<Record<string, BlamedLine | null>> {
  const repository = await repo.open();
  const { items } = await readTodos(repository);
  const { histories } = await readChurn(repository, {
    timesOf: new Set(items.map((t) => t.path)),
    maxCommits,
  });
  const found = await readNoteOrigins(repository, items, histories);
  return Object.fromEntries(items.map((todo, i) => [todo.text, found[i] ?? null]));
}

const at = (n: number): number => FIRST_COMMIT_AT + n * 60_000;

describe('git/note-origins', function () {
  this.timeout(20_000);

  it('tells who wrote a note first, whatever was moved or indented since', async () => {
    await using repo = await makeRepository();
    const first = repo.commit({ 'a.ts': '// TODO: one\n' });
    const second = repo.commit({ 'a.ts': '// TODO: two\nx();\n// TODO: one\n' }, { author: BO });
    repo.commit({ 'a.ts': 'if (y) {\n  x();\n    // TODO: one\n  // TODO: two\n}\n' });
    assert.deepEqual(await origins(repo), {
      'TODO: one': { commit: first, author: 'Ana', email: ANA.email, at: at(1) },
      'TODO: two': { commit: second, author: 'Bo', email: BO.email, at: at(2) },
    });
  });

  it('follows a file that was renamed as it was, and is not sure of one that was edited with it', async () => {
    await using repo = await makeRepository();
    const first = repo.commit({ 'a.ts': '// TODO: a\nmore\n', 'b.ts': '// TODO: b\nmore\n' });
    mkdirSync(path.join(repo.root, 'new'));
    renameSync(path.join(repo.root, 'a.ts'), path.join(repo.root, 'new/a.ts'));
    repo.commit({}, { message: 'move a' });
    renameSync(path.join(repo.root, 'b.ts'), path.join(repo.root, 'new/b.ts'));
    repo.commit({ 'new/b.ts': '// TODO: b\nedited\n' });
    const found = await origins(repo);
    assert.deepEqual([found['TODO: a']?.commit, found['TODO: b']], [first, null]);
  });

  it('leaves to blame what is not committed and what is older than it has seen', async () => {
    await using repo = await makeRepository();
    repo.commit({ 'a.ts': '// TODO: old\n' });
    const second = repo.commit({ 'a.ts': '// TODO: old\n// TODO: new\n' });
    repo.commit({ 'a.ts': '// TODO: old\n// TODO: new\nx\n' });
    repo.write({ 'a.ts': '// TODO: old\n// TODO: new\n// TODO: uncommitted\n' });
    const all = await origins(repo);
    assert.deepEqual([all['TODO: new']?.commit, all['TODO: uncommitted']], [second, null]);
    const some = await origins(repo, 2);
    assert.deepEqual([some['TODO: old'], some['TODO: new']], [null, null]);
  });

  it('finds notes that came with an import of everything', async () => {
    await using repo = await makeRepository();
    const files = Array.from({ length: 1_200 }, (_, i): [string, string] => [
      `f${i}.ts`,
      i === 1_199 ? '// TODO: x\n' : '',
    ]);
    const first = repo.commit(Object.fromEntries(files));
    repo.commit({ 'f1199.ts': '// TODO: x\ny\n' });
    assert.equal((await origins(repo))['TODO: x']?.commit, first);
  });

  it('[F10] asks a partial clone for nothing', async () => {
    await using repo = await makeRepository();
    repo.commit({ 'a.ts': '// TODO: one\n' });
    const repository = { ...(await repo.open()), partial: true };
    const { items } = await readTodos(repository);
    const { histories } = await readChurn(repository, { timesOf: new Set(['a.ts']) });
    assert.deepEqual(await readNoteOrigins(repository, items, histories), [null]);
  });
});
