import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import type { ProgramRunner } from '../../../companion/processes/index.ts';
import { applicable } from '../../support/applicable.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { BARE, BUBBLEWRAP, never, programs } from './programs.ts';

const LINUX = process.platform === 'linux';
/** Said where bubblewrap is missing: a machine of CI may have none. */
const whyNot = `programs contained by bubblewrap: ${BUBBLEWRAP.file === null ? BUBBLEWRAP.why : ''}`;
const POSIX = process.platform !== 'win32';
/** How many processes carry this word in their arguments: a word that no test but one uses. */
function alive(word: string): number {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
      return line.includes(word) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'));
    } catch {
      return false;
    }
  }).length;
}
let words = 0;
const word = (): string => `progeny-${process.pid}-${++words}`;

for (const contained of [true, false])
  describe(`processes: attempts to get out, ${contained ? 'contained by bubblewrap' : 'not contained'}`, function () {
    this.timeout(60_000);
    let folder: ReturnType<typeof temporaryFolder>;
    let root: string;
    let runner: ProgramRunner;
    const can = POSIX && (!contained || BUBBLEWRAP.file !== null);
    const it = applicable(can, contained ? whyNot : 'attempts that are programs of POSIX systems');
    const onLinux = applicable(can && LINUX, can ? 'processes are counted by way of /proc of Linux' : whyNot);
    before(async () => {
      runner = await programs(contained ? {} : { look: BARE });
    });
    beforeEach(() => {
      folder = temporaryFolder();
      root = folder.path;
    });
    afterEach(() => folder[Symbol.dispose]());
    const run = (argv: readonly string[], signal = never(), more: { network?: boolean } = {}) =>
      runner.run({ argv, folder: '' }, { root, network: false, signal, ...more });
    /** Starts it, waits until `count` of its processes are there, stops it, and tells how long that took. */
    const stopped = async (argv: readonly string[], name: string, count: number) => {
      const stop = new AbortController();
      const running = run(argv, stop.signal);
      for (let i = 0; i < 400 && alive(name) < count; i++)
        await new Promise((resolve) => setTimeout(resolve, 10));
      assert.ok(alive(name) >= count, `there were ${alive(name)} of ${count}`);
      const from = performance.now();
      stop.abort();
      const result = await running;
      assert.equal(result.ended, 'stopped');
      assert.equal(alive(name), 0, 'something lives on');
      return performance.now() - from;
    };

    it('[A3] huge output is cut off, and its end is kept', async () => {
      const small = await programs({
        ...(!contained && { look: BARE }),
        limits: () => ({ ms: 20_000, processes: 40, outputBytes: 3_000_000 }),
      });
      const result = await small.run(
        { argv: ['sh', '-c', 'yes 0123456789'], folder: '' },
        { root, network: false, signal: never() },
      );
      assert.equal(result.ended, 'output');
      assert.ok(Buffer.byteLength(result.output) <= 64 * 1024);
      assert.match(result.output, /0123456789\n/);
    });

    it('[A3] time is limited', async () => {
      const short = await programs({ ...(!contained && { look: BARE }), limits: () => ({ ms: 300 }) });
      const result = await short.run(
        { argv: ['sleep', '30'], folder: '' },
        { root, network: false, signal: never() },
      );
      assert.deepEqual([result.ended, result.code], ['timeout', null]);
      assert.ok(result.ms < 5000, `${result.ms} ms`);
    });

    it('[A3] the environment holds no token, no preload and nothing that steers a tool', async () => {
      const evil = {
        ...process.env,
        GITHUB_TOKEN: 'secret-1',
        NPM_TOKEN: 'secret-2',
        NODE_OPTIONS: '--require ./evil.js',
        LD_PRELOAD: './evil.so',
        GIT_SSH_COMMAND: 'evil',
        GIT_CONFIG_COUNT: '1',
        npm_config_script_shell: 'evil',
        BASH_ENV: './evil.sh',
        SSH_AUTH_SOCK: '/tmp/agent',
        PYTHONSTARTUP: 'evil.py',
        HTTPS_PROXY: 'http://evil',
        PROGENY_TOKEN: 'secret-3',
        PATH: `.:${root}/bin:relative:${process.env.PATH}`,
      };
      const careful = await programs({ ...(!contained && { look: BARE }), environment: evil });
      const { output, code } = await careful.run(
        { argv: ['env'], folder: '' },
        { root, network: false, signal: never() },
      );
      assert.equal(code, 0, output);
      assert.doesNotMatch(output, /secret|evil|SSH_AUTH_SOCK|relative|LD_|NODE_OPTIONS/);
      assert.match(output, /^CI=1$/m);
      const paths = /^PATH=(.*)$/m.exec(output)?.[1]?.split(':') ?? [];
      assert.ok(
        paths.length > 0 && paths.every((each) => path.isAbsolute(each) && !each.startsWith(root)),
        output,
      );
    });

    it('[A3] a name is never looked up in the workspace, nor through a link out of it', async () => {
      mkdirSync(path.join(root, 'bin'));
      for (const place of ['git', 'bin/ls']) {
        writeFileSync(path.join(root, place), '#!/bin/sh\necho mine\n');
        chmodSync(path.join(root, place), 0o755);
      }
      const careless = await programs({
        ...(!contained && { look: BARE }),
        environment: { ...process.env, PATH: `${root}:${root}/bin:.:${process.env.PATH}` },
      });
      const run = (argv: string[]) =>
        careless.run({ argv, folder: '' }, { root, network: false, signal: never() });
      assert.match((await run(['git', '--version'])).output, /^git version/);
      assert.doesNotMatch((await run(['ls'])).output, /mine/);
      assert.equal((await run(['./git'])).output, 'mine\n', 'named by its place it is started');
      assert.equal((await run(['bin/ls'])).output, 'mine\n');
      symlinkSync('/bin/sh', path.join(root, 'out'));
      for (const argv of [
        ['./out', '-c', 'echo x'],
        [''],
        [' '],
        ['-c'],
        ['a\0b'],
        ['ls', 'a\0b'],
        ['./none'],
        ['./bin'],
        ['nosuchprogram'],
      ]) {
        const result = await run(argv);
        assert.deepEqual([result.ended, result.code], ['not_started', null], JSON.stringify(argv));
        assert.match(result.output, /\w.*\.$/s, 'it says why');
      }
    });

    it('[A3] it starts below the workspace only', async () => {
      symlinkSync('/', path.join(root, 'up'));
      for (const place of ['..', '/', 'a/../..', 'up', 'up/etc', 'none', 'x\0y']) {
        const result = await runner.run(
          { argv: ['pwd'], folder: place },
          { root, network: false, signal: never() },
        );
        assert.equal(result.ended, 'not_started', place);
      }
    });

    it('a folder that is gone is told, and an end that came before the beginning', async () => {
      const gone = { root: path.join(root, 'gone'), network: false, signal: never() };
      const result = await runner.run({ argv: ['ls'], folder: '' }, gone);
      assert.deepEqual(
        [result.ended, result.output],
        ['not_started', `The folder "${gone.root}" is not there any more.`],
      );
      assert.equal((await run(['ls'], AbortSignal.abort())).ended, 'stopped');
      const argv = { argv: ['sh', '-c', 'kill -9 $$'], folder: '' };
      const killed = await runner.run(argv, { root, network: false, signal: never() });
      assert.deepEqual(
        [killed.ended, killed.code === 0],
        ['exit', false],
        'killed by somebody else is no success',
      );
    });

    it('[A3] arguments are arguments, whatever they look like', async () => {
      const odd = [
        '$(touch pwned)',
        '`touch pwned`',
        '; touch pwned',
        '&& touch pwned',
        '*',
        '"',
        "'",
        '--',
        '\n',
        'ü✓',
      ];
      const { output } = await run(['printf', '%s\\0', ...odd]);
      assert.deepEqual(output.split('\0').slice(0, -1), odd);
      assert.deepEqual(readdirSync(root), []);
    });

    it('what it writes comes in order, from both streams, also by way of /dev/stderr', async () => {
      const script = 'echo 1; echo 2 >&2; echo 3 > /dev/stdout; echo 4 > /dev/stderr; echo 5; cat; exit 6';
      const { output, code } = await run(['sh', '-c', script]);
      assert.deepEqual([output, code], ['1\n2\n3\n4\n5\n', 6]);
    });

    it('[A3] a fork bomb is ended', async () => {
      const name = word();
      // It ends by itself after 150 processes, each after 20 s at most: this machine is in no danger.
      writeFileSync(
        path.join(root, 'bomb.sh'),
        'n=$1; [ "$n" -gt 150 ] && exit 0\nsh bomb.sh $((n*2)) $2 & sh bomb.sh $((n*2+1)) $2 & sleep 20 & wait\n',
      );
      const result = await run(['sh', 'bomb.sh', '1', name]);
      assert.equal(result.ended, 'processes');
      assert.ok(result.killed >= 30, `${result.killed} were killed`);
      if (LINUX) assert.equal(alive(name), 0);
    });

    onLinux('[A3] Stop ends a program that ignores signals, with its children, within a second', async () => {
      const name = word();
      const script = `trap "" TERM INT HUP QUIT; sh -c 'trap "" TERM; while :; do sleep 0.05; done' ${name} & while :; do sleep 0.05; done`;
      assert.ok((await stopped(['sh', '-c', script, name], name, 2)) < 1000);
    });

    onLinux(
      '[A3] Stop ends what went into a session of its own, forked twice and threw its environment away',
      async () => {
        const name = word();
        const daemon = `while :; do sleep 0.05; done`;
        const script = [
          `setsid sh -c '${daemon}' ${name} &`,
          `(setsid sh -c '${daemon}' ${name} & )`,
          `env -i setsid sh -c "(sh -c '${daemon}' ${name} >/dev/null 2>&1 </dev/null &)" >/dev/null 2>&1 </dev/null`,
          'while :; do sleep 0.05; done',
        ].join('\n');
        assert.ok((await stopped(['sh', '-c', script], name, 4)) < 1000);
      },
    );

    onLinux('[A3] what outlives the program is killed with it, and counted', async () => {
      const name = word();
      const script = `env -i setsid sh -c "(sh -c 'while :; do sleep 0.05; done' ${name} &)" >/dev/null 2>&1 </dev/null; exit 3`;
      const result = await run(['sh', '-c', script]);
      assert.deepEqual([result.ended, result.code], ['exit', 3]);
      assert.equal(alive(name), 0);
      // Bubblewrap may have been faster.
      assert.ok(contained || result.killed >= 1);
    });

    onLinux(
      '[A3] when the companion is killed its programs end, at the latest at the next start',
      async () => {
        const name = word();
        const owner = `killed${process.pid}x${contained}`;
        const child = spawn(
          process.execPath,
          [path.join(import.meta.dirname, 'companion-to-kill.ts'), root, name, owner, String(contained)],
          {
            stdio: ['ignore', 'inherit', 'inherit'],
          },
        );
        for (let i = 0; i < 500 && alive(name) < 4; i++)
          await new Promise((resolve) => setTimeout(resolve, 10));
        // The companion itself, too, has the word in its arguments.
        assert.ok(alive(name) >= 4, `there were ${alive(name)}`);
        child.kill('SIGKILL');
        await new Promise((resolve) => child.once('exit', resolve));
        const next = await programs({ ...(!contained && { look: BARE }), owner });
        if (contained) {
          for (let i = 0; i < 200 && alive(name) > 0; i++)
            await new Promise((resolve) => setTimeout(resolve, 10));
          assert.equal(alive(name), 0, 'bubblewrap dies with its parent');
          assert.equal(await next.killLeftovers(), 0);
        } else {
          assert.ok(alive(name) > 0, 'nothing but the next start ends them');
          assert.equal(await (await programs({ look: BARE, owner: 'somebody-else' })).killLeftovers(), 0);
          assert.ok((await next.killLeftovers()) >= 2);
          assert.equal(alive(name), 0);
        }
      },
    );

    onLinux('[A3] two programs at a time are told apart', async () => {
      const [one, other] = [word(), word()];
      const stop = new AbortController();
      const script = 'sleep 0.4; echo came to its end';
      const long = run(['sh', '-c', script, other]);
      const short = run(['sh', '-c', 'while :; do sleep 0.05; done', one], stop.signal);
      for (let i = 0; i < 300 && alive(one) + alive(other) < 2; i++)
        await new Promise((resolve) => setTimeout(resolve, 10));
      stop.abort();
      assert.equal((await short).ended, 'stopped');
      assert.equal(await runner.killLeftovers(), 0, 'what runs is nothing left over');
      assert.deepEqual([(await long).code, (await long).output], [0, 'came to its end\n']);
    });
  });

describe('processes: what bubblewrap keeps from a program', function () {
  this.timeout(60_000);
  let folder: ReturnType<typeof temporaryFolder>;
  let root: string;
  let home: string;
  let data: string;
  let runner: ProgramRunner;
  const it = applicable(BUBBLEWRAP.file !== null, whyNot);
  beforeEach(async () => {
    folder = temporaryFolder();
    [root, home, data] = ['root', 'home', 'home/.local/share/progeny'].map((name) =>
      path.join(folder.path, name),
    ) as [string, string, string];
    for (const each of [root, data, path.join(home, '.ssh'), path.join(home, '.config/gh')])
      mkdirSync(each, { recursive: true });
    writeFileSync(path.join(home, '.ssh/id_ed25519'), 'private');
    writeFileSync(path.join(home, '.config/gh/hosts.yml'), 'private');
    writeFileSync(path.join(home, '.npmrc'), 'private');
    writeFileSync(path.join(home, 'plain.txt'), 'plain');
    writeFileSync(path.join(data, 'discovery.json'), 'private');
    runner = await programs({ secrets: [data], environment: { ...process.env, HOME: home } });
  });
  afterEach(() => folder[Symbol.dispose]());
  const sh = (
    script: string,
    more: { network?: boolean; instead?: { of: string; by: string }; folder?: string } = {},
  ) => {
    const { folder: at = '', network = false, instead } = more;
    return runner.run(
      { argv: ['sh', '-c', script], folder: at },
      { root: instead?.by ?? root, network, signal: never(), ...(instead && { instead }) },
    );
  };

  it('says that it contains', () => assert.match(runner.containment, /^contained by bubblewrap \d/));

  it('[A3] it writes inside of its folder and nowhere else', async () => {
    const outside = path.join(home, 'outside');
    const { output } = await sh(
      `echo in > in.txt; echo out > ${outside}; rm ${home}/plain.txt; echo x > /etc/progeny; touch /usr/bin/x; mv ${root} ${root}2; ln ${home}/plain.txt hard; ln -s ${home} soft; echo out > soft/x; echo ok > /tmp/mine; cat /tmp/mine`,
    );
    assert.match(output, /Read-only file system/);
    assert.match(output, /ok\n$/);
    assert.deepEqual(
      [
        existsSync(outside),
        existsSync(path.join(home, 'plain.txt')),
        existsSync(path.join(home, 'x')),
        existsSync('/etc/progeny'),
        existsSync('/tmp/mine'),
      ],
      [false, true, false, false, false],
    );
    assert.deepEqual(readdirSync(root).sort(), ['in.txt', 'soft'], 'no second name for what lies outside');
  });

  it('[A3] it sees no keys, no token of ours, no other program’s files', async () => {
    const { output } = await sh(
      `cat ${home}/plain.txt ${home}/.ssh/* ${home}/.config/gh/* ${home}/.npmrc ${data}/*; ls /tmp /run; ls -A ${home}/.ssh ${data}; echo end`,
    );
    assert.match(output, /plain/);
    assert.doesNotMatch(output, /private|docker|\.sock|dbus/);
  });

  it('[A3] hooks and programs that the repository configures run in the box, too', async () => {
    spawnSync('git', ['init', '-q', root]);
    const mark = path.join(home, 'escaped');
    const evil = path.join(root, 'evil.sh');
    writeFileSync(
      evil,
      `#!/bin/sh\necho ran >> ${root}/ran\necho out > ${mark}\ncat ${home}/.ssh/* >> ${root}/ran\ncat\n`,
    );
    chmodSync(evil, 0o755);
    for (const key of ['core.fsmonitor', 'filter.evil.clean', 'filter.evil.smudge', 'diff.evil.textconv'])
      spawnSync('git', ['-C', root, 'config', key, evil]);
    writeFileSync(path.join(root, '.gitattributes'), '* filter=evil diff=evil\n');
    writeFileSync(path.join(root, 'a.txt'), 'a');
    await sh('git status; git add a.txt; git diff --no-index /dev/null a.txt; echo end');
    assert.match(readFileSync(path.join(root, 'ran'), 'utf8'), /ran/, 'they did run');
    assert.equal(existsSync(mark), false);
    assert.doesNotMatch(readFileSync(path.join(root, 'ran'), 'utf8'), /private/);
  });

  it('[A3] it cannot write the repository: hooks, configuration, the folder itself', async () => {
    spawnSync('git', ['init', '-q', root]);
    mkdirSync(path.join(root, 'sub/.git/hooks'), { recursive: true });
    const was = readFileSync(path.join(root, '.git/config'), 'utf8');
    const { output } = await sh(
      'echo evil > .git/hooks/pre-commit; git config core.fsmonitor evil; echo evil >> .git/config; echo /evil > .git/commondir; mv .git .git2; rm -rf .git; echo evil > sub/.git/hooks/post-checkout; git status --short; echo end',
    );
    assert.match(output, /end\n$/);
    assert.equal(readFileSync(path.join(root, '.git/config'), 'utf8'), was);
    assert.deepEqual(
      [
        existsSync(path.join(root, '.git/hooks/pre-commit')),
        existsSync(path.join(root, '.git/commondir')),
        existsSync(path.join(root, '.git2')),
      ],
      [false, false, false],
    );
    assert.deepEqual(readdirSync(path.join(root, 'sub/.git/hooks')), []);
  });

  it('[A3] .env can be read but not changed; with a network it is not even seen', async () => {
    mkdirSync(path.join(root, 'app'));
    writeFileSync(path.join(root, 'app/.env'), 'KEY=private\n');
    const script = 'cat app/.env; echo NODE_OPTIONS=evil > app/.env; rm -f app/.env; mv app/.env x; echo end';
    assert.match((await sh(script)).output, /KEY=private/);
    assert.doesNotMatch((await sh(script, { network: true })).output, /private/);
    assert.equal(readFileSync(path.join(root, 'app/.env'), 'utf8'), 'KEY=private\n');
  });

  it('[A3] it has no network unless that was granted', async () => {
    const server = createServer((socket) => socket.end('reached\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const script = `bash -c 'cat < /dev/tcp/127.0.0.1/${port}'`;
    try {
      assert.match((await sh(script)).output, /refused|unreachable/);
      assert.match((await sh(script, { network: true })).output, /reached/);
    } finally {
      server.close();
    }
  });

  it('[A3] it sees no process but its own, and cannot make itself more than it is', async () => {
    const pattern = '/proc/sys/kernel/core_pattern';
    const was = readFileSync(pattern, 'utf8');
    const { output } = await sh(
      `kill -9 ${process.pid}; ls -d /proc/[0-9]* | wc -l; echo evil > ${pattern}; mount -o remount,rw /; unshare -Urm mount -o remount,rw / && echo remounted; umount ${home}/.ssh; unshare -Urm umount ${home}/.ssh && echo unmasked; cat ${home}/.ssh/*; grep CapEff /proc/self/status; echo end`,
    );
    assert.equal(readFileSync(pattern, 'utf8'), was);
    assert.doesNotMatch(output, /remounted|unmasked|private/);
    assert.match(output, /CapEff:\s+0000000000000000/);
    assert.ok(Number(/^\d+$/m.exec(output)?.[0]) < 12, output);
  });

  it('[A3] it holds no stream but its three', async () => {
    const { output } = await runner.run(
      { argv: ['ls', '-l', '/proc/self/fd'], folder: '' },
      { root, network: false, signal: never() },
    );
    const numbers = (text: string) => [...text.matchAll(/ (\d+) -> /g)].map((match) => Number(match[1]));
    // What this process was started with, and did not open, is not the runner's.
    const { stdout } = spawnSync('ls', ['-l', '/proc/self/fd'], { encoding: 'utf8' });
    assert.deepEqual(numbers(output), numbers(stdout));
  });

  it('a rehearsal stands in the place of the folder, with what it has no copy of', async () => {
    const copy = path.join(data, 'rehearsals/1');
    mkdirSync(path.join(root, 'node_modules/.bin'), { recursive: true });
    writeFileSync(path.join(root, 'node_modules/.bin/tool'), '#!/bin/sh\necho tool in $(pwd)\n');
    chmodSync(path.join(root, 'node_modules/.bin/tool'), 0o755);
    writeFileSync(path.join(root, 'a.txt'), 'real');
    mkdirSync(copy, { recursive: true });
    writeFileSync(path.join(copy, 'a.txt'), 'copy');
    symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
    const instead = { of: root, by: copy };
    const { output } = await sh(
      `pwd; cat ${root}/a.txt; echo; echo new > ${root}/a.txt; node_modules/.bin/tool; echo x > node_modules/x; ls ${data}`,
      { instead },
    );
    assert.match(output, new RegExp(`^${root}\ncopy\n`));
    assert.match(output, new RegExp(`tool in ${root}\n`));
    assert.deepEqual(
      [readFileSync(path.join(root, 'a.txt'), 'utf8'), readFileSync(path.join(copy, 'a.txt'), 'utf8')],
      ['real', 'new\n'],
    );
    assert.deepEqual(readdirSync(path.join(root, 'node_modules')), ['.bin'], 'what is shared is not written');
    const tool = await runner.run(
      { argv: ['node_modules/.bin/tool'], folder: '' },
      { root: copy, network: false, signal: never(), instead },
    );
    assert.equal(tool.output, `tool in ${root}\n`);
    assert.equal(
      readFileSync(path.join(copy, 'node_modules/.bin/tool'), 'utf8').slice(0, 9),
      '#!/bin/sh',
      'the link is back',
    );
  });

  it('[A3] a rehearsal sees the repository read-only, and leaves nothing of it in the copy', async () => {
    spawnSync('git', ['init', '-q', root]);
    writeFileSync(path.join(root, 'a.txt'), 'a');
    spawnSync('git', ['-C', root, 'add', 'a.txt']);
    const copy = path.join(data, 'copy');
    mkdirSync(copy);
    writeFileSync(path.join(copy, 'a.txt'), 'b');
    const { output } = await sh(
      'git ls-files; git diff --stat; git config core.fsmonitor evil; echo x > .git/hooks/x',
      {
        instead: { of: root, by: copy },
      },
    );
    assert.match(output, /^a\.txt\n a\.txt \| 2/);
    assert.doesNotMatch(readFileSync(path.join(root, '.git/config'), 'utf8'), /evil/);
    assert.equal(existsSync(path.join(root, '.git/hooks/x')), false);
    assert.deepEqual(readdirSync(copy), ['a.txt']);
  });

  it('[A3] a link that a program leaves in a rehearsal opens no hidden place to the next one', async () => {
    const copy = path.join(data, 'copy');
    mkdirSync(copy);
    mkdirSync(path.join(root, 'real'));
    writeFileSync(path.join(root, 'real/.env'), 'private');
    writeFileSync(path.join(root, '.env'), 'private');
    symlinkSync(path.join(home, '.ssh'), path.join(root, 'keys'));
    const instead = { of: root, by: copy };
    await sh(`ln -s ${root}/keys keys; ln -s ${root}/.env .env; ln -s ${root}/real real; ls -l`, { instead });
    assert.deepEqual(readdirSync(copy).sort(), ['.env', 'keys', 'real']);
    const { output } = await sh('cat keys/* .env real/.env; ls keys; echo end', { instead, network: true });
    assert.doesNotMatch(output, /private|id_ed25519/);
    assert.match(output, /end\n$/);
    assert.deepEqual(readdirSync(copy).sort(), ['.env', 'keys', 'real']);
  });

  it('a workspace that is the home folder itself shows its secrets no more than another', async () => {
    const at = { root: home, network: false, signal: never() };
    const argv = [
      'sh',
      '-c',
      'cat .ssh/* .npmrc .local/share/progeny/*; echo x > .ssh/new; echo x > ok; echo end',
    ];
    const { output } = await runner.run({ argv, folder: '' }, at);
    assert.doesNotMatch(output, /private/);
    assert.ok(existsSync(path.join(home, 'ok')) && !existsSync(path.join(home, '.ssh/new')));
    const copy = path.join(folder.path, 'copy');
    mkdirSync(copy);
    const again = await runner.run(
      { argv, folder: '' },
      { ...at, root: copy, instead: { of: home, by: copy } },
    );
    assert.doesNotMatch(again.output, /private/);
    assert.deepEqual(readdirSync(copy), ['ok'], 'nothing is made for what it has no copy of');
  });

  it('a program that it would not see is not started, and says why', async () => {
    const tool = path.join(folder.path, 'tool');
    writeFileSync(tool, '#!/bin/sh\n');
    chmodSync(tool, 0o755);
    const result = await runner.run({ argv: [tool], folder: '' }, { root, network: false, signal: never() });
    assert.equal(result.ended, 'not_started');
    assert.match(result.output, /lies in \/.*, which a contained program does not see/);
  });

  it('says so, and runs nothing, where it cannot be contained', async () => {
    const broken = path.join(folder.path, 'broken');
    writeFileSync(broken, '#!/bin/sh\necho "bwrap: no rights" >&2; exit 1\n');
    chmodSync(broken, 0o755);
    const other = await programs({ look: async () => ({ file: broken, version: '9' }) });
    const result = await other.run(
      { argv: ['touch', 'made'], folder: '' },
      { root, network: false, signal: never() },
    );
    assert.deepEqual([result.ended, result.code, result.output], ['not_started', null, 'bwrap: no rights\n']);
    assert.deepEqual(readdirSync(root), []);
  });
});
