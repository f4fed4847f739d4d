import assert from 'node:assert/strict';
import type { Drift } from '../../../companion/protocol/index.ts';
import { loopIcon } from '../../../extension/loops/loop-icon.ts';
import { type FolderLoops, type Row, rows } from '../../../extension/loops/rows.ts';
import { loopsMessage } from '../../../extension/loops/view-message.ts';
import { sampleDrift } from '../../fixtures/samples.ts';
import { HOUR, loop, NOW } from './samples.ts';

const atlas = (...loops: FolderLoops['loops']): FolderLoops => ({
  path: '/home/ana/atlas',
  name: 'atlas',
  loops,
  whispers: [],
  drift: [],
});
const beta: FolderLoops = {
  path: '/b',
  name: 'b',
  loops: [loop({ id: 'loop_b', workspace: '/b' })],
  whispers: [],
  drift: [],
};

describe('the rows of the loops view', () => {
  it("[F3] are the companion's loops in the companion's order", () => {
    const loops = [loop({ id: 'loop_2', rank: 0.1 }), loop({ id: 'loop_1', rank: 0.9, title: 'TODO x' })];
    assert.deepEqual(
      rows([atlas(...loops)], NOW).map(({ id, label, description }) => [id, label, description]),
      loops.map(({ id, title, summary }) => [id, title, summary]),
    );
  });

  it('say how far a loop has gone beyond its scope, from moderate on', () => {
    const rated = (band: Drift['band']): FolderLoops => ({
      ...atlas(loop()),
      drift: [sampleDrift({ subject: loop().id, band })],
    });
    const [calm] = rows([rated('stable')], NOW);
    assert.ok(!/drift/i.test(`${calm?.description} ${calm?.tooltip} ${calm?.spoken}`));
    const [far] = rows([rated('volatile')], NOW);
    assert.equal(far?.description, `drift: volatile · ${loop().summary}`);
    assert.match(
      far?.tooltip ?? '',
      /Scope drift\\: volatile\\\. 9 of 12 edited files lie outside of src\/parser/,
    );
    assert.match(far?.spoken ?? '', /Scope drift: volatile\. 9 of 12 edited files/);
  });

  it('stand under their folders where there are several, without the empty ones', () => {
    const tree = rows(
      [atlas(loop()), beta, { path: '/c', name: 'c', loops: [], whispers: [], drift: [] }],
      NOW,
    );
    assert.deepEqual(
      tree.map(({ label, description }) => [label, description]),
      [
        ['atlas', '1 open'],
        ['b', '1 open'],
      ],
    );
    assert.deepEqual(
      tree[1]?.children.map(({ id }) => id),
      ['loop_b'],
    );
  });

  it('have each place once below them, in a steady order, a file not beside its own lines', () => {
    const [row] = rows(
      [
        atlas(
          loop({
            anchors: [
              { kind: 'line', file: 'src/a.ts', line: 3, text: 'x', lost: false },
              { kind: 'file', file: 'src/a.ts' },
              { kind: 'file', file: 'docs/b.md' },
              { kind: 'branch', branch: 'fix/clock' },
            ],
            evidence: [{ commit: 'abcdef123456' }, { file: 'src/a.ts', line: 3 }, { branch: 'fix/clock' }],
          }),
        ),
      ],
      NOW,
    );
    assert.deepEqual(
      row?.children.map(({ label, description, icon }) => [label, description, icon]),
      [
        ['fix/clock', 'branch', 'git-branch'],
        ['b.md', 'docs', 'file'],
        ['a.ts:3', 'src', 'file'],
        ['abcdef1', 'commit', 'git-commit'],
      ],
    );
  });

  it('have the notes of a loop first, and a place that a note names not again', () => {
    const note = { kind: 'line', file: 'src/a.ts', line: 3, text: 'x', lost: false } as const;
    const whisper = {
      id: 'whisper_1',
      workspace: '/home/ana/atlas',
      loopId: loop().id,
      text: 'fix before the release',
      branch: 'fix/clock',
      anchor: note,
      at: NOW,
    };
    const anchors = [note, { kind: 'branch', branch: 'fix/clock' } as const];
    const elsewhere = { ...whisper, id: 'whisper_2', loopId: 'loop_other', anchor: null };
    const [row] = rows([{ ...atlas(loop({ anchors })), whispers: [whisper, elsewhere] }], NOW);
    assert.deepEqual(
      row?.children.map(({ kind, label, description }) => [kind, label, description]),
      [
        ['note', 'fix before the release', 'a.ts:3'],
        ['place', 'fix/clock', 'branch'],
      ],
    );
  });

  it('have an id each, the same in the next snapshot', () => {
    const all = (some: readonly Row[]): string[] =>
      some.flatMap(({ id, children }) => [id, ...all(children)]);
    const folders = [atlas(loop({ anchors: [{ kind: 'branch', branch: 'a' }] })), beta];
    const ids = all(rows(folders, NOW));
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(all(rows(folders, NOW + HOUR)), ids);
  });

  it('say a lost anchor, who listens hears the status', () => {
    const [row] = rows(
      [atlas(loop({ anchors: [{ kind: 'line', file: 'a.ts', line: 3, text: 'x', lost: true }] }))],
      NOW,
    );
    assert.match(row?.children[0]?.description ?? '', /text not found/);
    assert.match(row?.spoken ?? '', /fix\/clock\. 2 files uncommitted\. open, a branch/);
    assert.match(row?.tooltip ?? '', /last touched 3 days ago/);
  });

  it('escape what a repository says', () => {
    const [row] = rows([atlas(loop({ title: '[a](command:b)', context: '<b>' }))], NOW);
    assert.match(row?.tooltip ?? '', /\\\[a\\\]\\\(command/);
  });

  it('tell their source by shape, and only then by colour', () => {
    assert.deepEqual(loopIcon(loop({ facts: { current: true } })), {
      icon: 'git-branch',
      color: 'charts.blue',
    });
    assert.deepEqual(loopIcon(loop({ source: 'stash', status: 'stale' })), {
      icon: 'archive',
      color: 'disabledForeground',
    });
    assert.equal(loopIcon(loop({ priority: 'high' })).color, 'charts.orange');
  });
});

describe('the words around the rows', () => {
  it('count, and say when the rows may be old', () => {
    const folders = [atlas(loop(), loop())];
    assert.deepEqual(loopsMessage({ state: 'connected' }, folders, NOW, NOW), {
      message: '',
      description: '2',
    });
    assert.match(
      loopsMessage({ state: 'lost', problem: 'x' }, folders, NOW, NOW).message,
      /^Reconnecting.*As of /,
    );
    assert.deepEqual(loopsMessage({ state: 'lost', problem: 'x' }, [], null, NOW), {
      message: '',
      description: '',
    });
  });
});
