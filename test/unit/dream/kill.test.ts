import assert from 'node:assert/strict';
import path from 'node:path';
import { randomInt, seededRandom } from '../../../companion/kernel/index.ts';
import type { Store } from '../../../companion/store/index.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { contents, copyOf, fill, openWorld, type World } from './world.ts';

/** Databases that die before a write of that number: nothing is written from then on, as by a process that is killed. */
function mortal(store: Store, livesFor: number) {
  let [writes, dead] = [0, false];
  const die = () => {
    dead = true;
    throw new Error('killed');
  };
  const guarded = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(from, name) {
        const value = Reflect.get(from, name, from);
        if (typeof value !== 'function') return value;
        const bound = value.bind(from);
        if (!['transact', 'transactGrouped', 'record', 'setMeta'].includes(String(name))) return bound;
        return (...args: unknown[]) =>
          dead || (target === store.mind && ++writes > livesFor) ? die() : bound(...args);
      },
    });
  return { mind: guarded(store.mind), hub: guarded(store.hub), writes: () => writes, dead: () => dead };
}

/** Begins a dream, lets it die before that write of the mind, and gives how many writes there were. */
async function dreamUntil(folder: string, livesFor: number): Promise<{ writes: number; dead: boolean }> {
  let databases: ReturnType<typeof mortal> | null = null;
  const t = await openWorld(folder, {
    instance: `instance_${livesFor}`,
    between: (store) => {
      databases = mortal(store, livesFor);
      return databases;
    },
  });
  await t.dream(true);
  await t[Symbol.asyncDispose]();
  return { writes: databases!.writes(), dead: databases!.dead() };
}

/** A companion that starts again on what is left, and dreams on. */
async function goOn(folder: string): Promise<World> {
  const t = await openWorld(folder, { instance: 'instance_again' });
  t.jobs.resume();
  const said = await t.dream(true);
  assert.match(said, /^done/, said);
  return t;
}

describe('a dream that is killed', function () {
  this.timeout(280_000);
  const folder = temporaryFolder();
  after(() => folder[Symbol.dispose]());
  const at = (name: string) => path.join(folder.path, name);
  let undisturbed: ReturnType<typeof contents>;
  let writes = 0;

  before(async () => {
    const first = await openWorld(at('first'));
    await fill(first);
    await first[Symbol.asyncDispose]();
    copyOf(at('first'), at('undisturbed'));
    const ended = await dreamUntil(at('undisturbed'), Number.POSITIVE_INFINITY);
    assert.equal(ended.dead, false);
    writes = ended.writes;
    await using t = await openWorld(at('undisturbed'));
    undisturbed = contents(t);
    assert.equal(t.dreaming.last()?.status, 'done');
    assert.ok(writes > 15, `${writes} writes`);
  });

  it('[S6] before any of its writes, stage boundaries included, comes to the same end when it goes on', async () => {
    for (let n = 0; n < writes; n++) {
      const data = copyOf(at('first'), at(`before-${n}`));
      const { dead } = await dreamUntil(data, n);
      assert.equal(dead, true, `write ${n} of ${writes}`);
      await using t = await goOn(data);
      assert.deepEqual(contents(t), undisturbed, `killed before write ${n} of ${writes}`);
    }
  });

  it('[S6] killed ten times on its way, it comes to the same end', async () => {
    const random = seededRandom(6);
    const data = copyOf(at('first'), at('often'));
    for (let kill = 0; kill < 10; kill++) await dreamUntil(data, 1 + randomInt(random, 5));
    await using t = await goOn(data);
    assert.deepEqual(contents(t), undisturbed);
  });
});
