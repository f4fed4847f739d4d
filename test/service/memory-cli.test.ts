import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { Forgotten, MemoryRecord, RecallOutput } from '../../companion/protocol/index.ts';
import { spawnCompanion } from '../support/companion.ts';
import { temporaryFolder } from '../support/temporary.ts';

describe('memory, as a person types it', function () {
  this.timeout(120_000);

  it('remember, recall, recent, trace, forget, themes, model', async () => {
    using folder = temporaryFolder();
    const data = path.join(folder.path, 'data');
    await using _ = await spawnCompanion(data);
    const progeny = (...args: string[]) =>
      spawnSync(process.execPath, [path.resolve('companion/cli/progeny.ts'), ...args], {
        env: { ...process.env, PROGENY_DATA_DIR: data },
        cwd: folder.path,
        encoding: 'utf8',
        timeout: 60_000,
      });
    const json = <T>(...args: string[]) => JSON.parse(progeny(...args, '--json').stdout) as T;

    const { id } = json<MemoryRecord>('remember', 'We use Redis for sessions', '--kind', 'fact');
    json<MemoryRecord>('remember', 'we moved from Redis to SQLite', '--kind', 'fact');
    json<MemoryRecord>('remember', 'Ana owns the build', '--tag', 'team');
    assert.equal(json<RecallOutput>('recall', 'redis').found.length, 2);
    const recalled = progeny('recall', 'redis').stdout;
    assert.match(recalled, /^ {2}1 {2}we moved from Redis to SQLite\n.*fact.*\(words \d+ %/);
    assert.match(recalled, /By words alone \(AMNESIA: there is no sentence model\)\./);
    assert.match(progeny('recent').stdout, /Ana owns the build[\s\S]*until \d{4}-\d\d-\d\d/);
    assert.match(
      progeny('trace', id).stdout,
      /recorded .* by you · held from .* until .* · salience 0\.5 of 0\.5/,
    );

    assert.match(
      progeny('forget', '--tag', 'team').stdout,
      /^This would forget 1 memory:\n {2}Ana owns the build/,
    );
    assert.equal(json<MemoryRecord[]>('recent').length, 3);
    assert.equal(json<Forgotten>('forget', '--tag', 'team', '--yes').memories, 1);
    assert.equal(json<MemoryRecord[]>('recent').length, 2);
    assert.match(progeny('restore', id).stdout, /is out of the archive/);
    assert.match(progeny('themes').stdout, /There are no themes yet/);

    assert.match(progeny('model').stdout, /There is no sentence model: .*AMNESIA/);
    const none = progeny('model', 'use', 'nowhere').stdout;
    assert.match(
      none,
      /The sentence model in .*nowhere cannot be used: model\.onnx and tokenizer\.json are not there/,
    );
    assert.match(progeny('model', 'off').stdout, /There is no sentence model/);

    for (const wrong of [
      ['forget'],
      ['forget', 'everything'],
      ['forget', '--since', 'once'],
      ['forget', '--by', 'nobody'],
      ['trace'],
      ['recent', '--limit', '0'],
      ['model', 'fetch', '--model', 'http://x'],
      ['model', 'dance'],
    ]) {
      const { status, stderr } = progeny(...wrong);
      assert.equal(status, 2, wrong.join(' '));
      assert.match(stderr, /expected .*received/, wrong.join(' '));
    }
    assert.equal(progeny('trace', 'memory_none').status, 1);
  });
});
