import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { connectAgent, overHttp } from '../support/agent.ts';
import { eventually } from '../support/companion.ts';
import { type DelegatedWorld, delegatedWorld } from '../support/delegated-world.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('delegated work in a whole companion: leave and trust', function () {
  this.timeout(180_000);
  let world: DelegatedWorld;

  describe('a fresh install', () => {
    before(async () => {
      world = await delegatedWorld();
    });
    after(() => world[Symbol.asyncDispose]());
    const read = (name: string) => readFileSync(path.join(world.workspace, name), 'utf8');
    const done = async () => {
      const run = await world.propose('fix-lint');
      assert.equal(run.status, 'previewed', JSON.stringify(run));
      await world.approve(run.id);
      return await world.until(run.id, 'done', 'rolled_back');
    };

    it('[A6] at T0 the first lint fix works by preview and click; it counts once, when its undo window has closed', async () => {
      const { t, clock } = world;
      assert.deepEqual([(await t.api.self.state({})).tier, await world.trust()], ['T0', 0.5]);
      world.soil('src/first.js');
      const run = await world.propose('fix-lint');
      assert.match(run.sentence, /with `npm run lint:fix`/);
      assert.match(run.reason ?? '', /T0|click|grant/);
      assert.match(read('src/first.js'), /^var /);
      await world.approve(run.id);
      const after = await world.until(run.id, 'done');
      assert.match(read('src/first.js'), /^const /);
      assert.match(after.report!.verified, /npm run test: 1 passed/);
      // What can still be undone is no success yet.
      assert.equal(await world.trust(), 0.5);
      clock.skip(61 * MINUTE);
      await world.until(run.id, 'kept');
      await eventually(async () => (await world.trust()) > 0.5);
      assert.ok(Math.abs((await world.trust()) - 0.52) < 1e-9, String(await world.trust()));
      await assert.rejects(t.api.wheel.keep({ id: run.id }), { code: 'conflict' });
      await assert.rejects(t.api.wheel.undo({ id: run.id }), { code: 'conflict' });
      clock.skip(61 * MINUTE);
      assert.ok(Math.abs((await world.trust()) - 0.52) < 1e-9);
    });

    it('[A6] three of a recipe count on a day; one that is undone takes trust away', async () => {
      const { t, clock } = world;
      const kept = async () => {
        world.soil();
        const { id } = await done();
        await t.api.wheel.keep({ id });
      };
      await kept();
      await kept();
      await eventually(async () => (await world.trust()) > 0.557);
      const full = await world.trust();
      await kept();
      // An undone run comes later in the log: when it has told, the one before has too.
      world.soil('src/undone.js');
      const { id } = await done();
      assert.equal((await t.api.wheel.undo({ id })).status, 'undone');
      assert.match(read('src/undone.js'), /^var /);
      await eventually(async () => (await world.trust()) < full);
      assert.ok(Math.abs((await world.trust()) - full * 0.95) < 1e-9, `${full} → ${await world.trust()}`);
      clock.skip(DAY);
      await kept();
      await eventually(async () => (await world.trust()) > full * 0.95);
    });

    it('[A6] what changes nothing is no run, and what nothing verified counts for nothing', async () => {
      const { t } = world;
      const before = await world.trust();
      const empty = await world.propose('fix-lint');
      assert.deepEqual([empty.status, /nothing/.test(empty.reason ?? '')], ['failed', true]);
      const line = await world.propose('changelog', { text: 'A keel.' });
      await world.approve(line.id);
      const { report } = await world.until(line.id, 'done');
      assert.match(report!.verified, /^Not verified/);
      await t.api.wheel.keep({ id: line.id });
      assert.equal(await world.trust(), before);
    });

    it('[A6] a verification that fails takes everything back by itself, and trust falls', async () => {
      const before = await world.trust();
      world.repository.write({ 'src/broken.js': "var broken = 'BROKEN';\n" });
      const run = await done();
      assert.equal(run.status, 'rolled_back');
      assert.match(run.report!.verified, /npm run test failed with code 1/);
      assert.match(read('src/broken.js'), /^var /);
      await eventually(async () => (await world.trust()) < before);
      world.repository.write({ 'src/broken.js': '\n' });
    });

    it('[A6] neither REST nor an agent’s token says yes, sees for a person, or gives leave', async () => {
      const { t, workspace } = world;
      const { token } = await t.api.agents.add({ name: 'thief' });
      const line = await world.propose('changelog', { text: 'An anchor.' });
      const overRest = await world.rest('GET', `/v1/wheel/${line.id}/preview`);
      const { digest } = (await overRest.json()) as { digest: string };
      const asks: readonly [string, object][] = [
        [`/v1/wheel/${line.id}/approve`, { digest }],
        [`/v1/wheel/${line.id}/seen`, { digest, visible: true }],
        ['/v1/grants', { capability: 'edit', workspace, silence: true }],
      ];
      for (const [route, body] of asks)
        for (const secret of [t.discovery.token, token]) {
          const answer = await world.rest('POST', route, body, secret);
          assert.equal(answer.status, 403, `${route}: ${answer.status} ${await answer.text()}`);
        }
      // A connection of a person that was not shown it cannot either.
      const other = await t.connect();
      await assert.rejects(other.api.wheel.approve({ id: line.id, digest }), { code: 'conflict' });
      assert.equal((await t.api.wheel.get({ id: line.id })).status, 'previewed');
      assert.deepEqual(await t.api.grants.list({}), []);
      assert.ok(!read('CHANGELOG.md').includes('An anchor.'));
      const refused = (await world.audit(line.id)).filter(({ result }) => result === 'refused');
      assert.ok(refused.length >= 2, JSON.stringify(refused));
      assert.equal((await t.api.audit.verify({})).whole, true);
    });
  });

  describe('an agent at the door', () => {
    before(async () => {
      world = await delegatedWorld();
      await world.t.api.workspaces.doors({ path: world.workspace, mcp: true });
    });
    after(() => world[Symbol.asyncDispose]());

    it('[A6] proposes and waits: for a click on the program, then on the preview, with the council’s ballots in sight; the outcome is theirs', async () => {
      const { t, workspace } = world;
      const { token } = await t.api.agents.add({ name: 'helper' });
      const agent = await connectAgent(overHttp(t.discovery.port, token), 'helper');
      try {
        world.soil('src/asked.js');
        const asked = await agent.call('propose_run', { recipe: 'fix-lint', why: 'It hides what matters.' });
        assert.equal(asked.failed, false, asked.text);
        const id = String(asked.data.run);
        const first = await world.until(id, 'previewed');
        assert.deepEqual(first.origin, { by: 'agent', name: 'helper', why: 'It hides what matters.' });
        assert.match(first.reason ?? '', /click/);
        const programs = await t.api.wheel.preview({ id });
        assert.deepEqual([programs.files, programs.commands.length > 0], [[], true]);
        await t.api.wheel.approve({ id, digest: programs.digest });
        const second = await eventually(async () => {
          const run = await t.api.wheel.get({ id });
          return run.status === 'previewed' && run.digest !== programs.digest ? run : null;
        }, 60_000);
        assert.equal(second.files, 1);
        assert.match(second.reason ?? '', /advisers/);
        const held = await t.api.council.get({ id: second.proposal! });
        assert.deepEqual([held.kind, held.subject, held.workspace], ['action', id, workspace]);
        assert.match(held.question, /helper asked for it, not you/);
        const ballots = held.rounds.at(-1)!.ballots;
        assert.ok(
          ballots.length >= 3 && ballots.every(({ reason }) => reason !== ''),
          JSON.stringify(ballots),
        );
        // The yes to the programs was no yes to what they did.
        await assert.rejects(t.api.wheel.approve({ id, digest: programs.digest }), { code: 'conflict' });
        assert.match(readFileSync(path.join(workspace, 'src/asked.js'), 'utf8'), /^var /);
        assert.match((await agent.call('run_status', { run: id })).text, /A person decides/);
        await world.approve(id);
        await world.until(id, 'done');
        assert.equal((await t.api.council.get({ id: held.id })).observed, null);
        await t.api.wheel.keep({ id });
        const settled = await eventually(async () => {
          const now = await t.api.council.get({ id: held.id });
          return now.observed === null ? null : now;
        });
        assert.deepEqual(settled.observed?.right, ['approve']);
        assert.match((await agent.call('run_status', { run: id })).text, /Done and kept/);
      } finally {
        await agent.close();
      }
    });
  });

  describe('T3 with leave', () => {
    let at: ((point: string) => void) | null = null;
    before(async () => {
      world = await delegatedWorld({ earned: 45, wheel: { at: (point) => at?.(point) } });
      assert.equal((await world.t.api.self.state({})).tier, 'T3');
    });
    after(() => world[Symbol.asyncDispose]());
    beforeEach(async () => {
      at = null;
      for (const { id, revokedAt } of await world.t.api.grants.list({}))
        if (revokedAt === null) await world.t.api.grants.revoke({ id });
    });
    const give = (capability: 'draft' | 'edit' | 'git' | 'command', argv: string[] | null = null) =>
      world.t.api.grants.give({ workspace: world.workspace, capability, argv, silence: true });

    it('[A6] silence alone is no consent at T3: without leave it waits for a click', async () => {
      const run = await world.propose('changelog', { text: 'A mast.' });
      assert.equal(run.status, 'previewed');
      assert.match(run.reason ?? '', /did not grant silence/);
      await world.t.api.wheel.stop({ id: run.id });
    });

    it('[A5] [A6] with leave the silence of a countdown that is in sight acts; hidden, it stands still', async () => {
      const { t, clock } = world;
      await give('edit');
      await give('command', ['npm', 'run', 'lint:fix']);
      await give('command', ['npm', 'run', 'test']);
      world.soil('src/silent.js');
      const read = () => readFileSync(path.join(world.workspace, 'src/silent.js'), 'utf8');
      const run = await world.propose('fix-lint');
      assert.deepEqual(
        [run.status, run.countdown?.consent, run.countdown?.endsAt],
        ['counting', 'silence', null],
      );
      const { id } = run;
      clock.skip(10 * MINUTE);
      assert.equal((await t.api.wheel.get({ id })).status, 'counting');
      const { digest } = await t.api.wheel.preview({ id });
      const seen = (visible: boolean) => t.api.wheel.seen({ id, digest, visible });
      assert.notEqual((await seen(true)).countdown?.endsAt, null);
      const hidden = await seen(false);
      assert.equal(hidden.countdown?.endsAt, null);
      assert.ok(hidden.countdown!.remainingMs <= 30_000);
      clock.skip(10 * MINUTE);
      const still = await t.api.wheel.get({ id });
      assert.deepEqual(
        [still.status, still.countdown?.remainingMs],
        ['counting', hidden.countdown?.remainingMs],
      );
      assert.match(read(), /^var /);
      // In sight: told again and again, as the editor does.
      for (
        let spent = 0;
        spent < 40_000 && (await t.api.wheel.get({ id })).status === 'counting';
        spent += 2000
      ) {
        await seen(true).catch(() => {});
        clock.skip(2000);
      }
      await world.until(id, 'done');
      assert.match(read(), /^const /);
      const began = (await world.audit(id)).find(({ act }) => act === 'began');
      assert.deepEqual([began?.result, began?.real], ['silence', true]);
      const live = (await t.api.grants.list({})).filter(({ revokedAt }) => revokedAt === null);
      const uses = live.map(({ id: grant, uses }) => [grant, uses]);
      assert.deepEqual(
        uses.map(([, used]) => used),
        [1, 1, 1],
        JSON.stringify(uses),
      );
      await t.api.wheel.keep({ id });
    });

    const bySilence = async (recipe: string, options: Record<string, string>) => {
      const { t, clock } = world;
      const run = await world.propose(recipe, options);
      assert.equal(run.status, 'counting', JSON.stringify(run));
      const { digest } = await t.api.wheel.preview({ id: run.id });
      for (let spent = 0; spent < 40_000; spent += 2000) {
        if ((await t.api.wheel.get({ id: run.id })).status !== 'counting') break;
        await t.api.wheel.seen({ id: run.id, digest, visible: true }).catch(() => {});
        clock.skip(2000);
      }
      return run.id;
    };

    it('[A6] leave that is taken back while a run is at work stops its next step, and what it did is taken back', async () => {
      const { t } = world;
      const edit = await give('edit');
      await give('git');
      await give('draft');
      const head = world.repository.run('symbolic-ref', 'HEAD');
      const status = world.repository.run('status', '--porcelain', '-uall');
      let revoked: Promise<unknown> | null = null;
      at = (point) => {
        // The files stand and the branch is being made: the next step is the last that could stop.
        if (point === 'began branch') revoked ??= t.api.grants.revoke({ id: edit.id });
      };
      const id = await bySilence('todo-branch', { file: 'src/a.js', line: '2' });
      const run = await world.until(id, 'rolled_back', 'refused', 'done');
      await revoked;
      const steps = (await world.audit(id)).map(({ act, result, tool }) => `${act} ${tool ?? ''} ${result}`);
      assert.notEqual(run.status, 'done', steps.join('\n'));
      assert.match(run.reason ?? '', /leave|grant/);
      assert.equal(world.repository.run('symbolic-ref', 'HEAD'), head);
      assert.equal(world.repository.run('status', '--porcelain', '-uall'), status);
    });

    it('[A6] leave that is taken back before the first byte leaves the folder as it was', async () => {
      const { t } = world;
      const edit = await give('edit');
      at = (point) => {
        if (point === 'began') void t.api.grants.revoke({ id: edit.id });
      };
      const id = await bySilence('changelog', { text: 'A sail.' });
      const run = await world.until(id, 'rolled_back', 'refused', 'done');
      assert.equal(run.status, 'refused', JSON.stringify(run));
      assert.ok(!readFileSync(path.join(world.workspace, 'CHANGELOG.md'), 'utf8').includes('A sail.'));
    });
  });
});
