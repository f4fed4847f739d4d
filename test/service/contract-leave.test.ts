import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { commands } from '../../companion/cli/commands.ts';
import { readArguments, UsageError } from '../../companion/cli/options.ts';
import { ProgenyError } from '../../companion/protocol/index.ts';
import type { TestCompanion } from '../support/companion.ts';
import { type ContractWorld, contractWorld } from '../support/contract-world.ts';
import { tamperWith } from '../unit/audit/log.ts';

describe('contract: leave and the audit log, over a real socket', function () {
  this.timeout(120_000);
  let world: ContractWorld;
  let t: TestCompanion;
  let workspace: string;

  before(async () => {
    world = await contractWorld();
    ({ t, workspace } = world);
  });
  after(() => world[Symbol.asyncDispose]());

  const terminal = async (name: string, ...rest: string[]) => {
    const command = commands[name]!;
    const args = readArguments(rest, command.options ?? {});
    let stdout = '';
    const result = (_: unknown, text: () => string) => {
      stdout += stripVTControlCharacters(text());
    };
    try {
      await command.run(args, { json: false, result, stream() {}, progress() {}, note() {} }, t.api);
      return { stdout, stderr: '', code: process.exitCode ?? 0 };
    } catch (error) {
      if (error instanceof UsageError || error instanceof ProgenyError)
        return { stdout, stderr: error.message, code: 2 };
      throw error;
    } finally {
      process.exitCode = 0;
    }
  };
  const rest = (method: string, route: string, body?: object) =>
    fetch(`${t.companion.address}${route}`, {
      method,
      headers: { authorization: `Bearer ${t.discovery.token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });

  it('[A6] leave is given over the socket, listed, and taken back; over REST it is never given', async () => {
    const given = await t.api.grants.give({ capability: 'edit', workspace, silence: true, days: 1 });
    assert.deepEqual(await t.api.grants.list({ workspace }), [given]);
    const refused = await rest('POST', '/v1/grants', { capability: 'edit', workspace, silence: true });
    assert.equal(refused.status, 403);
    assert.match(await refused.text(), /not over REST/);
    assert.equal((await t.api.grants.list({})).length, 1);
    // To take back is allowed wherever one stands.
    assert.equal((await rest('POST', `/v1/grants/${given.id}/revoke`, {})).status, 200);
    assert.notEqual((await t.api.grants.list({}))[0]?.revokedAt, null);
    await assert.rejects(t.api.grants.revoke({ id: 'grant_none' }), { code: 'not_found' });
    await assert.rejects(t.api.grants.give({ capability: 'network', workspace, silence: true }), {
      code: 'bad_input',
    });
  });

  it('an agent’s token gives no leave and reads no log', async () => {
    const { token } = await t.api.agents.add({ name: 'thief' });
    for (const [method, route] of [
      ['POST', '/v1/grants'],
      ['GET', '/v1/grants'],
      ['GET', '/v1/audit'],
    ] as const) {
      const answer = await fetch(`${t.companion.address}${route}`, {
        method,
        headers: { authorization: `Bearer ${token}` },
      });
      assert.equal(answer.status, 403, `${method} ${route}`);
    }
  });

  it('`progeny grants` gives, lists and takes back, and says what it does not understand', async () => {
    const place = ['--workspace', workspace];
    const given = await terminal(
      'grants',
      'give',
      'command',
      'npm',
      'run',
      'lint',
      '--path',
      'src',
      ...place,
    );
    assert.match(
      given.stdout,
      /^command \["npm","run","lint"\] · for .* more · never used\n.*below src · grant_/,
    );
    const id = /grant_\w+/.exec(given.stdout)?.[0] ?? '';
    assert.match((await terminal('grants', 'list', ...place)).stdout, new RegExp(id));
    assert.match((await terminal('grants', 'revoke', id)).stdout, /counts at once/);
    assert.match((await terminal('grants', 'list')).stdout, /taken back/);
    assert.match((await terminal('grants', 'give', 'everything', ...place)).stderr, /expected draft, edit/);
    assert.match((await terminal('grants', 'give', 'edit', ...place)).stderr, /changes nothing/);
    assert.match((await terminal('grants', 'take')).stderr, /expected list, give, revoke/);
  });

  it('[A7] `progeny audit` exports all rows, says that the log is whole, and exits with 1 and names where it is not', async () => {
    const rows = await t.api.audit.list({});
    assert.ok(rows.length >= 4);
    const file = path.join(t.data, 'rows.jsonl');
    assert.match((await terminal('audit', 'export', file)).stdout, new RegExp(`${rows.length} rows in`));
    const exported = readFileSync(file, 'utf8').trim().split('\n');
    assert.deepEqual(
      exported.map((line) => JSON.parse(line)),
      rows,
    );
    assert.match((await terminal('audit', 'export', file)).stderr, /exists already/);
    const whole = await terminal('audit', 'verify');
    assert.deepEqual([whole.code, /is whole: \d+ rows/.test(whole.stdout)], [0, true]);
    tamperWith(path.join(t.data, 'actors', 'creator', 'mind.db'), (db) =>
      db.run("UPDATE audit_rows SET actor = 'nobody' WHERE seq = 2"),
    );
    const broken = await terminal('audit', 'verify');
    assert.equal(broken.code, 1);
    assert.match(broken.stdout, /^Row 2 was changed after it was written\.\nThe audit log is NOT whole/);
    assert.equal((await t.api.audit.verify({})).whole, false);
    assert.match((await terminal('audit', 'look')).stderr, /expected verify or export/);
  });

  it('forgetting a folder takes its leave', async () => {
    await t.api.grants.give({ capability: 'git', workspace, silence: true });
    await t.api.workspaces.forget({ path: workspace });
    assert.deepEqual(await t.api.grants.list({ workspace }), []);
  });
});
