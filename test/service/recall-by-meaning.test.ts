import assert from 'node:assert/strict';
import path from 'node:path';
import { CompanionClient } from '../../companion/client/index.ts';
import { openSocket } from '../../companion/client/node.ts';
import { eventually, spawnCompanion } from '../support/companion.ts';
import { sentenceModel } from '../support/sentence-model.ts';
import { temporaryFolder } from '../support/temporary.ts';

describe('recall by meaning, in the service as it is built', () => {
  it('[M10] takes a model that the settings name, reads what is there, and finds what shares no word', async function () {
    this.timeout(180_000);
    const model = await sentenceModel();
    using folder = temporaryFolder();
    await using service = await spawnCompanion(path.join(folder.path, 'data'));
    const client = new CompanionClient({
      kind: 'test',
      version: '0',
      open: () => openSocket(service.discovery),
    });
    const api = await client.connected(10_000);
    for (const content of [
      'The parser drops carriage returns on Windows.',
      'Ana drinks her coffee with oat milk.',
      'We froze the clock because mornings were flaky.',
    ])
      await api.memories.remember({ content });
    const query = 'problem with line endings';
    const before = await api.memories.recall({ query });
    assert.deepEqual([before.meaning, before.found], [false, []]);

    await api.settings.update({ memory: { model } });
    const answer = await eventually(async () => {
      const found = await api.memories.recall({ query });
      return found.meaning && found.covered === 1 && found.found.length > 0 ? found : null;
    }, 60_000);
    assert.equal(answer.note, null);
    assert.match(answer.found[0]?.record.content ?? '', /carriage returns/);
    assert.ok((answer.found[0]?.parts.meaning ?? 0) > 0);
    client.dispose();
  });
});
