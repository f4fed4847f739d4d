import { execFileSync } from 'node:child_process';
import { makeLargeRepository } from '../fixtures/large-repository.ts';
import { testCompanion } from '../support/companion.ts';
import { median, rounded } from './support/statistics.ts';

const WARM_RUNS = 50;

/**
 * The brief of a repository with 20,000 commits and 10,000 files: cold from opening the folder to a complete
 * brief, warm as every later one. Beside it what `git status` and `git log -1` alone cost there.
 */
export default async function brief(): Promise<Record<string, number>[]> {
  await using repository = await makeLargeRepository({ until: Date.now() });
  await using t = await testCompanion();
  const started = performance.now();
  const { path: workspace } = await t.api.workspaces.open({ path: repository.root });
  const { id } = await t.api.workspaces.scan({ path: workspace });
  const told = new Set<string>();
  for (let status = ''; status !== 'done'; ) {
    const job = (await t.api.jobs.list({})).find((candidate) => candidate.id === id);
    status = job?.status ?? 'done';
    if (job) told.add(job.message);
    if (status === 'failed') throw new Error(job?.message);
    if (status !== 'done') await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await t.api.brief.get({ workspace });
  const coldMs = performance.now() - started;
  const warm: number[] = [];
  const floor: number[] = [];
  for (let run = 0; run < WARM_RUNS; run++) {
    const before = performance.now();
    await t.api.brief.get({ workspace });
    warm.push(performance.now() - before);
    if (run % 5 === 0) floor.push(timeGit(repository.root));
  }
  const git = (...args: string[]) =>
    Number(execFileSync('git', ['-C', repository.root, ...args], { encoding: 'utf8' }).trim());
  return [
    {
      commits: git('rev-list', '--count', '--all'),
      files:
        execFileSync('git', ['-C', repository.root, 'ls-files', '-z']).toString('latin1').split('\0').length -
        1,
      coldMs: rounded(coldMs, 0),
      warmMs: rounded(median(warm), 1),
      gitFloorMs: rounded(median(floor), 1),
      progressSteps: told.size,
    },
  ];
}

function timeGit(root: string): number {
  const started = performance.now();
  execFileSync('git', ['-C', root, '--no-optional-locks', 'status', '--porcelain'], { stdio: 'ignore' });
  execFileSync('git', ['-C', root, 'log', '-1'], { stdio: 'ignore' });
  return performance.now() - started;
}
