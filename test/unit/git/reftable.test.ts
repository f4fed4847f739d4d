import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  findGit,
  openRepository,
  readBranches,
  readHead,
  readOperation,
  readStashes,
} from '../../../companion/git/index.ts';
import { atLeast, parseVersion } from '../../../companion/git/program.ts';
import { makeRepository } from '../../fixtures/repository.ts';
import { applicable } from '../../support/applicable.ts';

const version = parseVersion(execFileSync('git', ['--version'], { encoding: 'utf8' }));
const knowsReftable = version !== null && atLeast({ version }, 2, 45);

describe('git/reftable', function () {
  this.timeout(20_000);

  applicable(knowsReftable, 'refs in tables need git 2.45')(
    '[F5] reads a repository whose refs are in tables (needs git 2.45)',
    async () => {
      await using repo = await makeRepository({ init: ['--ref-format=reftable'] });
      const repository = await repo.open();
      assert.equal(repository.refFormat, 'reftable');
      assert.equal((await readHead(repository)).kind, 'unborn');
      repo.commit({ a: 'a\n' });
      repo.branch('other');
      repo.commit({ a: 'other\n' });
      repo.checkout('main');
      repo.commit({ a: 'main\n' });
      const head = await readHead(repository);
      assert.equal(head.kind === 'branch' && head.branch, 'main');
      assert.deepEqual(
        (await readBranches(repository, { against: null })).items.map((b) => b.name),
        ['main', 'other'],
      );
      repo.write({ a: 'stashed\n' });
      repo.stash('x');
      assert.equal((await readStashes(repository)).length, 1);
      repo.tryRun('cherry-pick', 'other');
      assert.deepEqual(await readOperation(repository), { kind: 'cherry-pick' });
    },
  );

  applicable(!knowsReftable, 'a git that knows no reftable')(
    '[F5] refuses a repository whose refs are in tables that this git does not know',
    async () => {
      await using repo = await makeRepository();
      repo.run('config', 'core.repositoryFormatVersion', '1');
      repo.run('config', 'extensions.refStorage', 'reftable');
      const program = await findGit({ environment: repo.environment });
      await assert.rejects(openRepository(program, repo.root), /A newer git made it/);
    },
  );
});
