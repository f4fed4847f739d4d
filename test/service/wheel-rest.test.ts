import assert from 'node:assert/strict';
import path from 'node:path';
import type { WheelRun } from '../../companion/protocol/index.ts';
import { contractWorld } from '../support/contract-world.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { wheelParts } from '../support/wheel-doubles.ts';

describe('[A5] delegated work proposed over REST', function () {
  this.timeout(60_000);

  it('is a program’s, so that silence is never consent to it; over a socket it is a person’s', async () => {
    using folder = temporaryFolder();
    const dataDirectory = path.join(folder.path, 'data');
    await using world = await contractWorld({ dataDirectory, wheel: await wheelParts(dataDirectory) });
    const { t, workspace } = world;
    const steps = JSON.stringify([{ tool: 'write', path: 'notes.md', text: 'two\n' }]);
    const input = { workspace, recipe: 'given', options: { steps } };
    const answer = await fetch(`http://127.0.0.1:${t.discovery.port}/v1/wheel`, {
      method: 'POST',
      headers: { authorization: `Bearer ${t.discovery.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    const proposed = (await answer.json()) as WheelRun;
    assert.deepEqual([answer.ok, proposed.origin], [true, { by: 'agent', name: 'REST' }]);
    assert.equal((await t.api.wheel.propose(input)).origin.by, 'person');
  });
});
