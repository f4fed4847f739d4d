import assert from 'node:assert/strict';
import { isOwn, readIdentity } from '../../../companion/git/index.ts';
import { makeRepository } from '../../fixtures/repository.ts';

const by = (email: string, author = 'x') => ({ author, email });

describe('git/identity', function () {
  this.timeout(20_000);

  it('is what the configuration says, with the address that .mailmap gives it', async () => {
    await using repo = await makeRepository();
    const repository = await repo.open();
    repo.write({ '.mailmap': 'Ana <ana@new.example> <ANA@example.com>\n' });
    const identity = await readIdentity(repository);
    assert.deepEqual([identity.name, identity.email], ['Ana', 'ana@example.com']);
    assert.deepEqual([...identity.emails].sort(), ['ana@example.com', 'ana@new.example']);
    assert.ok(isOwn(identity, by('ANA@new.example')) && !isOwn(identity, by('bo@example.com')));
    repo.run('config', 'author.email', '-x@example.com');
    assert.equal((await readIdentity(repository)).email, '-x@example.com');
  });

  it('is nobody where nothing is configured', async () => {
    await using repo = await makeRepository();
    repo.run('config', '--remove-section', 'user');
    const identity = await readIdentity(await repo.open());
    assert.deepEqual([identity.name, identity.email, identity.emails.size], [null, null, 0]);
    assert.ok(!isOwn(identity, by('')));
  });

  const cases: [configured: string | null, author: string, own: boolean][] = [
    ['Ana Lee', 'Ana Lee', true],
    ['Ana Lee', 'ana lee ', true],
    ['Ana Lee', 'Joana Lee', false],
    ['Ana', 'Ana', false],
    [null, '', false],
  ];
  for (const [name, author, own] of cases) {
    it(`with another address, "${author}" is ${own ? '' : 'not '}the one who is configured as "${name}"`, () => {
      const identity = { name, email: 'ana@example.com', emails: new Set(['ana@example.com']) };
      assert.equal(isOwn(identity, by('ana@old.example', author)), own);
    });
  }
});
