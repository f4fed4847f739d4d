import assert from 'node:assert/strict';
import type { Commit, FileChange } from '../../../companion/git/commit-log.ts';
import { collectHistories } from '../../../companion/git/file-history.ts';

const commit = (name: string, parents = ['p']): Commit => ({
  commit: name,
  parents,
  author: 'Ana',
  email: 'ana@example.com',
  authoredAt: 0,
  committedAt: 0,
  subject: '',
});

const change = (status: string, path: string, blob: string, previous = ''): FileChange => ({
  status,
  path,
  blob,
  previous,
  insertions: null,
  deletions: null,
});

/** Versions of "a" as "commit blob start", from commits newest first. */
function history(log: readonly [string, FileChange[] | 'bulk', FileChange[]?, string[]?][]): string[] {
  const collector = collectHistories(new Set(['a']));
  for (const [name, files, kept, parents] of log) {
    const all = files === 'bulk' ? null : files;
    const asked = (kept ?? all ?? []).filter((file) => collector.keep(file.path ?? ''));
    collector.add(commit(name, parents), all, asked);
  }
  return (collector.histories.get('a') ?? []).map((v) => `${v.commit.commit} ${v.blob} ${v.start}`);
}

describe('git/file-history', () => {
  it('collects the versions of a file to the commit that made it', () => {
    const log = history([
      ['3', [change('M', 'a', 'a3'), change('M', 'b', 'b3')]],
      ['2', [change('M', 'a', 'a2')]],
      ['1', [change('A', 'a', 'a1')]],
      ['0', [change('D', 'a', '', 'earlier')]],
    ]);
    assert.deepEqual(log, ['3 a3 null', '2 a2 null', '1 a1 born']);
  });

  it('goes on under the former name of an exact rename', () => {
    const log = history([
      ['4', [change('M', 'a', 'a4')]],
      ['3', [change('A', 'a', 'x'), change('D', 'old', '', 'x'), change('D', 'other', '', 'y')]],
      ['2', [change('M', 'old', 'x')]],
      ['1', [change('A', 'old', 'w'), change('A', 'a', 'not ours')]],
    ]);
    assert.deepEqual(log, ['4 a4 null', '3 x null', '2 x null', '1 w born']);
  });

  it('is not sure of a file that may come from one that was taken away', () => {
    assert.deepEqual(history([['1', [change('A', 'a', 'x'), change('D', 'old', '', 'w')]]]), ['1 x unsure']);
    assert.deepEqual(history([['1', 'bulk', [change('A', 'a', 'x')]]]), ['1 x unsure']);
    assert.deepEqual(history([['1', 'bulk', [change('A', 'a', 'x')], []]]), ['1 x born']);
  });
});
