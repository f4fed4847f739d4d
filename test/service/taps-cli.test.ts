import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { InterruptionStats } from '../../companion/protocol/index.ts';
import type { ReplayReport } from '../../companion/replay/index.ts';
import { spawnCompanion } from '../support/companion.ts';
import { developerWeeks } from '../support/streams/developer-weeks.ts';
import { temporaryFolder } from '../support/temporary.ts';

function terminal(folder: string, data: string) {
  return (...args: string[]) =>
    spawnSync(process.execPath, [path.resolve('companion/cli/progeny.ts'), ...args], {
      env: { ...process.env, PROGENY_DATA_DIR: data, NO_COLOR: '1' },
      cwd: folder,
      encoding: 'utf8',
      timeout: 60_000,
    });
}

describe('taps, as a person looks into them', function () {
  this.timeout(120_000);

  it('[S1] a stream is replayed without a companion, the same at each run, and at the speed that was asked for', () => {
    using folder = temporaryFolder();
    const data = path.join(folder.path, 'data');
    const progeny = terminal(folder.path, data);
    const lines = developerWeeks({ seed: 4, days: 5 }).lines.map((line) => JSON.stringify(line));
    writeFileSync(path.join(folder.path, 'week.jsonl'), `${lines.join('\n')}\n`);
    const [first, second] = ['max', '1e9'].map(
      (speed) =>
        JSON.parse(progeny('replay', 'week.jsonl', '--json', '--speed', speed).stdout) as ReplayReport,
    );
    assert.equal(second!.digest, first!.digest);
    assert.deepEqual(second!.taps, first!.taps);
    assert.ok(first!.taps.length > 2 && first!.inputs === lines.length);
    const said = progeny('replay', 'week.jsonl').stdout;
    assert.match(said, /^Replayed 2026-01-0\d .* UTC: 5 days in .* s\n[\d]+ lines, \d+ events of the work\n/);
    assert.match(said, /\n {2}2026-01-\d\d \d\d:\d\d {2}when you came back to the window, /);
    assert.match(said, /\n +\d+ {2}the last tap was too recent\n/);
    assert.ok(said.includes(first!.digest));
    assert.equal(existsSync(data), false, 'a replay writes nothing');
  });

  it('[S1] a line that cannot be understood is named, with what was received', () => {
    using folder = temporaryFolder();
    const progeny = terminal(folder.path, path.join(folder.path, 'data'));
    writeFileSync(path.join(folder.path, 'bad.jsonl'), '{"at":1,"pause":0}\n{"at":2,"pause":"soon"}\n');
    const { stdout, stderr, status } = progeny('replay', 'bad.jsonl');
    assert.deepEqual([stdout, status], ['', 1]);
    assert.match(stderr, /^progeny: Line 2: pause: .*; received "soon"\.\n$/);
    const { error } = JSON.parse(progeny('replay', 'bad.jsonl', '--json').stdout) as {
      error: { code: string };
    };
    assert.equal(error.code, 'bad_input');
    for (const wrong of [['replay'], ['replay', 'nothing.jsonl'], ['replay', 'bad.jsonl', '--speed', 'fast']])
      assert.equal(progeny(...wrong).status, 2, wrong.join(' '));
  });

  it('what was told and kept back can be read, and how taps were received', async () => {
    using folder = temporaryFolder();
    const data = path.join(folder.path, 'data');
    await using _ = await spawnCompanion(data);
    const progeny = terminal(folder.path, data);
    assert.match(progeny('interruptions').stdout, /^Nothing was told or kept back yet\./);
    const said = progeny('interruptions', '--stats').stdout;
    assert.match(said, /^Taps · last 90 days\n\nTold {7}nothing\nKept back {2}nothing\n/);
    assert.match(said, /\nBudget {5}0 of 3 today, 4 h apart; the next may come now\n/);
    const stats = JSON.parse(progeny('interruptions', '--stats', '--json').stdout) as InterruptionStats;
    assert.deepEqual([stats.shown, stats.budget.pauseMinutes], [0, 240]);
    assert.equal(progeny('interruptions', '--limit', 'all').status, 2);
  });
});
