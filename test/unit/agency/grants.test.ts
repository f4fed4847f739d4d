import assert from 'node:assert/strict';
import fc from 'fast-check';
import { allowsArgv, wrongPrefix } from '../../../companion/agency/allowed-argv.ts';
import { Grants } from '../../../companion/agency/index.ts';
import { AuditLog } from '../../../companion/audit/index.ts';
import { seededRandom, silentLogger, VirtualClock } from '../../../companion/kernel/index.ts';
import type { Store } from '../../../companion/store/index.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { DAY, FOLDER, NOW } from './sources.ts';

interface Scene {
  grants: Grants;
  audit: AuditLog;
  store: Store;
  clock: VirtualClock;
}

async function withGrants(work: (scene: Scene) => Promise<void> | void): Promise<void> {
  using folder = temporaryFolder();
  const clock = new VirtualClock(NOW);
  const store = await openStore(folder.path, { clock });
  const { hub, mind } = store;
  const audit = new AuditLog({ mind, hub, clock, logger: silentLogger });
  audit.keepHead();
  mind.transact((tx) => {
    tx.run("INSERT INTO workspaces (id, path, opened_at) VALUES ('ws_1', ?, 0)", FOLDER);
    tx.run("INSERT INTO workspaces (id, path, opened_at) VALUES ('ws_2', ?, 0)", `${FOLDER}s`);
    tx.emit({ type: 'workspace.registered', subject: 'ws_1' });
  });
  try {
    const random = seededRandom(7);
    const grants = new Grants({ mind, clock, random, audit, endedAt: () => audit.endedAt });
    await work({ grants, audit, store, clock });
  } finally {
    audit.dispose();
    store.close();
  }
}

const edit = {
  capability: 'edit',
  workspace: FOLDER,
  paths: [],
  argv: null,
  silence: true,
  days: 1,
} as const;
const lint = { ...edit, capability: 'command', argv: ['npm', 'run', 'lint'], silence: false } as const;
const asked = <T extends object>(given: T) => structuredClone(given) as never;

describe('agency/grants', () => {
  it('leave holds in its folder for its time, is told by ids alone, and stands in the audit log', () =>
    withGrants(async ({ grants, audit, store, clock }) => {
      const given = grants.give(asked({ ...lint, paths: ['src'] }));
      assert.deepEqual(grants.live(FOLDER), [given]);
      assert.deepEqual(grants.live(`${FOLDER}s`), []);
      assert.deepEqual(grants.list(), [given]);
      assert.deepEqual(grants.list(`${FOLDER}s`), []);
      const [event] = store.mind.events(0, 100).filter(({ type }) => type === 'grant.given');
      assert.deepEqual(event?.data, { capability: 'command', silence: false });
      assert.equal(event?.subject, given.id);
      clock.advance(DAY - 1);
      assert.equal(grants.live(FOLDER).length, 1);
      clock.advance(1);
      assert.equal(grants.live(FOLDER).length, 0);
      assert.equal(grants.list().length, 1, 'what has ended is still told');
      assert.deepEqual(
        audit.list(0, 10).map(({ act, data }) => [act, data.grant]),
        [['granted', given.id]],
      );
    }));

  it('[A6] revoking counts at once, once, and is told', () =>
    withGrants(({ grants, audit, clock }) => {
      const { id } = grants.give(asked(edit));
      clock.advance(5);
      const revoked = grants.revoke(id);
      assert.equal(revoked.revokedAt, clock.now());
      assert.deepEqual(grants.live(FOLDER), []);
      clock.advance(5);
      assert.deepEqual(grants.revoke(id), revoked);
      assert.deepEqual(
        audit.list(0, 10).map(({ act }) => act),
        ['granted', 'revoked'],
      );
      assert.throws(() => grants.revoke('grant_none'), /no leave "grant_none"/);
    }));

  it('[A6] a clock that goes back brings no leave back, and leave of the future is none', () =>
    withGrants(({ grants, store }) => {
      let now = NOW;
      const clock = Object.assign(Object.create(new VirtualClock(NOW)) as VirtualClock, { now: () => now });
      const audit = new AuditLog({ ...store, clock, logger: silentLogger });
      const make = () =>
        new Grants({ mind: store.mind, clock, random: seededRandom(8), audit, endedAt: () => 0 });
      const own = make();
      own.give(asked(edit));
      now = NOW + 2 * DAY;
      assert.equal(own.live(FOLDER).length, 0);
      now = NOW + 1;
      assert.equal(own.live(FOLDER).length, 0, 'it was seen to be over');
      now = NOW - 1;
      assert.equal(make().live(FOLDER).length, 0, 'it is not given yet');
      now = NOW + 2 * DAY;
      own.give(asked({ ...edit, days: 30 }));
      now = NOW + 1;
      // After a restart the log still knows how late it was.
      assert.deepEqual(make().live(FOLDER), []);
      audit.dispose();
      assert.equal(grants.list().length, 2);
    }));

  it('[A6] leave from before a restore ends with it: what was revoked since does not come back', () =>
    withGrants(async ({ grants, store, clock }) => {
      const { id } = grants.give(asked(edit));
      clock.advance(10);
      const backup = await store.backup('manual');
      grants.revoke(id);
      clock.advance(10);
      await store.restore(backup.id);
      assert.deepEqual(grants.live(FOLDER), []);
      assert.equal(grants.list()[0]?.revokedAt, clock.now());
      clock.advance(10);
      assert.equal(grants.live(FOLDER).length, 0);
      grants.give(asked(edit));
      assert.equal(grants.live(FOLDER).length, 1);
    }));

  it('counts a use in the transaction of the run, and not if that fails', () =>
    withGrants(({ grants, store }) => {
      const { id } = grants.give(asked(edit));
      const use = (fails: boolean) => () =>
        store.mind.transact((tx) => {
          grants.used(tx, [id, id]);
          tx.emit({ type: 'wheel.changed', subject: 'run_1' });
          if (fails) throw new Error('it failed');
        });
      use(false)();
      assert.throws(use(true), /it failed/);
      assert.equal(grants.list()[0]?.uses, 1);
    }));

  it('leave goes with its folder', () =>
    withGrants(({ grants, store }) => {
      grants.give(asked(edit));
      grants.give(asked({ ...edit, workspace: `${FOLDER}s` }));
      store.mind.transact((tx) => {
        tx.run("DELETE FROM workspaces WHERE id = 'ws_1'");
        tx.emit({ type: 'workspace.forgotten', subject: 'ws_1' });
      });
      assert.deepEqual(
        grants.list().map(({ workspace }) => workspace),
        [`${FOLDER}s`],
      );
    }));

  for (const [words, given] of [
    [/always needs your click/, { ...edit, capability: 'network' }],
    [/changes nothing, because each run waits for your click/, { ...edit, silence: false }],
    [/names the program/, { ...lint, argv: null }],
    [/is about no program/, { ...edit, argv: ['npm', 'test'] }],
    [/paths: The path "\.\.\/x" has/, { ...edit, paths: ['src', '../x'] }],
    [/deny list/, { ...edit, paths: ['.git/hooks'] }],
    [/leave for everything/, { ...lint, argv: ['bash', 'x.sh'] }],
    [/what "npm" is to do/, { ...lint, argv: ['npm', 'run'] }],
    [/not known to Progeny/, { ...edit, workspace: '/elsewhere' }],
  ] as const)
    it(`cannot be given: ${words.source}`, () =>
      withGrants(({ grants }) => {
        assert.throws(() => grants.give(asked(given)), words);
        assert.deepEqual(grants.list(), []);
      }));
});

describe('agency/allowed commands', () => {
  const prefix = ['npm', 'run', 'lint'];

  it('[A6] whole arguments, and after them only plain names of things inside the folder', () => {
    for (const argv of [prefix, [...prefix, 'src/a.ts'], [...prefix, 'src', 'lib']])
      assert.equal(allowsArgv(prefix, argv), true, argv.join(' '));
    for (const argv of [
      ['npm', 'run'],
      ['npm', 'run', 'lint-all'],
      ['npm', 'run', 'Lint'],
      ['/tmp/npm', 'run', 'lint'],
      [...prefix, '--', '--fix'],
      [...prefix, '--script-shell=/tmp/x'],
      [...prefix, '-c', 'x'],
      [...prefix, ''],
      [...prefix, '../x'],
      [...prefix, 'a/../../x'],
      [...prefix, '/etc/passwd'],
      [...prefix, '~/x'],
      [...prefix, 'C:\\x'],
      [...prefix, 'SHELL=/tmp/x'],
      [...prefix, '@args.txt'],
      [...prefix, '+plugin'],
      [...prefix, 'https://x.example/p.tgz'],
      [...prefix, 'git+ssh://x'],
      [...prefix, 'a\nb'],
    ])
      assert.equal(allowsArgv(prefix, argv), false, JSON.stringify(argv));
    assert.equal(allowsArgv(['eslint', '--fix'], ['eslint', '--fix', 'src']), true);
    assert.equal(allowsArgv(['eslint', '--fix'], ['eslint', '--fix', '--rulesdir', 'x']), false);
  });

  it('what is allowed begins as leave was given, and adds no option', () => {
    const part = fc.oneof(fc.constantFrom('-x', '--y=z', '..', '/a', 'src', 'a=b'), fc.string());
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 5 }),
        fc.array(part, { maxLength: 8 }),
        (given, argv) => {
          if (!allowsArgv(given, argv)) return;
          assert.deepEqual(argv.slice(0, given.length), given);
          for (const each of argv.slice(given.length))
            assert.doesNotMatch(each, /^[-+@~/\\]|=|(?:^|[\\/])\.\.(?:[\\/]|$)/);
        },
      ),
      { numRuns: 2000, seed: 20260608 },
    );
  });

  it('leave for a program that runs anything is leave for everything, so it is not given', () => {
    for (const argv of [
      [''],
      ['sh', 'x'],
      ['/usr/bin/Bash.EXE', 'x'],
      ['env', 'A=b'],
      ['sudo', 'make'],
      ['node'],
      ['node', '-e'],
      ['python3.12'],
      ['npx'],
      ['npm', 'exec'],
      ['make'],
      ['git'],
      ['git', '-c'],
      ['xargs', 'rm'],
    ])
      assert.notEqual(wrongPrefix(argv), null, argv.join(' '));
    for (const argv of [
      ['eslint'],
      ['eslint', '--fix'],
      ['node', 'scripts/x.js'],
      ['npx', 'eslint'],
      ['npm', 'test'],
      ['npm', 'run', 'lint'],
      ['make', 'lint'],
      ['cargo', 'fmt'],
      ['./node_modules/.bin/biome', 'check'],
    ])
      assert.equal(wrongPrefix(argv), null, argv.join(' '));
  });
});
