import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Api } from '../../companion/client/index.ts';
import { seededRandom } from '../../companion/kernel/index.ts';
import type { AuditRow } from '../../companion/protocol/index.ts';
import { type Agent, connectAgent, overHttp } from '../support/agent.ts';
import { eventually } from '../support/companion.ts';
import { type DelegatedWorld, delegatedWorld } from '../support/delegated-world.ts';

const CALLS = 220;

/** What somebody did that a run may rest on, as seen from outside: only what was answered counts. */
interface Known {
  /** Digests of a run that a person's connection was shown, by connection and run. */
  readonly shown: Map<string, Set<string>>;
  /** A yes that was answered with yes. */
  readonly approved: Set<string>;
  /** A countdown that was told to be in sight, and was not refused. */
  readonly seen: Set<string>;
}

/** Everything in the folder but what git and Progeny keep. */
function contents(root: string): string {
  const hash = createHash('sha256');
  for (const name of (readdirSync(root, { recursive: true }) as string[]).sort()) {
    if (/^\.(?:git|progeny)\b/.test(name)) continue;
    const file = path.join(root, name);
    if (statSync(file, { throwIfNoEntry: false })?.isFile())
      hash.update(`${name}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

describe('delegated work: whatever is called in whatever order', function () {
  this.timeout(300_000);

  for (const { seed, earned } of [
    { seed: 1, earned: 0 },
    { seed: 2, earned: 45 },
    { seed: 3, earned: 45 },
  ])
    it(`[A6] ${CALLS} calls of persons, REST and an agent (seed ${seed}, ${earned > 0 ? 'T3' : 'T0'}): nothing acts without leave`, async () => {
      await using world = await delegatedWorld({ earned });
      await new Sequence(world, seed, earned > 0).run();
    });
});

class Sequence {
  readonly #world: DelegatedWorld;
  readonly #random: () => number;
  /** Whether trust and leave can come together, so that silence is consent. */
  readonly #bySilence: boolean;
  readonly #known: Known = { shown: new Map(), approved: new Set(), seen: new Set() };
  readonly #runs: string[] = [];
  readonly #tally: Record<string, number> = {};
  #people: [string, Api][] = [];
  #agent: Agent | null = null;
  #token = '';
  #line = 0;

  constructor(world: DelegatedWorld, seed: number, bySilence: boolean) {
    this.#world = world;
    this.#bySilence = bySilence;
    const random = seededRandom(seed);
    this.#random = () => random.next();
  }

  async run(): Promise<void> {
    const { t, workspace } = this.#world;
    await t.api.workspaces.doors({ path: workspace, mcp: true });
    this.#token = (await t.api.agents.add({ name: 'helper' })).token;
    this.#agent = await connectAgent(overHttp(t.discovery.port, this.#token), 'helper');
    this.#people = [
      ['one', t.api],
      ['two', (await t.connect()).api],
    ];
    try {
      let last = { seq: 0, contents: contents(workspace) };
      for (let n = 0; n < CALLS; n++) {
        await this.#one();
        last = await this.#check(last);
      }
      await this.#settle();
      await this.#check(last);
      assert.equal((await t.api.audit.verify({})).whole, true);
      // A sequence that never gets through would show nothing.
      const began = (await this.#world.audit()).filter(({ act }) => act === 'began');
      assert.ok(began.length >= 2, JSON.stringify(this.#tally));
      if (this.#bySilence)
        assert.ok(
          began.some(({ result }) => result === 'silence'),
          JSON.stringify(this.#tally),
        );
    } finally {
      await this.#agent.close();
    }
  }

  /** Whoever began had a yes to exactly that, or was seen with leave that covers it; nothing changed without a run. */
  async #check(last: { seq: number; contents: string }): Promise<typeof last> {
    const { workspace, t } = this.#world;
    const now = contents(workspace);
    const rows = await t.api.audit.list({ after: last.seq, limit: 1000 });
    for (const row of rows) await this.#mayBe(row);
    if (now !== last.contents) {
      const runs = await t.api.wheel.list({ workspace, limit: 200 });
      const acting = runs.some(({ status }) => ['acting', 'verifying'].includes(status));
      const real = rows.some(({ real, act }) => real && !['granted', 'revoked'].includes(act));
      assert.ok(acting || real, `the folder changed, and nobody did it: ${JSON.stringify(rows)}`);
    }
    return { seq: rows.at(-1)?.seq ?? last.seq, contents: now };
  }

  async #mayBe({ act, run, result, seq }: AuditRow): Promise<void> {
    if (act !== 'began') return;
    const { origin } = await this.#world.t.api.wheel.get({ id: run! });
    if (result === 'click') return assert.ok(this.#known.approved.has(run!), `${run} began without a yes`);
    assert.equal(result, 'silence');
    assert.equal(origin.by, 'person');
    assert.ok(this.#known.seen.has(run!), `${run} began and nobody saw it`);
    // As the log tells it: leave that was given, and not taken back until then.
    const before = (await this.#world.audit()).filter((row) => row.seq < seq);
    const given = before.filter((row) => row.act === 'granted').map(({ data }) => data.grant);
    const revoked = before.filter((row) => row.act === 'revoked').map(({ data }) => data.grant);
    assert.ok(
      given.some((grant) => !revoked.includes(grant)),
      `${run} began by silence without leave`,
    );
  }

  async #settle(): Promise<void> {
    const { t, workspace } = this.#world;
    await eventually(async () =>
      (await t.api.wheel.list({ workspace, limit: 200 })).every(
        ({ status }) => !['planning', 'acting', 'verifying'].includes(status),
      ),
    );
  }

  async #one(): Promise<void> {
    const [name, act] = this.#pick(this.#acts);
    const told = await act().then(
      () => 'yes',
      (error: unknown) => String((error as { code?: string }).code ?? error),
    );
    const key = `${name}: ${told}`;
    this.#tally[key] = (this.#tally[key] ?? 0) + 1;
    if (this.#random() < 0.5) await this.#settle();
  }

  get #acts(): (readonly [string, () => Promise<unknown>])[] {
    const { clock } = this.#world;
    return [
      ['propose', () => this.#propose()],
      ['propose by an agent', () => this.#proposeByAgent()],
      ['preview', () => this.#preview(...this.#pick(this.#people), this.#id)],
      ['preview', () => this.#preview(...this.#pick(this.#people), this.#id)],
      ['approve', () => this.#approve()],
      ['approve', () => this.#approve()],
      ['approve over REST', () => this.#overRest('approve')],
      ['seen', () => this.#see()],
      ['seen', () => this.#see()],
      ['seen over REST', () => this.#overRest('seen')],
      ['stop', async () => (this.#random() < 0.3 ? this.#api.wheel.stop({ id: this.#id }) : null)],
      ['undo', () => this.#api.wheel.undo({ id: this.#id })],
      ['keep', () => this.#api.wheel.keep({ id: this.#id })],
      ['give', () => this.#give()],
      ['give over REST', () => this.#giveOverRest()],
      ['revoke', () => this.#revoke()],
      ['time', async () => clock.skip(Math.floor(this.#random() * 40_000))],
    ];
  }

  get #api(): Api {
    return this.#pick(this.#people)[1];
  }

  /** One of the newest, most often the newest. */
  get #id(): string {
    return this.#runs.at(-1 - Math.floor(this.#random() ** 2 * 4)) ?? 'run_none';
  }

  async #propose() {
    const { workspace } = this.#world;
    const text = `Line ${this.#line++} by hand.`;
    const { id } = await this.#api.wheel.propose({ workspace, recipe: 'changelog', options: { text } });
    this.#runs.push(id);
  }

  async #proposeByAgent() {
    const text = `Line ${this.#line++} by an agent.`;
    const ask = { recipe: 'changelog', options: { text }, why: 'It is missing.' };
    const answer = await this.#agent!.call('propose_run', ask);
    if (answer.failed) throw new Error(answer.text.slice(0, 20));
    this.#runs.push(String(answer.data.run));
  }

  async #preview(who: string, api: Api, id: string) {
    const { digest } = await api.wheel.preview({ id });
    const key = `${who} ${id}`;
    this.#known.shown.set(key, (this.#known.shown.get(key) ?? new Set()).add(digest));
  }

  async #approve() {
    const [who, api] = this.#pick(this.#people);
    const id = this.#id;
    const digest = await this.#digest(id);
    await api.wheel.approve({ id, digest });
    assert.ok(this.#known.shown.get(`${who} ${id}`)?.has(digest), `${who} said yes to what it was not shown`);
    this.#known.approved.add(id);
  }

  async #see() {
    const [who, api] = this.#pick(this.#people);
    const { t, workspace } = this.#world;
    const counting = (await t.api.wheel.list({ workspace, limit: 50 })).filter(
      (run) => run.countdown !== null,
    );
    const id = counting.length > 0 && this.#random() < 0.8 ? this.#pick(counting).id : this.#id;
    if (this.#random() < 0.7) await this.#preview(who, api, id);
    const [digest, visible] = [await this.#digest(id), this.#random() < 0.8];
    const { countdown } = await api.wheel.seen({ id, digest, visible });
    assert.ok(this.#known.shown.get(`${who} ${id}`)?.has(digest), `${who} sees what it was not shown`);
    if (!visible || countdown?.consent !== 'silence') return;
    this.#known.seen.add(id);
    // It stays in sight for a while, more often than not.
    if (this.#random() < 0.6)
      for (let n = 0; n < 24; n++) {
        this.#world.clock.skip(1400);
        await api.wheel.seen({ id, digest, visible: true });
      }
  }

  async #overRest(what: 'approve' | 'seen') {
    const id = this.#id;
    const digest = await this.#digest(id);
    const body = { digest, ...(what === 'seen' && { visible: true }) };
    const token = this.#random() < 0.5 ? this.#token : undefined;
    const { status } = await this.#world.rest('POST', `/v1/wheel/${id}/${what}`, body, token);
    assert.ok(status === 403 || status === 404 || status === 409, String(status));
  }

  async #give() {
    const { workspace } = this.#world;
    await this.#api.grants.give({ workspace, capability: 'edit', silence: true });
  }

  async #giveOverRest() {
    const body = { workspace: this.#world.workspace, capability: 'edit', silence: true };
    const token = this.#random() < 0.5 ? this.#token : undefined;
    assert.equal((await this.#world.rest('POST', '/v1/grants', body, token)).status, 403);
  }

  async #revoke() {
    for (const { id, revokedAt } of await this.#api.grants.list({}))
      if (revokedAt === null && this.#random() < 0.3) await this.#api.grants.revoke({ id });
  }

  /** The right one, most often. */
  async #digest(id: string): Promise<string> {
    const { digest } = await this.#world.t.api.wheel.get({ id });
    return this.#random() < 0.15 || digest === null ? 'f'.repeat(64) : digest;
  }

  #pick<T>(all: readonly T[]): T {
    return all[Math.floor(this.#random() * all.length)]!;
  }
}
