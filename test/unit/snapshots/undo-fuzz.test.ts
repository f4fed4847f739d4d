import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { findGit } from '../../../companion/git/index.ts';
import { seededRandom, systemClock } from '../../../companion/kernel/index.ts';
import { type Snapshot, Snapshots } from '../../../companion/snapshots/index.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { ACTS, differences, everythingBelow, pick, randomWorld } from './worlds.ts';

/** `SNAPSHOT_RUNS=500` for the whole of it. */
const RUNS = Number(process.env.SNAPSHOT_RUNS ?? 8);
const SEED = Number(process.env.SNAPSHOT_SEED ?? 1);

/** What a snapshot says of each path, by the git program itself. */
function held(data: string, { root, trees }: Snapshot): Map<string, string> {
  const [place] = readdirSync(data).map((name) => path.join(data, name, 'vault.git'));
  const found = new Map<string, string>();
  for (const { at, files, ignored, modes, usual, folders, uncovered, skipped, control } of trees) {
    for (const tree of [files, ignored]) {
      const rows = execFileSync('git', [`--git-dir=${place}`, 'ls-tree', '-r', '-z', tree], {
        encoding: 'latin1',
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { ...process.env, GIT_ALTERNATE_OBJECT_DIRECTORIES: path.join(root, '.git/objects') },
      });
      for (const row of rows.split('\0').filter(Boolean)) {
        const [words, name] = row.split('\t') as [string, string];
        const others = words.startsWith('100755') ? usual.executable : usual.plain;
        found.set(`${at}/${name}`, `${words} ${words.startsWith('12') ? '' : (modes[name] ?? others)}`);
      }
    }
    for (const [name, mode] of Object.entries(folders)) found.set(`${at}/${name}/`, String(mode));
    for (const [name, { mode, oid }] of Object.entries(control?.files ?? {}))
      found.set(`${at}/.git/${name}`, `${mode} ${oid}`);
    found.set(`${at}/?`, JSON.stringify([uncovered, skipped]));
  }
  return found;
}

describe('taking back what a run did', function () {
  this.timeout(RUNS * 10_000);

  it(`[A1] leaves everything byte by byte as it was, in ${RUNS} random repositories`, async () => {
    const program = await findGit();
    const failures: string[] = [];
    let changed = 0;
    for (let run = 0; run < RUNS; run++) {
      const seed = SEED * 100_000 + run;
      const random = seededRandom(seed);
      using data = temporaryFolder();
      const { repository } = await randomWorld(random);
      await using _ = repository;
      const snapshots = new Snapshots({ folder: data.path, program, clock: systemClock, random });
      const { root } = repository;
      const before = everythingBelow(root);
      const git = everythingBelow(path.dirname(root), { objects: true, times: true });
      const acts: string[] = [];
      try {
        const first = await snapshots.take(root, 'before');
        const written = differences(git, everythingBelow(path.dirname(root), { objects: true, times: true }));
        if (written.length > 0) failures.push(`${seed}: taking wrote: ${written.slice(0, 3).join('; ')}`);
        for (let i = 0; i < 1 + Math.floor(random.next() * 6); i++) {
          const name = pick(random, Object.keys(ACTS));
          acts.push(name);
          try {
            ACTS[name]!(random, repository);
          } catch {
            // What it would have acted on is not there.
          }
        }
        const objects = everythingBelow(path.dirname(root), { objects: true, times: true });
        const second = await snapshots.take(root, 'after');
        // A take that looks only at what changed since holds what one that looks at everything does.
        using fresh = temporaryFolder();
        const whole = new Snapshots({ folder: fresh.path, program, clock: systemClock, random });
        const [one, other] = [held(data.path, second), held(fresh.path, await whole.take(root, 'whole'))];
        const unlike = differences(one, other);
        if (unlike.length > 0) failures.push(`${seed} (${acts}): ${unlike.slice(0, 3).join(' | ')}`);
        // What goes and what is packed takes nothing from what stays.
        await snapshots.remove(root, [(await snapshots.take(root, 'to go')).id]);
        changed += Number(
          (await snapshots.changes(first, second)).some(
            ({ files, control }) => files.length + control.length > 0,
          ),
        );
        const { conflicts } = await snapshots.restore(first, second);
        // What a snapshot says that it does not cover is nobody's promise.
        const skipped = first.trees.flatMap(({ at, skipped }) =>
          skipped.map((folder) => (at === '' ? `${folder}/` : `${at}/${folder}/`)),
        );
        const left = differences(before, everythingBelow(root)).filter(
          (line) => !skipped.some((folder) => line.startsWith(folder)),
        );
        const touched = differences(
          objects,
          everythingBelow(path.dirname(root), { objects: true, times: true }),
        ).filter((line) => /\.git\/(?:.*\/)?objects\//.test(line));
        if (touched.length > 0) failures.push(`${seed}: undoing wrote: ${touched.slice(0, 3).join('; ')}`);
        if (conflicts.length + left.length > 0)
          failures.push(
            `${seed} (${acts}): ${[...conflicts.map((c) => `conflict ${c.path} ${c.why}`), ...left].slice(0, 4).join(' | ')}`,
          );
      } catch (error) {
        failures.push(`${seed} (${acts}): ${(error as Error).stack?.slice(0, 500)}`);
      }
    }
    assert.deepEqual(failures, []);
    assert.ok(changed > 0.8 * RUNS, `only ${changed} of ${RUNS} runs changed anything`);
  });
});
