import type { CompanionOptions } from '../../companion/companion.ts';
import { makeRepository, type TestRepository } from '../fixtures/repository.ts';
import { eventually, type TestCompanion, testCompanion } from './companion.ts';

/** A companion that has read a repository with a branch in work, a TODO and an uncommitted file. */
export interface ContractWorld extends AsyncDisposable {
  readonly t: TestCompanion;
  readonly repository: TestRepository;
  readonly workspace: string;
}

export async function contractWorld(options: Partial<CompanionOptions> = {}): Promise<ContractWorld> {
  const t = await testCompanion(options);
  const repository = await makeRepository();
  repository.commit(
    { 'src/clock.ts': 'export const now = 1;\n// TODO freeze the clock in scheduler tests\n' },
    { message: 'feat: add a clock' },
  );
  repository.run('checkout', '-q', '-b', 'fix/clock');
  repository.commit(
    {
      'src/clock.ts':
        'export const now = 2;\n// TODO freeze the clock in scheduler tests\nexport const later = 3;\n',
    },
    { message: 'fix: another clock' },
  );
  repository.write({ 'notes.md': 'one\n' });
  const workspace = (await t.api.workspaces.open({ path: repository.root })).path;
  const job = await t.api.workspaces.scan({ path: workspace });
  await eventually(async () => (await t.api.jobs.list({})).find((j) => j.id === job.id)?.status === 'done');
  return {
    t,
    repository,
    workspace,
    async [Symbol.asyncDispose]() {
      await t[Symbol.asyncDispose]();
      await repository[Symbol.asyncDispose]();
    },
  };
}
