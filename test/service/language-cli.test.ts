import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { LanguageState } from '../../companion/protocol/index.ts';
import { progenyScript, spawnCompanion } from '../support/companion.ts';
import { FakeOllama } from '../support/fake-ollama.ts';
import { temporaryFolder } from '../support/temporary.ts';

describe('language models and doors in the terminal', function () {
  this.timeout(120_000);

  it('says what answers, or what is amiss; opens and closes doors; refuses what it does not know', async () => {
    using folder = temporaryFolder();
    const data = path.join(folder.path, 'data');
    await using companion = await spawnCompanion(data, [], { OLLAMA_HOST: '127.0.0.1:9' });
    assert.ok(companion.child.pid);
    const progeny = (...args: string[]) => {
      const { stdout, stderr, status } = spawnSync(process.execPath, [progenyScript, ...args], {
        env: { ...process.env, PROGENY_DATA_DIR: data, NO_COLOR: '1' },
        cwd: folder.path,
        encoding: 'utf8',
        timeout: 60_000,
      });
      return { said: stdout + stderr, status };
    };
    const none = progeny('language');
    assert.match(
      none.said,
      /^No language model: answers come from memory and rules alone\.\n {2}ollama +unreachable/,
    );
    assert.match(none.said, /embedded +off/);
    const state = JSON.parse(progeny('language', 'status', '--json').said) as LanguageState;
    assert.equal(state.current, null);
    assert.match(
      progeny('language', 'fetch', 'x').said,
      /expected the address of a GGUF file and its sha256/,
    );
    assert.match(progeny('language', 'dance').said, /expected status, probe or fetch; received "dance"/);

    const opened = progeny('doors', 'open', 'remote');
    assert.match(opened.said, /closed +chat .+\n +closed +editorModel .+\n +open +remote /);
    assert.match(progeny('doors').said, /open +remote/);
    assert.match(progeny('doors', 'close', 'remote').said, /closed +remote/);
    const wrong = progeny('doors', 'open', 'mcp');
    assert.match(wrong.said, /expected chat, editorModel, remote; received "mcp".+progeny mcp open/);
    assert.notEqual(wrong.status, 0);
    progeny('mcp', 'confidential');
    assert.match(progeny('doors').said, /is confidential: nothing leaves it/);
    assert.match(progeny('doors', 'open', 'remote').said, /is confidential, so its doors stay closed/);
  });

  it('finds Ollama where OLLAMA_HOST says', async () => {
    using folder = temporaryFolder();
    const data = path.join(folder.path, 'data');
    await using server = await new FakeOllama().start();
    await using companion = await spawnCompanion(data, [], { OLLAMA_HOST: `127.0.0.1:${server.port}` });
    const answer = await fetch(`http://127.0.0.1:${companion.discovery.port}/v1/language/probe`, {
      method: 'POST',
      headers: { authorization: `Bearer ${companion.discovery.token}`, 'content-type': 'application/json' },
      body: '{}',
    });
    const state = (await answer.json()) as LanguageState;
    assert.deepEqual(state.current, { provider: 'ollama', model: 'small-chat' });
  });
});
