import assert from 'node:assert/strict';
import {
  type LoginEdge,
  login,
  readLoginFragment,
  type Session,
  viewIn,
} from '../../../../webviews/host/login.ts';

function edge(hash: string, stored: Session | null, exchange: LoginEdge['exchange']) {
  const log: string[] = [];
  const made: LoginEdge & { log: string[]; kept: Session | null } = {
    log,
    kept: stored,
    hash,
    stored: () => stored,
    store: (session) => {
      made.kept = session;
    },
    clean: () => void log.push('clean'),
    exchange: async (code) => {
      log.push(`exchange ${code}`);
      return exchange(code);
    },
  };
  return made;
}
const refuse = async () => null;
const kept: Session = { token: 'kept', workspace: '/a' };

describe('the login of a browser', () => {
  it('reads only a login address', () => {
    assert.equal(viewIn('#code=a&view=globe'), 'globe');
    for (const hash of ['#code=a', '#code=a&view=', '#code=a&view=../x']) assert.equal(viewIn(hash), 'brief');
    assert.deepEqual(readLoginFragment('#code=a%2Bb&workspace=%2Fx%20y'), { code: 'a+b', workspace: '/x y' });
    for (const hash of ['', '#/brief?code=x', '#workspace=/x', '#code='])
      assert.equal(readLoginFragment(hash), null);
  });

  it('takes the code out of the address before it is used', async () => {
    const made = edge('#code=c&workspace=/b', null, async () => 't');
    assert.deepEqual(await login(made), { session: { token: 't', workspace: '/b' } });
    assert.deepEqual(made.log, ['clean', 'exchange c']);
    assert.deepEqual(made.kept, { token: 't', workspace: '/b' });
  });

  it('goes on with the session of the tab', async () => {
    const made = edge('#/loops', kept, refuse);
    assert.deepEqual(await login(made), { session: kept });
    assert.deepEqual(made.log, []);
  });

  it('keeps a session that it has when a code is refused, and turns to the folder of the address', async () => {
    assert.deepEqual(await login(edge('#code=c&workspace=/b', kept, refuse)), {
      session: { token: 'kept', workspace: '/b' },
    });
  });

  it('says why it cannot', async () => {
    assert.deepEqual(await login(edge('', null, refuse)), { session: null, reason: 'no-address' });
    assert.deepEqual(await login(edge('#code=c', null, refuse)), { session: null, reason: 'code-refused' });
    const down = async () => {
      throw new TypeError('Failed to fetch');
    };
    assert.deepEqual(await login(edge('#code=c', null, down)), { session: null, reason: 'offline' });
    assert.deepEqual(await login(edge('#code=c', kept, down)), { session: kept });
  });
});
