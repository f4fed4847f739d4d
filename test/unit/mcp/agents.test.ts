import assert from 'node:assert/strict';
import type { ActorRooms } from '../../../companion/actor-rooms.ts';
import { Agents } from '../../../companion/agents.ts';
import { seededRandom, VirtualClock } from '../../../companion/kernel/index.ts';
import type { Principal } from '../../../companion/mcp/index.ts';
import { CLOSED_DOORS, type Forgotten, ProgenyError } from '../../../companion/protocol/index.ts';
import { NOW } from '../../fixtures/samples.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const nothing: Forgotten = {
  preview: [],
  memories: 0,
  whispers: 0,
  decisions: 0,
  derived: 0,
  runs: 0,
  backups: [],
};
const creator: Principal = { actor: 'creator', door: 'http', folder: null };

/** Agents of a person, with a forgetting that notes what it is asked. */
async function setup(fails: () => boolean = () => false, more: Partial<ActorRooms> = {}) {
  const folder = temporaryFolder();
  const clock = new VirtualClock(NOW);
  const store = await openStore(folder.path, { clock });
  const asked: unknown[] = [];
  const agents = new Agents({
    clock,
    random: seededRandom(1),
    hub: store.hub,
    rooms: { of: async () => ({ mind: store.mind, register() {}, ...more }) as unknown as ActorRooms },
    doors: { of: () => ({ ...CLOSED_DOORS, mcp: true }), open: () => ['/w'] },
    workspaces: { resolve: async (given) => given },
    owner: 'creator',
    wheel: null,
    forget: async (input) => {
      asked.push(input);
      if (fails()) throw new ProgenyError('read_only', 'The disk is full.');
      return { ...nothing, memories: 3 };
    },
  });
  return {
    agents,
    asked,
    events: () => store.mind.events(0, 100).map(({ type, data }) => [type, data]),
    [Symbol.dispose]() {
      store.close();
      folder[Symbol.dispose]();
    },
  };
}

describe('[M8] forgetting for an agent', () => {
  it('waits; who is asked sees what would go; only their word forgets', async () => {
    using t = await setup();
    const door = t.agents.open(creator);
    const { id } = await door.askToForget({ query: 'tiller', reason: 'a typo' }, 'claude-code');
    assert.deepEqual(t.asked, []);
    const select = { query: 'tiller', workspace: '/w' };
    const [request] = await t.agents.forgetRequests();
    assert.deepEqual(
      [request?.agent, request?.reason, request?.select, request?.preview?.memories],
      ['claude-code', 'a typo', select, 3],
    );
    assert.deepEqual(t.asked, [{ select, dryRun: true }]);
    assert.equal((await t.agents.answerForget(id, true)).forgotten?.memories, 3);
    assert.deepEqual(t.asked.at(-1), { select, dryRun: false });
    assert.deepEqual(await t.agents.forgetRequests(), []);
    assert.deepEqual(t.events(), [
      ['forget.requested', {}],
      ['forget.answered', { allowed: true }],
    ]);
  });

  it('that is refused touches nothing', async () => {
    using t = await setup();
    const { id } = await t.agents.open(creator).askToForget({ tag: 'x', reason: '' }, 'x');
    assert.deepEqual(await t.agents.answerForget(id, false), { forgotten: null });
    assert.deepEqual(t.asked, []);
    await assert.rejects(t.agents.answerForget(id, true), { code: 'not_found' });
  });

  it('that failed still waits, and what cannot be told is no reason not to ask', async () => {
    let broken = true;
    using t = await setup(() => broken);
    const { id } = await t.agents.open(creator).askToForget({ tag: 'x', reason: '' }, 'x');
    assert.equal((await t.agents.forgetRequests())[0]?.preview, null);
    await assert.rejects(t.agents.answerForget(id, true), { code: 'read_only' });
    broken = false;
    assert.equal((await t.agents.answerForget(id, true)).forgotten?.memories, 3);
  });

  it('of somebody who is not here is not even asked', async () => {
    using t = await setup();
    const door = t.agents.open({ ...creator, actor: 'ana' });
    await assert.rejects(door.askToForget({ tag: 'x', reason: '' }, 'x'), { code: 'no_client' });
    assert.deepEqual([await t.agents.forgetRequests(), t.events()], [[], []]);
  });
});

describe('[M8] an agent while nothing can be written', () => {
  it('reads what there is, and is told why it cannot write', async () => {
    const views: unknown[] = [];
    using t = await setup(() => false, {
      register() {
        throw new ProgenyError('read_only', 'The disk is full.');
      },
      memory: {
        recent: (_ask: unknown, view: unknown) => {
          views.push(view);
          return [];
        },
      } as unknown as ActorRooms['memory'],
    });
    const door = t.agents.open(creator);
    assert.deepEqual(await door.recent({ limit: 1 }), []);
    // A folder that this mind has never heard of: an empty view, never everything.
    assert.deepEqual(views, [{ openWorkspaces: [] }]);
    await assert.rejects(door.remember({ content: 'x', kind: 'fact', tags: [] }, 'x'), { code: 'read_only' });
  });
});
