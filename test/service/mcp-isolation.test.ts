import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { randomInt, seededRandom } from '../../companion/kernel/index.ts';
import { type Agent, connectAgent, overHttp } from '../support/agent.ts';
import { type TestCompanion, testCompanion } from '../support/companion.ts';
import { temporaryFolder } from '../support/temporary.ts';

const OPERATIONS = 2000;
const SEED = 20_251_124;
/** Words that all share: whatever one asks for, the other's records would fit as well. */
const WORDS = ['tiller', 'rope', 'harbour', 'keel', 'anchor', 'sail', 'compass', 'oar'];
const KINDS = ['observation', 'fact', 'episode'];

/** One person with an agent, and what must never be seen by the other. */
interface Side {
  readonly name: string;
  readonly canary: string;
  readonly agent: Agent;
  /** Ids that this side was told. */
  readonly ids: string[];
}

describe('[M8] two actors', () => {
  const random = seededRandom(SEED);
  const pick = <T>(items: readonly T[]): T => items[randomInt(random, items.length)] as T;
  const some = () => Array.from({ length: 1 + randomInt(random, 3) }, () => pick(WORDS)).join(' ');
  const folder = temporaryFolder();
  const data = path.join(folder.path, 'data');
  let t: TestCompanion;
  let sides: readonly [Side, Side];
  let workspaces: string[];
  let n = 0;

  before(async () => {
    t = await testCompanion({ dataDirectory: data });
    await t.api.settings.update({ gateway: { rateFactor: 10_000 } });
    workspaces = [];
    for (const name of ['one', 'two']) {
      const made = path.join(folder.path, name);
      mkdirSync(made);
      const { path: real } = await t.api.workspaces.open({ path: made });
      await t.api.workspaces.doors({ path: real, mcp: true });
      workspaces.push(real);
    }
    const side = async (name: string, actor: string): Promise<Side> => {
      const { token } = await t.api.agents.add({ name, actor });
      const agent = await connectAgent(overHttp(t.discovery.port, token), name);
      return { name, canary: `canary${actor}`, agent, ids: [] };
    };
    sides = [await side('of-creator', 'creator'), await side('of-ana', 'ana')];
  });
  after(async () => {
    for (const { agent } of sides) await agent.close();
    await t[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  /** Nothing of `other` may be in what `mine` was told. Ids that were given in count as known. */
  function assertNothingOf(other: Side, told: string, given: string, what: string): void {
    assert.equal(told.includes(other.canary), false, `${what} told ${other.canary}: ${told.slice(0, 2000)}`);
    for (const id of other.ids)
      if (told.includes(id)) assert.ok(given.includes(id), `${what} told the id ${id} of ${other.name}`);
  }

  /** One random operation: a tool with an input that fits, or that does not. */
  function operation(mine: Side, other: Side): [string, Record<string, unknown>] {
    const workspace = pick(workspaces);
    const mark = `${mine.canary}${n++}`;
    const ids = [pick(other.ids) ?? 'memory_none', pick(mine.ids) ?? 'memory_none'];
    switch (randomInt(random, 12)) {
      case 0:
      case 1:
        return [
          'remember',
          { content: `${some()} ${mark}`, kind: pick(KINDS), workspace, tags: [`${mine.canary}tag`] },
        ];
      case 2:
        // What both say word for word.
        return ['remember', { content: `The ${pick(WORDS)} is wet`, kind: pick(KINDS), workspace }];
      case 3:
        return ['decide', { question: `Which ${some()}?`, decision: mark, why: some(), workspace }];
      case 4:
      case 5:
        return ['recall', { query: some(), limit: 30, ...(random.next() < 0.5 && { workspace }) }];
      case 6:
        return [
          'recall',
          {
            query: `${some()} ${pick(['ana', 'creator', 'agent', 'of-ana'])}`,
            kinds: ['decision'],
            limit: 30,
          },
        ];
      case 7:
        return ['recent', { limit: 50, ...(random.next() < 0.5 && { workspace }) }];
      case 8:
        return ['open_loops', { limit: 50, ...(random.next() < 0.5 && { workspace }) }];
      case 9:
        return ['forget', { ids, workspace, reason: mark }];
      case 10:
        return ['forget', { query: some(), workspace }];
      default:
        return pick<[string, Record<string, unknown>]>([
          ['recall', { query: '' }],
          ['recall', { query: some(), since: 'never' }],
          ['recent', { workspace: path.join(data, 'actors', 'ana') }],
          ['remember', { content: some() }],
          ['forget', { workspace, ids: ['x'] }],
          ['nothing', { ids }],
        ]);
    }
  }

  /** Everything that the creator's own programs can read. */
  async function sweep(): Promise<void> {
    const [, ana] = sides;
    const { api } = t;
    for (const request of await api.memories.forgetRequests({})) {
      assertNothingOf(ana, JSON.stringify(request), JSON.stringify(request.select), 'forgetRequests');
      await api.memories.answerForget({ id: request.id, allow: false });
    }
    for (const told of [
      await api.memories.recall({ query: some(), limit: 100 }),
      await api.memories.recent({ limit: 1000 }),
      await api.decisions.list({ limit: 1000 }),
      await api.whispers.list({ limit: 1000 }),
      await api.loops.list({ limit: 1000 }),
      await api.events.list({ since: 0, limit: 1000 }),
      await api.brief.get({ workspace: pick(workspaces) }),
      await api.system.status({}),
      await api.jobs.list({}),
    ])
      assertNothingOf(ana, JSON.stringify(told), '', 'the contract');
    const id = pick(ana.ids);
    if (id) await assert.rejects(api.memories.trace({ id }), { code: 'not_found' });
  }

  it('never see each other’s records in 2,000 random operations', async function () {
    this.timeout(180_000);
    const done: Record<string, number> = {};
    await t.api.loops.open({ workspace: workspaces[0] as string, title: `${sides[0].canary} thread` });
    for (let i = 0; i < OPERATIONS; i++) {
      const [mine, other] = random.next() < 0.5 ? sides : [sides[1], sides[0]];
      const [tool, input] = operation(mine, other);
      const answer = await mine.agent.call(tool, input);
      const id = answer.data.id;
      if (typeof id === 'string' && !mine.ids.includes(id)) mine.ids.push(id);
      assertNothingOf(other, answer.whole, JSON.stringify(input), `operation ${i}, ${tool} of ${mine.name},`);
      const outcome = `${tool} ${answer.failed ? 'failed' : 'answered'} ${mine.name}`;
      done[outcome] = (done[outcome] ?? 0) + 1;
      if (i % 100 === 99) await sweep();
    }
    // The walk went where it should: each side wrote, was answered, and was refused.
    for (const { name } of sides) {
      for (const tool of ['remember', 'recall', 'recent', 'decide', 'open_loops'])
        assert.ok(
          (done[`${tool} answered ${name}`] ?? 0) > 20,
          `${tool} of ${name}: ${JSON.stringify(done)}`,
        );
      assert.ok((done[`recall failed ${name}`] ?? 0) > 5, JSON.stringify(done));
    }
    assert.ok((done['forget answered of-creator'] ?? 0) > 20, JSON.stringify(done));
    // Nobody sits here who may look into Ana's memory, so nobody can allow it.
    assert.equal(done['forget answered of-ana'], undefined);
    for (const { agent, canary } of sides)
      assert.ok((await agent.call('recent', { limit: 50 })).whole.includes(canary), `${canary} sees its own`);
  });

  it('have a file each, and nothing of theirs is in another or in the hub', async () => {
    const backup = await t.api.backups.create({});
    const text = (file: string) =>
      readFileSync(path.join(data, 'backups', backup.id, file)).toString('latin1');
    const [creator, ana] = sides;
    const files = readdirSync(path.join(data, 'backups', backup.id), { recursive: true })
      .map(String)
      .sort();
    assert.deepEqual(
      files.filter((name) => name.endsWith('.db')),
      [path.join('actors', 'ana', 'mind.db'), path.join('actors', 'creator', 'mind.db'), 'hub.db'],
    );
    const holds = (file: string) => [creator, ana].map(({ canary }) => text(file).includes(canary));
    assert.deepEqual(holds(path.join('actors', 'creator', 'mind.db')), [true, false]);
    assert.deepEqual(holds(path.join('actors', 'ana', 'mind.db')), [false, true]);
    assert.deepEqual(holds('hub.db'), [false, false]);
  });
});
