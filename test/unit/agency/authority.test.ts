import assert from 'node:assert/strict';
import { CONTRACTS } from '../../../companion/agency/contracts.ts';
import { type Leave, mayUseNetwork, needOf } from '../../../companion/agency/index.ts';
import { type WheelStep, wheelTool } from '../../../companion/protocol/index.ts';
import { click, context, DAY, FOLDER, grant, NOW, STEPS, worldWith } from './sources.ts';

const agent = { by: 'agent', name: 'claude' } as const;
const mind = { by: 'mind', name: 'mind' } as const;
const [write, command] = [STEPS[0]!, STEPS[6]!];
const allLeave = () =>
  (['draft', 'edit', 'git', 'delete_branch'] as const).map((capability, i) =>
    grant({ id: `grant_${i}`, capability }),
  );
const lint = grant({ id: 'grant_lint', capability: 'command', argv: ['npm', 'run', 'lint'] });

function why(leave: Leave): string {
  assert.equal(leave.allowed, false, JSON.stringify(leave));
  return (leave as { why: string }).why;
}

describe('agency/contracts', () => {
  it('every tool of the contract has one, and a step of each here is what it says', () => {
    assert.deepEqual(Object.keys(CONTRACTS).sort(), [...wheelTool.options].sort());
    assert.deepEqual(STEPS.map(({ tool }) => tool).sort(), [...wheelTool.options].sort());
    for (const step of STEPS) assert.equal(needOf(step).capability, CONTRACTS[step.tool].capability);
  });
});

describe('agency/authority', () => {
  it('[A6] a click on exactly this preview allows each step, at any tier, in a trusted folder', () => {
    const { authority } = worldWith();
    for (const step of STEPS)
      for (const origin of [agent, mind, context().origin])
        assert.deepEqual(authority.mayStep(step, context({ click: click('d1'), origin })), {
          allowed: true,
          by: 'click',
        });
    assert.equal(authority.mayApply(['src/a.ts'], context({ click: click('d1') })).allowed, true);
    assert.equal(
      authority.mayVerify({ argv: ['npm', 'test'], folder: '' }, context({ click: click('d1') })).allowed,
      true,
    );
  });

  it('[A6] a click on another preview, on one byte less, or on none, allows nothing', () => {
    const { authority } = worldWith({ tier: 'T3', grants: [...allLeave(), lint] });
    for (const step of STEPS)
      for (const digest of ['d2', 'd', 'D1', 'd1 ', ''])
        assert.match(
          why(authority.mayStep(step, context({ click: click(digest) }))),
          /another now than the one that you said yes to/,
        );
    for (const digest of [null, ''])
      assert.equal(authority.mayStep(write, context({ digest, click: click('') })).allowed, false);
  });

  it('[A6] nothing but reading in an untrusted folder, and nothing for agents in a confidential one, whoever says yes', () => {
    const untrusted = worldWith({ tier: 'T3', trusted: false, grants: [...allLeave(), lint] }).authority;
    const secret = worldWith({ tier: 'T3', confidential: true, grants: [...allLeave(), lint] }).authority;
    for (const step of STEPS)
      for (const real of [true, false]) {
        const said = { click: click('d1'), real };
        assert.match(why(untrusted.mayStep(step, context(said))), /trusted/);
        assert.match(why(secret.mayStep(step, context({ ...said, origin: agent }))), /confidential/);
        assert.equal(secret.mayStep(step, context(said)).allowed, true);
      }
  });

  it('[A6] without a click a step says which tier it needs, and that a click would do', () => {
    const { authority, world } = worldWith();
    const leave = authority.mayStep(write, context());
    assert.deepEqual(leave, {
      allowed: false,
      why: 'It waits for your click: without one this needs trust at T2, and trust is at T0.',
      click: true,
      breach: false,
    });
    world.tier = 'T3';
    world.grants = allLeave();
    assert.match(why(authority.mayStep(write, context())), /waits for your yes/);
  });

  it('[A6] silence allows at T3 with leave for it, for what a person asked for, and for nobody else', () => {
    const { authority, world } = worldWith({ tier: 'T3', grants: [...allLeave(), lint] });
    const silent = context({ silence: true });
    for (const step of STEPS) {
      const leave = authority.mayStep(step, silent);
      assert.equal(leave.allowed && leave.by, 'silence', step.tool);
      for (const origin of [agent, mind])
        assert.match(why(authority.mayStep(step, { ...silent, origin })), /asked for yourself/);
    }
    assert.equal(authority.maySilence(STEPS.map(needOf), silent).ok, true);
    for (const tier of ['T0', 'T1', 'T2'] as const) {
      world.tier = tier;
      for (const step of STEPS) assert.match(why(authority.mayStep(step, silent)), /needs trust at T3/);
      assert.equal(authority.maySilence([needOf(write)], silent).ok, false);
    }
    world.tier = 'T3';
    world.grants = allLeave().map((each) => ({ ...each, silence: false }));
    assert.match(why(authority.mayStep(write, silent)), /did not grant silence/);
    assert.deepEqual(authority.maySilence([], silent).ok, false);
  });

  it('[A6] silence is never consent to the network, to pushing or to publishing', () => {
    const all = ['git', 'npm'].map((program, i) =>
      grant({ id: `g${i}`, capability: 'command', argv: [program, i === 0 ? 'push' : 'publish'] }),
    );
    const { authority } = worldWith({ tier: 'T3', grants: [...all, grant({ capability: 'network' })] });
    const where = context({ silence: true });
    for (const argv of [
      ['git', 'push'],
      ['npm', 'publish'],
    ]) {
      assert.match(why(authority.mayVerify({ argv, folder: '' }, where)), /publishes/);
      const said = { ...where, click: click('d1') };
      assert.equal(authority.mayVerify({ argv, folder: '' }, said).allowed, true, 'an explicit click does');
    }
    const network = { capability: 'network', paths: [], argv: null } as const;
    assert.match((authority.maySilence([network], where) as { why: string }).why, /always needs your click/);
  });

  it('[A6] revoking, expiry, a lost tier and a folder that is no longer trusted stop the next step', () => {
    const silent = context({ silence: true });
    const begun = () => {
      const made = worldWith({ tier: 'T3', grants: allLeave() });
      assert.equal(made.authority.mayStep(write, silent).allowed, true);
      return made;
    };
    const revoked = begun();
    revoked.world.grants[1] = { ...revoked.world.grants[1]!, revokedAt: NOW };
    assert.equal(revoked.authority.mayStep(write, silent).allowed, false);
    const late = begun();
    late.world.now = NOW + DAY;
    assert.equal(late.authority.mayStep(write, silent).allowed, false);
    const early = begun();
    early.world.now = NOW - 2 * DAY;
    assert.equal(early.authority.mayStep(write, silent).allowed, false, 'a clock before the leave was given');
    const lower = begun();
    lower.world.tier = 'T2';
    assert.equal(lower.authority.mayStep(write, silent).allowed, false);
    const closed = begun();
    closed.world.trusted = false;
    assert.equal(closed.authority.mayStep(write, silent).allowed, false);
  });

  it('[A6] leave counts in its own folder, below its own paths, letter by letter', () => {
    const silent = context({ silence: true });
    for (const [given, allowed] of [
      [grant({ workspace: FOLDER }), true],
      [grant({ workspace: `${FOLDER}s` }), false],
      [grant({ workspace: '/home/ana' }), false],
      [grant({ workspace: `${FOLDER}/src` }), false],
      [grant({ paths: ['src'] }), true],
      [grant({ paths: ['src/a.ts'] }), true],
      [grant({ paths: ['sr'] }), false],
      [grant({ paths: ['src/a'] }), false],
      [grant({ paths: ['SRC'] }), false],
      [grant({ paths: ['docs', 'src'] }), true],
    ] as const) {
      const { authority } = worldWith({ tier: 'T3', grants: [given] });
      assert.equal(authority.mayStep(write, silent).allowed, allowed, JSON.stringify(given));
      assert.equal(authority.mayApply(['src/a.ts'], silent).allowed, allowed);
      assert.equal(
        authority.mayApply(['src/a.ts', 'lib/b.ts'], silent).allowed,
        allowed && given.paths.length === 0,
      );
    }
  });

  it('[A6] a yes to some files of a preview is none to the others', () => {
    const { authority } = worldWith({ tier: 'T3', grants: allLeave() });
    const some = context({ click: click('d1', ['a.ts', 'b.ts']), silence: true });
    assert.equal(authority.mayApply(['a.ts'], some).allowed, true);
    assert.match(why(authority.mayApply(['a.ts', 'c.ts'], some)), /other files/);
  });

  it('a run changes no more files than the setting allows', () => {
    const { authority } = worldWith();
    const many = Array.from({ length: 101 }, (_, i) => `f${i}`);
    assert.match(why(authority.mayApply(many, context({ click: click('d1') }))), /101 files.*allows 100/);
  });
});

describe('agency/authority, on the copy', () => {
  const rehearsed = context({ real: false, digest: null });

  it('anybody’s plan may change the copy; a person’s may run programs on it', () => {
    const { authority } = worldWith();
    for (const step of STEPS) assert.equal(authority.mayStep(step, rehearsed).allowed, true, step.tool);
    for (const origin of [agent, mind])
      for (const step of STEPS)
        assert.equal(authority.mayStep(step, { ...rehearsed, origin }).allowed, step.tool !== 'command');
  });

  it('[A6] an agent’s or a model’s command runs on the copy at T2 with leave for it, while the copy is as the folder is', () => {
    const { authority, world } = worldWith({ tier: 'T2', grants: [lint] });
    for (const origin of [agent, mind]) {
      const asked = { ...rehearsed, origin, changed: false };
      assert.deepEqual(authority.mayStep(command, asked), {
        allowed: true,
        by: 'grant',
        grant: 'grant_lint',
      });
      // What the plan wrote may be what `npm run lint` runs.
      assert.match(why(authority.mayStep(command, { ...asked, changed: true })), /may run what was written/);
      assert.match(why(authority.mayStep(command, { ...rehearsed, origin })), /may run what was written/);
      world.tier = 'T1';
      assert.match(why(authority.mayStep(command, asked)), /needs trust at T2/);
      world.tier = 'T2';
      world.grants = [];
      assert.match(why(authority.mayStep(command, asked)), /no leave for this command/);
      world.grants = [lint];
    }
  });

  it('[A6] a first click, on the commands alone, lets them be rehearsed', () => {
    const { authority } = worldWith();
    const asked = { ...rehearsed, origin: agent };
    assert.equal(
      authority.mayStep(command, { ...asked, digest: 'commands', click: click('commands') }).allowed,
      true,
    );
    assert.equal(
      authority.mayStep(command, { ...asked, digest: 'commands', click: click('other') }).allowed,
      false,
    );
  });

  it('what publishes is not rehearsed without a click, a person’s plan or not', () => {
    const { authority } = worldWith({ tier: 'T3' });
    const push = { ...command, argv: ['git', 'push'] } as typeof command;
    assert.match(why(authority.mayStep(push, rehearsed)), /not even rehearsed/);
  });

  it('the network is reached only with leave for it, by what a person asked for or said yes to', () => {
    const program = { argv: ['npm', 'run', 'lint'], folder: '' };
    const none = worldWith({ tier: 'T3' }).sources;
    const some = worldWith({ grants: [grant({ capability: 'network', silence: false })] }).sources;
    const other = worldWith({
      grants: [grant({ capability: 'network', argv: ['npm', 'run', 'test'] })],
    }).sources;
    const said = context({ click: click('d1') });
    assert.deepEqual(
      [none, some, other].map((sources) => mayUseNetwork(sources, program, said)),
      [false, true, false],
    );
    assert.equal(mayUseNetwork(some, program, rehearsed), true);
    assert.equal(mayUseNetwork(some, program, { ...rehearsed, origin: agent }), false);
    assert.equal(mayUseNetwork(some, program, context({ silence: true })), false);
  });
});

describe('agency/authority, outside of any contract', () => {
  const { authority } = worldWith({ tier: 'T3', grants: [...allLeave(), lint] });
  const said = context({ click: click('d1') });

  for (const path of [
    '../a',
    'a/../../b',
    '/etc/passwd',
    'C:/x',
    'C:x',
    '\\\\server\\share',
    'a//b',
    './a',
    '.git/hooks/pre-commit',
    '.GIT/config',
    '.git./config',
    '.git /config',
    '.g\u200bit/config',
    '\u202e.git/config',
    '.git::$INDEX_ALLOCATION/config',
    'git~1/config',
    '.ｇｉｔ/config',
    '.env',
    'app/.env.local',
    'keys/id_rsa',
    'a\0b',
    'a\nb',
    '',
  ])
    it(`[A6] ${JSON.stringify(path)} is refused as a breach, whoever says yes`, () => {
      for (const real of [true, false]) {
        for (const step of [
          { tool: 'write', path, text: '' },
          { tool: 'move', from: 'a', to: path },
          { tool: 'command', argv: ['x'], folder: path === '' ? '..' : path, purpose: '' },
        ] satisfies WheelStep[]) {
          const leave = authority.mayStep(step, { ...said, real });
          assert.equal(leave.allowed, false);
          assert.equal(!leave.allowed && leave.breach, true);
        }
        assert.equal(authority.mayApply([path], { ...said, real }).allowed, false);
      }
    });

  it('[A6] paths that a patch names, quoted and renamed ones too; lines of a hunk are no headers', () => {
    const refused = [
      '--- a/x\n+++ b/.git/hooks/post-checkout\n@@ -1 +1 @@\n-a\n+b\n',
      '--- /dev/null\n+++ "b/\\056env"\n@@ -0,0 +1 @@\n+b\n',
      'diff --git a/x b/y\nrename from x\nrename to ../y\n',
      'diff --git "a/\\056env" "b/\\056env"\nold mode 100644\nnew mode 100755\n',
    ];
    for (const diff of refused) {
      const leave = authority.mayStep({ tool: 'patch', diff }, said);
      assert.equal(!leave.allowed && leave.breach, true, diff);
    }
    const fine = '--- a/doc.md\n+++ b/doc.md\n@@ -1,2 +1,2 @@\n--- a/.env\n+++ b/.env\n ok\n';
    assert.equal(authority.mayStep({ tool: 'patch', diff: fine }, said).allowed, true);
  });

  it('[A6] names of branches that git would read as something else', () => {
    for (const name of [
      '--upload-pack=x',
      '-f',
      'a..b',
      'HEAD',
      'refs/heads/x',
      'a b',
      'x.lock',
      'a/.b',
      '@{u}',
      'a~1',
    ]) {
      const leave = authority.mayStep({ tool: 'branch', name }, said);
      assert.equal(!leave.allowed && leave.breach, true, name);
    }
    assert.equal(authority.mayStep({ tool: 'branch', name: 'fix/ünïcode-1.2' }, said).allowed, true);
  });

  it('[A6] commands that nobody may run', () => {
    for (const argv of [['sh', '-c', 'x'], ['npm', 'a\0b'], ['']]) {
      const leave = authority.mayVerify({ argv, folder: '' }, said);
      assert.equal(!leave.allowed && leave.breach, true, argv.join(' '));
    }
  });
});
