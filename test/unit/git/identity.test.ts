import assert from 'node:assert/strict';
import { isOwn, readIdentity } from '../../../companion/git/index.ts';
import { makeRepository } from '../../fixtures/repository.ts';

describe('git/identity', function () {
  this.timeout(20_000);

  it('is what the configuration says, with the address that .mailmap gives it', async () => {
    await using repo = await makeRepository();
    const repository = await repo.open();
    repo.write({ '.mailmap': 'Ana <ana@new.example> <ANA@example.com>\n' });
    const identity = await readIdentity(repository);
    assert.deepEqual([identity.name, identity.email], ['Ana', 'ana@example.com']);
    assert.deepEqual([...identity.emails].sort(), ['ana@example.com', 'ana@new.example']);
    assert.ok(isOwn(identity, 'ANA@new.example') && !isOwn(identity, 'bo@example.com'));
    repo.run('config', 'author.email', '-x@example.com');
    assert.equal((await readIdentity(repository)).email, '-x@example.com');
  });

  it('is nobody where nothing is configured', async () => {
    await using repo = await makeRepository();
    repo.run('config', '--remove-section', 'user');
    const identity = await readIdentity(await repo.open());
    assert.deepEqual([identity.name, identity.email, identity.emails.size], [null, null, 0]);
    assert.ok(!isOwn(identity, ''));
  });
});
