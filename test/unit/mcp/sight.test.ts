import assert from 'node:assert/strict';
import path from 'node:path';
import { choose, chooseOne, type Principal } from '../../../companion/mcp/index.ts';

const http: Principal = { actor: 'creator', door: 'http', folder: null };
const root = path.resolve('/home/ana');
const at = (...names: string[]) => path.join(root, ...names);

describe('[M8] which folder a call is about', () => {
  it('all that are open when none is named, the one when one is', () => {
    assert.deepEqual(choose([at('a'), at('b')], undefined, http), [at('a'), at('b')]);
    assert.deepEqual(choose([at('a'), at('b')], at('b'), http), [at('b')]);
    assert.equal(chooseOne([at('a')], undefined, http), at('a'));
  });

  it('the nearest that holds the folder that was named', () => {
    assert.deepEqual(choose([at('a'), at('a', 'inner')], at('a', 'inner', 'src'), http), [at('a', 'inner')]);
    assert.deepEqual(choose([at('a'), at('a', 'inner')], at('a', 'src'), http), [at('a')]);
    assert.deepEqual(choose([at('a')], at('a', '..b'), http), [at('a')]);
  });

  it('none that only begins like it, lies above it, or leads out of it', () => {
    for (const asked of [at('ab'), root, at('a', '..'), at('a', '..', 'b'), '/', ''])
      assert.throws(() => choose([at('a')], asked === '' ? root : asked, http), { code: 'not_found' }, asked);
  });

  it('says what is open, and for one folder that there are several', () => {
    assert.throws(() => choose([at('a')], at('x'), http), /Open: ".*a"\./);
    assert.throws(() => chooseOne([at('a'), at('b')], undefined, http), { code: 'bad_input' });
  });

  it('says how to open one where none is', () => {
    assert.throws(() => choose([], undefined, http), /progeny mcp open \./);
    const stdio: Principal = { ...http, door: 'stdio', folder: at('a') };
    assert.throws(() => choose([], undefined, stdio), /confidential/);
  });
});
