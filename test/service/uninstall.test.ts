import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CompanionClient } from '../../companion/client/index.ts';
import { openSocket } from '../../companion/client/node.ts';
import { DATA_ENTRIES } from '../../companion/kernel/node.ts';
import { eventually, spawnCompanion } from '../support/companion.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** `progeny ARGS --json` from the sources. */
function progeny(data: string, ...args: string[]) {
  const program = path.resolve('companion/cli/progeny.ts');
  const { status, stdout } = spawnSync(process.execPath, [program, ...args, '--json'], {
    env: { ...process.env, PROGENY_DATA_DIR: data },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return {
    status,
    json: JSON.parse(stdout) as { found: { path: string; bytes: number }[]; removed: boolean },
  };
}

describe('progeny uninstall', function () {
  this.timeout(120_000);

  it('finds what was written in every folder, also closed ones, removes it when told, and nothing else', async () => {
    using folder = temporaryFolder();
    const data = path.join(folder.path, 'data');
    const [closed, foreign] = ['closed', 'foreign'].map((name) => path.join(folder.path, name)) as [
      string,
      string,
    ];
    mkdirSync(path.join(foreign, '.progeny'), { recursive: true });
    mkdirSync(closed);
    writeFileSync(path.join(foreign, '.progeny', 'theirs.md'), 'not ours\n');
    await using companion = await spawnCompanion(data);
    const client = new CompanionClient({
      kind: 'test',
      version: '0',
      open: () => openSocket(companion.discovery),
    });
    const api = await client.connected(10_000);
    for (const workspace of [closed, foreign]) {
      await api.workspaces.open({ path: workspace });
      await api.whispers.add({ workspace, text: 'a note' });
    }
    const written = path.join(closed, '.progeny');
    await eventually(() => existsSync(path.join(written, 'open_loops.json')));
    await api.backups.create({});
    await api.workspaces.close({ path: closed });
    client.dispose();
    writeFileSync(path.join(data, 'mine.txt'), 'somebody else put this here\n');
    assert.deepEqual(
      readdirSync(data).filter((name) => !DATA_ENTRIES.includes(name)),
      ['mine.txt'],
    );

    const listed = progeny(data, 'uninstall').json;
    assert.equal(listed.removed, false);
    const paths = listed.found.map((each) => each.path);
    assert.ok(paths.includes(written) && paths.includes(path.join(data, 'hub.db')));
    assert.ok(existsSync(written));

    assert.equal(progeny(data, 'uninstall', '--yes').json.removed, true);
    assert.equal(existsSync(written), false);
    assert.deepEqual(readdirSync(data), ['mine.txt']);
    assert.deepEqual(readdirSync(path.join(foreign, '.progeny')), ['theirs.md']);
    assert.ok(existsSync(closed));
    assert.deepEqual(progeny(data, 'uninstall').json, { found: [], removed: false });
  });
});
