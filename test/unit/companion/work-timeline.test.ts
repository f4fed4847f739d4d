import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import * as git from '../../../companion/git/index.ts';
import {
  createCpuBudget,
  Listeners,
  seededRandom,
  silentLogger,
  VirtualClock,
} from '../../../companion/kernel/index.ts';
import { LoopStore } from '../../../companion/loops/index.ts';
import { defaultSettings } from '../../../companion/protocol/index.ts';
import type { ActivitySpan } from '../../../companion/sensors/index.ts';
import { Timeline, type WorkEvent } from '../../../companion/timeline/index.ts';
import { WorkTimeline } from '../../../companion/work-timeline.ts';
import type { Workspace } from '../../../companion/workspaces/index.ts';
import { ANA, BO, FIRST_COMMIT_AT, makeRepository } from '../../fixtures/repository.ts';
import { eventually } from '../../support/companion.ts';
import { addLoop, openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const NOW = FIRST_COMMIT_AT + 24 * 60 * 60 * 1000;

/** A repository with a user, its timeline, and what a workspace would tell of it. */
async function working() {
  const folder = temporaryFolder();
  const clock = new VirtualClock(NOW);
  const store = await openStore(folder.path, { clock });
  addLoop(store, 'loop_1');
  const repository = await makeRepository();
  repository.run('config', 'user.email', ANA.email);
  const opened = await git.openRepository(await git.findGit({}), repository.root);
  const timeline = new Timeline({ mind: store.mind, logger: silentLogger });
  const work = new WorkTimeline({
    timeline,
    loops: new LoopStore({ mind: store.mind, clock, random: seededRandom(1) }),
    git,
    clock,
    logger: silentLogger,
    budget: createCpuBudget(clock),
    settings: () => defaultSettings,
    digest: (word) => word,
  });
  const changed = new Listeners<void>();
  const scan = () => {
    const commit = repository.run('rev-parse', 'HEAD');
    return { commit, branch: 'main', defaultBranch: 'main', recent: [{ commit }] };
  };
  const workspace = {
    id: 'ws_test',
    path: repository.root,
    scanning: false,
    repository: opened,
    changed,
    get scan() {
      return scan();
    },
  } as unknown as Workspace;
  return {
    repository,
    timeline,
    work,
    workspace,
    scanned: () => changed.tell(),
    commits: () =>
      timeline.read({ kinds: ['commit'] }).flatMap((each) => (each.kind === 'commit' ? [each] : [])),
    async [Symbol.asyncDispose]() {
      store.close();
      folder[Symbol.dispose]();
      await repository[Symbol.asyncDispose]();
    },
  };
}

describe('work-timeline', () => {
  it('takes each commit up once, whose it is and how large, also after a rebase', async () => {
    await using t = await working();
    t.repository.commit({ 'a.ts': 'one\ntwo\n' }, { author: ANA });
    t.repository.commit({ 'a.ts': 'one\n', 'b.ts': 'x\n' }, { author: BO });
    const following = t.work.follow(t.workspace);
    await eventually(() => t.commits().length === 2);
    assert.deepEqual(
      t
        .commits()
        .map(({ own, branch, files, insertions, deletions }) => [own, branch, files, insertions, deletions]),
      [
        [true, 'main', ['a.ts'], 2, 0],
        [false, 'main', ['a.ts', 'b.ts'], 1, 1],
      ],
    );
    t.repository.commit({ 'c.ts': 'y\n' }, { author: ANA });
    t.scanned();
    await eventually(() => t.commits().length === 3);
    t.repository.run('commit', '-q', '--amend', '-m', 'in other words');
    t.scanned();
    t.repository.commit({ 'd.ts': 'z\n' }, { author: BO });
    t.scanned();
    await eventually(() => t.commits().length === 4);
    await following.dispose();
    const again = t.work.follow(t.workspace);
    await again.dispose();
    assert.equal(t.commits().length, 4);
    assert.equal(t.timeline.read({ kinds: ['loop'] }).length, 1, 'the loop is told once a day');
  });

  it('tells edits with the size of the file as it is then, and runs of tests by name', async () => {
    await using t = await working();
    writeFileSync(path.join(t.repository.root, 'a.ts'), '12345');
    const span = (file: string): ActivitySpan => ({
      id: `span_${file}`,
      workspace: t.repository.root,
      kind: 'file',
      file,
      branch: 'main',
      started: NOW,
      ended: NOW,
      edits: 1,
      saves: 0,
      files: 1,
    });
    const written: ActivitySpan[] = [];
    const sink = t.work.tee(
      { appendRows: () => {}, upsertSpans: (spans) => void written.push(...spans) },
      t.workspace,
    );
    await sink.upsertSpans([span('a.ts'), span('gone.ts')]);
    assert.equal(written.length, 2);
    t.work.heard(t.workspace, [
      { kind: 'test', at: NOW + 1_000_000, passed: true, name: 'unit' },
      { kind: 'save', at: NOW, file: 'a.ts' },
    ]);
    const told = t.timeline.read().map((event: WorkEvent) => {
      if (event.kind === 'edit') return [event.file, event.size];
      return event.kind === 'test' ? [event.name, event.at] : [];
    });
    assert.deepEqual(told, [
      ['a.ts', 5],
      ['gone.ts', null],
      ['unit', NOW],
    ]);
  });
});
