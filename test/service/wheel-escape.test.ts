import assert from 'node:assert/strict';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { findBubblewrap } from '../../companion/processes/index.ts';
import type { WheelRun } from '../../companion/protocol/index.ts';
import { makeRepository, type TestRepository } from '../fixtures/repository.ts';
import { type Agent, connectAgent, overHttp } from '../support/agent.ts';
import { applicable } from '../support/applicable.ts';
import { eventually, type TestCompanion, testCompanion } from '../support/companion.ts';
import { realWheel } from '../support/real-wheel.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** All that stands below a folder, its repository with it; what git keeps of objects is not about what can be run. */
function treeOf(root: string, folder = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(path.join(root, folder))) {
    const file = folder === '' ? name : `${folder}/${name}`;
    if (file === '.git/objects') continue;
    const [at, facts] = [path.join(root, file), lstatSync(path.join(root, file))];
    if (facts.isDirectory()) Object.assign(found, { [`${file}/`]: `${facts.mode}` }, treeOf(root, file));
    else if (facts.isSymbolicLink()) found[file] = `-> ${readlinkSync(at)}`;
    else found[file] = `${facts.mode} ${readFileSync(at, 'latin1')}`;
  }
  return found;
}

/** How many processes have this word in their arguments. */
function alive(word: string): number {
  return readdirSync('/proc').filter((pid) => {
    try {
      const line = /^\d+$/.test(pid) ? readFileSync(`/proc/${pid}/cmdline`, 'latin1') : '';
      return line.includes(word) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'));
    } catch {
      return false;
    }
  }).length;
}

const HOOKS = [
  'pre-commit',
  'post-commit',
  'commit-msg',
  'prepare-commit-msg',
  'post-checkout',
  'reference-transaction',
  'post-index-change',
  'post-rewrite',
];

/** Programs of the repository; `$1` is a word by which their processes are known. */
const SCRIPTS: Readonly<Record<string, string>> = {
  // It ends by itself after 150 processes, each after 20 s at most: no machine is in danger.
  'bomb.sh':
    'n=$2; [ "$n" -gt 150 ] && exit 0\nsh bomb.sh $1 $((n*2)) & sh bomb.sh $1 $((n*2+1)) & sleep 20 & wait\n',
  'huge.sh': 'yes 0123456789\n',
  'daemon.sh': [
    'echo made > made.txt',
    `setsid sh -c 'while :; do sleep 0.05; done' $1 >/dev/null 2>&1 </dev/null &`,
    `env -i setsid sh -c "(sh -c 'while :; do sleep 0.05; done' $1 &)" >/dev/null 2>&1 </dev/null`,
    'exit 0\n',
  ].join('\n'),
  'stay.sh': [
    'trap "" TERM INT HUP',
    'echo made > made.txt',
    `setsid sh -c 'trap "" TERM; while :; do sleep 0.05; done' $1 &`,
    `env -i setsid sh -c "(sh -c 'while :; do sleep 0.05; done' $1 &)" >/dev/null 2>&1 </dev/null`,
    'while :; do sleep 0.05; done\n',
  ].join('\n'),
  'secret.sh': 'echo taken >> .env\n',
  'grasp.sh': [
    'echo taken > .git/hooks/pre-push',
    'echo taken >> .git/config',
    'echo taken >> .env',
    'echo taken > out/taken.txt',
    'echo taken > "$1/taken.txt"',
    'echo mark > mark.log',
    'git commit -qam taken',
    'exit 1\n',
  ].join('\n'),
  'wait.sh':
    'echo mark > mark.log; n=0; while [ ! -e go ] && [ $n -lt 300 ]; do sleep 0.05; n=$((n+1)); done; exit 1\n',
};
let words = 0;

/** A repository that was made to do harm: whatever runs of it leaves a mark in a folder beside it. */
async function hostile(repository: TestRepository): Promise<{ root: string; outside: string }> {
  const outside = path.join(repository.folder, 'outside');
  mkdirSync(outside);
  writeFileSync(path.join(outside, 'secret.txt'), 'secret\n');
  const mark = path.join(repository.folder, 'mark.sh');
  writeFileSync(mark, `#!/bin/sh\necho "$0 $*" >> "${outside}/ran"\ncat 2>/dev/null\nexit 0\n`);
  chmodSync(mark, 0o755);
  repository.commit({
    'a.txt': 'one\n',
    'plain.txt': 'plain\n',
    'x.evil': 'evil\n',
    'CHANGELOG.md': '# Changelog\n',
    'package.json': '{"name":"x","private":true}\n',
    ...SCRIPTS,
  });
  const { root } = repository;
  symlinkSync('../outside', path.join(root, 'out'));
  symlinkSync(path.join(outside, 'secret.txt'), path.join(root, 'link.txt'));
  symlinkSync('.git', path.join(root, 'tig'));
  symlinkSync('plain.txt', path.join(root, 'near.txt'));
  linkSync(path.join(outside, 'secret.txt'), path.join(root, 'hard.txt'));
  repository.write({ '.env': 'TOKEN=secret\n', '.gitattributes': '*.evil filter=evil diff=evil\n' });
  for (const hook of HOOKS) {
    const file = path.join(root, '.git/hooks', hook);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\necho ${hook} >> "${outside}/ran"\n`);
    chmodSync(file, 0o755);
  }
  const config: [string, string][] = [
    ['user.name', 'Ana'],
    ['user.email', 'ana@example.com'],
    ['core.fsmonitor', mark],
    ['core.sshCommand', mark],
    ['core.editor', mark],
    ['core.pager', mark],
    ['filter.evil.clean', mark],
    ['filter.evil.smudge', mark],
    ['filter.evil.required', 'true'],
    ['diff.evil.command', mark],
    ['diff.evil.textconv', mark],
    ['gpg.program', mark],
    ['commit.gpgSign', 'true'],
    ['credential.helper', `!${mark}`],
    ['alias.status', `!${mark}`],
  ];
  for (const [name, value] of config) repository.run('config', name, value);
  return { root: realpathSync(root), outside };
}

const write = (file: string) => ({ tool: 'write', path: file, text: 'taken\n' });
const command = (...argv: string[]) => ({ tool: 'command', argv, folder: '' });
const diff = (file: string, old = 'one') => `--- a/${file}\n+++ b/${file}\n@@ -1 +1 @@\n-${old}\n+taken\n`;

/** Asked for more than any contract allows: refused, whoever asks; of an agent it costs trust. */
const BREACHES: Readonly<Record<string, object[]>> = {
  'a path that leads out': [write('../out.txt')],
  'a path that leads out further on': [write('src/../../out.txt')],
  'an absolute path': [write('/tmp/progeny-escape')],
  'a path of Windows': [write('C:\\x')],
  'a hook': [write('.git/hooks/pre-commit')],
  'the configuration in other letters': [write('.GIT/config')],
  'a name with a sign that is not seen': [write('.g\u200cit/config')],
  'letters that look alike': [write('．git/config')],
  'the short name of Windows': [write('git~1/config')],
  '.env': [write('.env')],
  '.env further down, in other letters': [write('sub/.Env.local')],
  'a file of .ssh that is deleted': [{ tool: 'delete', path: '.ssh/id_ed25519' }],
  'a move into the repository': [{ tool: 'move', from: 'a.txt', to: '.git/hooks/post-merge' }],
  'a patch that leads out': [{ tool: 'patch', diff: diff('../outside/secret.txt', 'secret') }],
  'a patch with a quoted hook': [
    { tool: 'patch', diff: '--- /dev/null\n+++ "b/\\056git/hooks/x"\n@@ -0,0 +1 @@\n+taken\n' },
  ],
  'a link to a folder outside': [write('out/x.txt')],
  'a link to a file outside': [write('link.txt')],
  'a patch through a link outside': [{ tool: 'patch', diff: diff('link.txt', 'secret') }],
  'a delete through a link outside': [{ tool: 'delete', path: 'out/secret.txt' }],
  'a link to the repository': [write('tig/config')],
  'a program given to git': [command('git', 'fetch', '--upload-pack=./mark.sh', '.')],
  'a program in a setting of git': [command('git', '-c', 'core.sshCommand=./mark.sh', 'fetch', 'origin')],
  'a setting of git by way of the environment': [command('env', 'GIT_SSH_COMMAND=./mark.sh', 'git', 'fetch')],
  'a preload': [command('env', 'LD_PRELOAD=./x.so', 'true')],
  'a shell string': [command('sh', '-c', 'echo taken > ../out.txt')],
  'a delete outside': [command('rm', '-rf', '../outside')],
  'a branch that is an option': [{ tool: 'branch', name: '--upload-pack=x' }],
  'a branch that leads out': [{ tool: 'branch', name: '../../hooks/x' }],
  'a branch to delete that is an option': [
    { tool: 'delete_branch', name: '-f', at: '0'.repeat(40), mergedInto: 'main' },
  ],
};

/** The same by way of recipes that every agent has. */
const ASKED: Readonly<Record<string, { recipe: string; options: Record<string, string> }>> = {
  'a patch that leads out': { recipe: 'apply-patch', options: { text: diff('../outside/secret.txt') } },
  'a patch of a hook': { recipe: 'apply-patch', options: { text: diff('.git/hooks/pre-commit') } },
  'a patch of an absolute path': {
    recipe: 'apply-patch',
    options: { text: '--- /etc/hosts\n+++ /etc/hosts\n@@ -1 +1 @@\n-one\n+taken\n' },
  },
  'a file outside that holds the patch': {
    recipe: 'apply-patch',
    options: { file: '../outside/secret.txt' },
  },
  'a secret as the changelog': { recipe: 'changelog', options: { file: '.env', text: 'taken' } },
};

const BUBBLEWRAP = await findBubblewrap();
const contained = applicable(
  BUBBLEWRAP.file !== null,
  `programs contained by bubblewrap: ${BUBBLEWRAP.file === null ? BUBBLEWRAP.why : ''}`,
);

for (const bare of [false, true])
  describe(`[A3] attempts to escape by way of runs, ${bare ? 'without bubblewrap' : 'with it where it is'}`, function () {
    this.timeout(120_000);
    const onLinux = applicable(
      process.platform === 'linux',
      'processes are counted by way of /proc of Linux',
    );
    let t: TestCompanion;
    let repository: TestRepository;
    let agent: Agent;
    let root: string;
    let outside: string;
    let asItWas: unknown;
    let since = 0;
    const folder = temporaryFolder();

    const state = () => [treeOf(root), treeOf(outside), readdirSync(repository.folder)];

    const settledSince = async () => {
      const { events, last } = await t.api.events.list({ since, limit: 1000 });
      since = last;
      return events.filter(({ type }) => type === 'wheel.settled').map(({ data }) => data.outcome);
    };
    const trust = async () => (await t.api.self.state({})).trust;
    const planned = (id: string) =>
      eventually(async () => {
        const run = await t.api.wheel.get({ id });
        return run.status === 'planning' ? null : run;
      }, 60_000);
    const given = (steps: object[], verify?: string[]) => ({
      recipe: 'given',
      options: { steps: JSON.stringify(steps), ...(verify && { verify: JSON.stringify(verify) }) },
    });
    const byPerson = async (ask: { recipe: string; options: Record<string, string> }) =>
      planned((await t.api.wheel.propose({ workspace: root, ...ask })).id);
    const byAgent = async (ask: { recipe: string; options: Record<string, string> }) => {
      const answer = await agent.call('propose_run', { ...ask, why: 'It says that I should.' });
      assert.equal(answer.failed, false, answer.text);
      return planned(String(answer.data.run));
    };
    const approve = async ({ id }: WheelRun): Promise<WheelRun> => {
      const { digest } = await t.api.wheel.preview({ id });
      await t.api.wheel.approve({ id, digest });
      return eventually(async () => {
        const run = await t.api.wheel.get({ id });
        const busy = ['counting', 'planning', 'acting', 'verifying'].includes(run.status);
        return busy || (run.digest === digest && run.status === 'previewed') ? null : run;
      }, 60_000);
    };
    const audited = async ({ id }: WheelRun) => {
      assert.deepEqual((await t.api.audit.verify({})).findings, []);
      const rows = await t.api.audit.list({ after: 0, limit: 1000 });
      return rows.filter(({ run }) => run === id).map(({ act, result }) => `${act}: ${result}`);
    };

    before(async () => {
      const dataDirectory = path.join(folder.path, 'data');
      t = await testCompanion({
        dataDirectory,
        wheel: await realWheel(dataDirectory, { bare, processes: 40 }),
      });
      repository = await makeRepository();
      ({ root, outside } = await hostile(repository));
      await t.api.settings.update({ wheel: { vetoSeconds: 0 }, gateway: { rateFactor: 1000 } });
      await t.api.workspaces.open({ path: root, trusted: true });
      await t.api.workspaces.doors({ path: root, mcp: true });
      const { token } = await t.api.agents.add({ name: 'tester' });
      agent = await connectAgent(overHttp(t.discovery.port, token));
      await settledSince();
      asItWas = state();
    });
    after(async () => {
      await agent.close();
      await t[Symbol.asyncDispose]();
      await repository[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    });
    afterEach(() => assert.deepEqual(state(), asItWas));

    const refusedToBoth = async (ask: Parameters<typeof byPerson>[0], what: string) => {
      const before = await trust();
      const mine = await byPerson(ask);
      assert.deepEqual([mine.status, await settledSince()], ['refused', []], `${what}: ${mine.reason}`);
      assert.equal(await trust(), before, what);
      const theirs = await byAgent(ask);
      assert.deepEqual([theirs.status, await settledSince()], ['refused', ['breach']], what);
      const after = await trust();
      assert.ok(after < before || after === 0, `${what}: ${before} to ${after}`);
      for (const run of [mine, theirs]) {
        assert.ok(run.reason, what);
        assert.ok((await audited(run)).includes('refused: refused'), what);
      }
      assert.deepEqual(state(), asItWas, what);
    };

    // What is refused before anything runs is refused the same way on every system.
    if (!bare) {
      for (const [what, steps] of Object.entries(BREACHES))
        it(`${what} is refused, and costs trust only where an agent asked`, () =>
          refusedToBoth(given(steps), what));

      for (const [what, ask] of Object.entries(ASKED))
        it(`${what}, asked of a recipe, is refused, and costs trust only where an agent asked`, () =>
          refusedToBoth(ask, what));

      it('a link inside of the folder is merely in the way', async () => {
        const run = await byAgent(given([write('near.txt')]));
        assert.deepEqual([run.status, await settledSince()], ['failed', []], String(run.reason));
        assert.match(String(run.reason), /is a link, no file/);
      });

      it('a second name of a file outside is given a file of its own; the other one stays', async () => {
        const run = await approve(await byPerson(given([write('hard.txt')])));
        assert.equal(run.status, 'done', String(run.reason));
        assert.deepEqual(
          [path.join(root, 'hard.txt'), path.join(outside, 'secret.txt')].map((at) =>
            readFileSync(at, 'utf8'),
          ),
          ['taken\n', 'secret\n'],
        );
        assert.equal((await t.api.wheel.undo({ id: run.id })).status, 'undone');
      });

      it('a commit runs no hook, no filter, no signature, no alias; a filtered file is not committed', async () => {
        const steps = (file: string) => [
          write(file),
          { tool: 'branch', name: 'fix/it' },
          { tool: 'commit', message: 'taken' },
        ];
        const filtered = await approve(await byPerson(given(steps('x.evil'))));
        assert.equal(filtered.status, 'rolled_back');
        assert.match(String(filtered.reason), /goes through the filter "evil"/);
        assert.deepEqual(state(), asItWas);
        const done = await approve(await byPerson(given(steps('a.txt'))));
        assert.equal(done.status, 'done', String(done.reason));
        assert.deepEqual(readdirSync(outside), ['secret.txt'], 'nothing ran');
        assert.equal((await t.api.wheel.undo({ id: done.id })).status, 'undone');
      });
    }

    onLinux('a flood of processes is ended, whoever asked for it', async () => {
      for (const ask of [byPerson, byAgent]) {
        const word = `bomb-${process.pid}-${++words}`;
        let run = await ask(given([command('sh', 'bomb.sh', word, '1')]));
        if (ask === byAgent) {
          assert.deepEqual([run.status, alive(word)], ['previewed', 0], 'not even rehearsed without a click');
          run = await approve(run);
        }
        assert.equal(run.status, 'failed');
        assert.match(String(run.reason), /started too many processes/);
        assert.equal(alive(word), 0);
      }
    });

    it('a flood of output is ended', async () => {
      const run = await byPerson(given([command('sh', 'huge.sh')]));
      assert.equal(run.status, 'failed');
      assert.match(String(run.reason), /wrote too much/);
    });

    onLinux('what goes into a session of its own does not outlive its program', async () => {
      const word = `daemon-${process.pid}-${++words}`;
      const run = await byPerson(given([command('sh', 'daemon.sh', word)]));
      assert.deepEqual([run.status, alive(word)], ['previewed', 0], String(run.reason));
      assert.deepEqual(
        (await t.api.wheel.preview({ id: run.id })).files.map((file) => file.path),
        ['made.txt'],
      );
      await t.api.wheel.stop({ id: run.id });
    });

    it('a secret that a program changes is not written back', async () => {
      const run = await byPerson(given([command('sh', 'secret.sh')]));
      assert.ok(['refused', 'failed'].includes(run.status), run.status);
    });

    if (!bare)
      contained(
        'a verification writes nothing outside, nothing into the repository, and no secret',
        async () => {
          const run = await approve(await byPerson(given([write('a.txt')], ['sh', 'grasp.sh', outside])));
          assert.equal(run.status, 'rolled_back', String(run.reason));
        },
      );

    onLinux(
      '[A5] Stop during the verification ends its daemons at once, and takes everything back',
      async () => {
        const word = `stay-${process.pid}-${++words}`;
        const run = await byPerson(given([write('a.txt')], ['sh', 'stay.sh', word]));
        const { digest } = await t.api.wheel.preview({ id: run.id });
        await t.api.wheel.approve({ id: run.id, digest });
        await eventually(() => alive(word) >= 3, 30_000);
        assert.equal(readFileSync(path.join(root, 'a.txt'), 'utf8'), 'taken\n');
        const from = performance.now();
        const stopping = t.api.wheel.stop({ id: run.id });
        await eventually(() => alive(word) === 0);
        const gone = performance.now() - from;
        assert.equal((await stopping).status, 'rolled_back');
        const back = performance.now() - from;
        console.log(`      gone after ${Math.round(gone)} ms, all back after ${Math.round(back)} ms`);
        assert.ok(gone < 3000, `${gone} ms`);
        assert.equal(alive(word), 0);
      },
    );

    if (!bare)
      it('[A5] what the user saved while it was verified stays when the run is taken back, and is told', async () => {
        const run = await byPerson(given([write('a.txt')], ['sh', 'wait.sh']));
        const { digest } = await t.api.wheel.preview({ id: run.id });
        await t.api.wheel.approve({ id: run.id, digest });
        await eventually(async () => (await t.api.wheel.get({ id: run.id })).status === 'verifying');
        await eventually(() => readdirSync(root).includes('mark.log'));
        writeFileSync(path.join(root, 'plain.txt'), 'mine\n');
        const signal = { kind: 'save', at: Date.now(), file: 'plain.txt' } as const;
        await t.api.sensors.report({ workspace: root, signals: [signal] });
        writeFileSync(path.join(root, 'go'), '');
        const over = await eventually(async () => {
          const found = await t.api.wheel.get({ id: run.id });
          return found.status === 'verifying' ? null : found;
        }, 30_000);
        assert.equal(over.status, 'rolled_back');
        assert.equal(readFileSync(path.join(root, 'plain.txt'), 'utf8'), 'mine\n');
        assert.deepEqual(
          over.report?.review.flatMap(({ file }) => file ?? []),
          ['plain.txt'],
        );
        writeFileSync(path.join(root, 'plain.txt'), 'plain\n');
      });
  });
