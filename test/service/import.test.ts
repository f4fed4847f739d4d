import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CompanionClient } from '../../companion/client/index.ts';
import { openSocket } from '../../companion/client/node.ts';
import type { Exported, Job } from '../../companion/protocol/index.ts';
import { eventually, spawnCompanion } from '../support/companion.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** `progeny ...` as a person types it, in a folder. */
function progeny(data: string, cwd: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.resolve('companion/cli/progeny.ts'), ...args],
    { env: { ...process.env, PROGENY_DATA_DIR: data }, cwd, encoding: 'utf8', timeout: 60_000 },
  );
  return { status, stdout, stderr };
}

/** A transcript of Claude Code with so many messages. */
function transcript(messages: number): string {
  const line = (i: number) => ({
    type: i % 2 ? 'assistant' : 'user',
    uuid: `uuid-${i}`,
    sessionId: 'session-1',
    timestamp: new Date(Date.UTC(2026, 0, 1) + i * 1000).toISOString(),
    message: { content: [{ type: 'text', text: `Message ${i} about the ${i % 7 ? 'clock' : 'tiller'}.` }] },
  });
  return Array.from({ length: messages }, (_, i) => `${JSON.stringify(line(i))}\n`).join('');
}

describe('import and export, as a person types them', function () {
  this.timeout(120_000);

  it('from an archive to memory to a file and into another mind', async () => {
    using folder = temporaryFolder();
    const [one, two] = ['one', 'two'].map((name) => path.join(folder.path, name)) as [string, string];
    const file = path.join(folder.path, 'session.jsonl');
    writeFileSync(file, transcript(40));
    try {
      const job = JSON.parse(progeny(one, folder.path, 'import', 'session.jsonl', '--json').stdout) as Job;
      assert.deepEqual([job.status, job.message], ['done', '40 records added, 0 known']);
      assert.match(progeny(one, folder.path, 'import', file).stdout, /^0 records added, 40 known$/m);
      const refused = progeny(one, folder.path, 'import', file, '--format', 'chatgpt');
      assert.equal(refused.status, 1);
      assert.match(refused.stderr, /expected conversations\.json of a ChatGPT export/);
      assert.equal(progeny(one, folder.path, 'import').status, 2);
      assert.equal(progeny(one, folder.path, 'export', 'x', '--format', 'pdf').status, 2);
      const out = JSON.parse(progeny(one, folder.path, 'export', 'mind.md', '--json').stdout) as Exported;
      assert.equal(out.records, 40);
      assert.match(readFileSync(out.path, 'utf8'), /^---\nprogeny: 1\n---\n\n# 2026-01-01\n/);
      assert.match(progeny(one, folder.path, 'export', 'mind.md').stderr, /exists already/);
      assert.match(progeny(two, folder.path, 'import', 'mind.md').stdout, /^40 records added, 0 known$/m);
      const recalled = (data: string) =>
        (
          JSON.parse(progeny(data, folder.path, 'recall', 'tiller', '--all', '--json').stdout) as {
            found: object[];
          }
        ).found.length;
      assert.deepEqual([recalled(one), recalled(two)], [10, 10]);
    } finally {
      for (const data of [one, two]) progeny(data, folder.path, 'stop');
    }
  });

  it('[M9] kill -9 in the middle of an import; the next start ends it, each record once and in order', async () => {
    using folder = temporaryFolder();
    const data = path.join(folder.path, 'data');
    mkdirSync(data);
    const file = path.join(folder.path, 'session.jsonl');
    const messages = 20_000;
    writeFileSync(file, transcript(messages));
    const connect = async (discovery: Parameters<typeof openSocket>[0]) => {
      const client = new CompanionClient({ kind: 'test', version: '0', open: () => openSocket(discovery) });
      await client.connected(10_000);
      return client;
    };
    const first = await spawnCompanion(data);
    const before = await connect(first.discovery);
    const { id } = await before.api.memories.import({ path: file });
    await eventually(async () => (await before.api.memories.recent({ limit: 1 })).length > 0);
    await first.end('SIGKILL');
    before.dispose();

    await using second = await spawnCompanion(data);
    const after = await connect(second.discovery);
    const job = await eventually(async () => {
      const found = (await after.api.jobs.list({})).find((each) => each.id === id);
      return found?.status === 'done' || found?.status === 'failed' ? found : null;
    }, 60_000);
    assert.deepEqual([job.status, job.attempts], ['done', 2], job.message);
    const out = path.join(folder.path, 'mind.jsonl');
    assert.equal((await after.api.memories.export({ path: out })).records, messages);
    const lines = readFileSync(out, 'utf8').trimEnd().split('\n');
    for (const [i, line] of lines.entries()) {
      const { origin, position, content } = JSON.parse(line) as Record<string, unknown>;
      assert.deepEqual([origin, position], [`claude-code:uuid-${i}`, i]);
      assert.match(String(content), new RegExp(`^Message ${i} `));
    }
    after.dispose();
  });
});
