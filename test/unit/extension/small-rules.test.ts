import assert from 'node:assert/strict';
import path from 'node:path';
import { silentLogger } from '../../../companion/kernel/index.ts';
import { savedLine } from '../../../extension/commands/saved-line.ts';
import { feature } from '../../../extension/feature.ts';
import { type Link, problemOf, sameLink } from '../../../extension/link/link.ts';
import { refreshKey } from '../../../extension/picture/refresh-key.ts';
import { Prompts } from '../../../extension/prompts/prompts.ts';
import { viewState } from '../../../extension/view-state.ts';
import { inside, relativeTo } from '../../../extension/workspace/relative.ts';
import { NOW, status, workspace } from './samples.ts';

describe('a feature', () => {
  it('that breaks is logged and left out; the next is built', () => {
    const owned: { dispose(): void }[] = [];
    const said: string[] = [];
    const log = { ...silentLogger, error: (_: object, message: string) => said.push(message) };
    const part = { dispose() {} };
    feature(owned, log, 'pulse', () => {
      throw new Error('no');
    });
    feature(owned, log, 'tree', () => [part]);
    assert.deepEqual(said, ['the pulse could not be built']);
    assert.deepEqual(owned, [part]);
  });
});

describe('a path in a folder', () => {
  for (const [folder, file, relative, paths] of [
    ['/a', '/a/b/c.ts', 'b/c.ts', path.posix],
    ['/a', '/a', null, path.posix],
    ['/a', '/ab/c.ts', null, path.posix],
    ['/a', '/a/../b.ts', null, path.posix],
    ['/a', '/a/..b.ts', '..b.ts', path.posix],
    ['C:\\a', 'C:\\a\\b\\c.ts', 'b/c.ts', path.win32],
    ['C:\\a', 'D:\\a\\c.ts', null, path.win32],
  ] as const) {
    it(`${file} in ${folder} is ${relative}`, () => assert.equal(relativeTo(folder, file, paths), relative));
  }

  it('never leaves it', () => {
    assert.equal(inside('/a', 'b/c.ts', path.posix), '/a/b/c.ts');
    assert.equal(inside('/a', '../etc/passwd', path.posix), null);
    assert.equal(inside('/a', '/etc/passwd', path.posix), null);
    assert.equal(inside('/a', 'b/../../x', path.posix), null);
  });
});

describe('the line of an unsaved document', () => {
  it('is where its text stands in the saved file, the nearest one', () => {
    assert.equal(savedLine(['a', 'b', 'c'], 'b', 5), 2);
    assert.equal(savedLine(['}', 'x', '}', 'y', '}'], '}', 4), 3);
    assert.equal(savedLine(['a', 'b'], 'new', 9), 2);
    assert.equal(savedLine([], 'new', 3), 1);
  });
});

describe('the link in words', () => {
  it('has a problem in every state but connected', () => {
    const links: Link[] = [
      { state: 'starting' },
      { state: 'virtual' },
      { state: 'lost', problem: 'a' },
      { state: 'stopped', problem: 'a' },
      { state: 'failed', problem: 'a' },
      { state: 'incompatible', problem: 'a' },
    ];
    assert.equal(problemOf({ state: 'connected' }), null);
    for (const link of links) assert.ok(problemOf(link), link.state);
    assert.ok(sameLink({ state: 'lost', problem: 'a' }, { state: 'lost', problem: 'a' }));
    assert.ok(!sameLink({ state: 'lost', problem: 'a' }, { state: 'lost', problem: 'b' }));
  });

  it('decides what an empty view says', () => {
    assert.equal(viewState({ state: 'connected' }, 0), 'noFolder');
    assert.equal(viewState({ state: 'virtual' }, 0), 'virtual');
    assert.equal(viewState({ state: 'failed', problem: 'x' }, 1), 'down');
    assert.equal(viewState({ state: 'lost', problem: 'x' }, 1), 'down');
    assert.equal(viewState({ state: 'starting' }, 1), 'starting');
  });
});

describe('the key of a status', () => {
  it('changes with the loops, not with the clock', () => {
    assert.equal(refreshKey(status()), refreshKey(status({ now: NOW + 5, clients: 9 })));
    assert.notEqual(refreshKey(status()), refreshKey(status({ workspaces: [workspace({ openLoops: 3 })] })));
    assert.notEqual(refreshKey(status()), refreshKey(status({ instance: 'inst_2' })));
  });
});

describe('prompts', () => {
  it('are open from the first question to the last answer', async () => {
    const prompts = new Prompts();
    const told: boolean[] = [];
    prompts.onChange((open) => told.push(open));
    await prompts.ask(() => prompts.ask(async () => 'inner'));
    await assert.rejects(prompts.ask(() => Promise.reject(new Error('left'))));
    assert.deepEqual(told, [true, false, true, false]);
  });
});
