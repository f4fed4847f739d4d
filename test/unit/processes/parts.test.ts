import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { systemClock } from '../../../companion/kernel/index.ts';
import { bubblewrapArguments } from '../../../companion/processes/bubblewrap-arguments.ts';
import { cleanEnvironment, isWithin } from '../../../companion/processes/clean-environment.ts';
import { endFamily } from '../../../companion/processes/end-family.ts';
import { Family } from '../../../companion/processes/family.ts';
import { findBubblewrap } from '../../../companion/processes/index.ts';
import { lookApart } from '../../../companion/processes/kept-from-programs.ts';
import {
  type ProcessRow,
  type ProcessTable,
  parseLimit,
  parsePs,
  parseStat,
  psTable,
} from '../../../companion/processes/process-table.ts';
import { kernelLimits } from '../../../companion/processes/program-limits.ts';
import { secretPlaces } from '../../../companion/processes/secret-places.ts';
import { Tail } from '../../../companion/processes/tail.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { lay } from '../scoped-files/worlds.ts';

describe('processes/tail', () => {
  it('counts all and keeps the end, cut on a character', () => {
    const tail = new Tail(8);
    for (const text of ['abc', 'defgh', 'äöü']) tail.push(Buffer.from(text));
    assert.deepEqual([tail.bytes, tail.text()], [14, 'ghäöü']);
    tail.push(Buffer.from('x'));
    assert.equal(tail.text(), 'häöüx');
    tail.push(Buffer.from('yz'));
    assert.equal(tail.text(), 'öüxyz', 'half of a character is none');
  });
  it('holds no more than the end and one chunk', () => {
    const tail = new Tail(1000);
    for (let i = 0; i < 5000; i++) tail.push(Buffer.alloc(100, 'a'));
    assert.deepEqual([tail.bytes, tail.text().length], [500_000, 1000]);
  });
});

describe('processes/clean-environment', () => {
  it('takes over a short list and says the rest itself', () => {
    const clean = cleanEnvironment(
      {
        PATH: '/usr/bin:.::/w/bin:/usr/bin:/opt/x',
        LANG: 'C',
        LC_ALL: 'C',
        GOPATH: '/w/go',
        GOROOT: '/go',
        TOKEN: 'x',
        GIT_DIR: 'x',
        CI: '0',
      },
      ['/w'],
    );
    const { LANG, LC_ALL, GOPATH, GOROOT, TOKEN, GIT_DIR, CI } = clean;
    assert.deepEqual(
      { LANG, LC_ALL, GOPATH, GOROOT, TOKEN, GIT_DIR, CI },
      {
        LANG: 'C',
        LC_ALL: 'C',
        GOPATH: undefined,
        GOROOT: '/go',
        TOKEN: undefined,
        GIT_DIR: undefined,
        CI: '1',
      },
    );
    if (process.platform !== 'win32') assert.equal(clean.PATH, '/usr/bin:/opt/x');
  });
  it('a folder is within itself, a name that begins alike is not', () => {
    const at = (name: string) => path.resolve('/', name);
    assert.ok(isWithin(at('a'), at('a')) && isWithin(at('a'), at('a/b')) && isWithin(at('a'), at('a/..b')));
    assert.ok(!isWithin(at('a'), at('ab')) && !isWithin(at('a/b'), at('a')));
  });
});

describe('processes/process-table', () => {
  it('reads a line of /proc, whatever the program calls itself', () => {
    const rest = [
      'S',
      '10',
      '11',
      '12',
      ...Array.from({ length: 13 }, () => '0'),
      '7',
      '0',
      '4242',
      '0',
      '0',
    ];
    assert.deepEqual(parseStat(`99 (a) R 1 (b) ${rest.join(' ')}`), {
      pid: 99,
      parent: 10,
      group: 11,
      session: 12,
      began: '4242',
      ended: false,
      threads: 7,
    });
    assert.equal(parseStat(`99 (x) Z ${rest.slice(1).join(' ')}`)?.ended, true);
    assert.deepEqual([parseStat(''), parseStat('x'), parseStat('9 (x) S 1')], [null, null, null]);
  });
  it('reads limits and the lines of ps', async () => {
    assert.equal(
      parseLimit('Max msgqueue size         12345                54321                bytes     \n'),
      54321,
    );
    assert.equal(parseLimit('Max msgqueue size  unlimited unlimited bytes'), null);
    const line = '  501   1   501 Ss   Mon Nov  2 10:00:00 2026 /bin/sh -c x PROGENY_PROGRAM=me.1 A=b';
    assert.deepEqual(parsePs(line), {
      pid: 501,
      parent: 1,
      group: 501,
      session: 0,
      began: 'Mon Nov 2 10:00:00 2026',
      ended: false,
      threads: 1,
    });
    const table = psTable(async () => `${line}\nnonsense\n  7 1 7 Z  Mon Nov  2 10:00:00 2026 (x)\n`);
    assert.deepEqual(
      (await table.rows()).map(({ pid, ended }) => [pid, ended]),
      [
        [501, false],
        [7, true],
      ],
    );
    assert.deepEqual(
      [table.hasInEnvironment(501, 'PROGENY_PROGRAM=me.'), table.hasInEnvironment(7, 'PROGENY_PROGRAM=me.')],
      [true, false],
    );
  });
});

const row = (pid: number, parent: number, more: Partial<ProcessRow> = {}): ProcessRow => ({
  pid,
  parent,
  group: 1,
  session: 1,
  began: `b${pid}`,
  ended: false,
  threads: 1,
  ...more,
});
function tableOf(
  rows: () => readonly ProcessRow[],
  marked: readonly number[] = [],
  limits: Record<number, number> = {},
): ProcessTable {
  return {
    rows: async (skip = () => false) => rows().filter(({ pid }) => !skip(pid)),
    hasInEnvironment: (pid) => marked.includes(pid),
    limitOf: (pid) => limits[pid] ?? null,
  };
}

describe('processes/family', () => {
  const signs = { root: 100, assignment: 'M=1', limit: 555 };
  it('knows children, sessions, marks and limits, and nobody else', async () => {
    const rows = [
      row(103, 102),
      row(102, 100),
      row(100, process.pid, { session: 100, group: 100 }),
      row(104, 1, { session: 100 }),
      row(105, 1),
      row(106, 1),
      row(107, 1),
      row(108, 105),
      row(109, 100, { ended: true }),
      row(process.pid, 50, { session: 100 }),
      row(50, 1),
    ];
    const family = new Family(
      tableOf(() => rows, [105, 50], { 106: 555, 107: 556 }),
      signs,
    );
    assert.deepEqual(
      (await family.living()).map(({ pid }) => pid).sort(),
      [100, 102, 103, 104, 105, 106, 108],
    );
  });
  it('knows who was seen once, although the parent is gone; a pid used again is another process', async () => {
    let rows = [row(100, 9), row(101, 100)];
    const family = new Family(
      tableOf(() => rows),
      signs,
    );
    await family.living();
    rows = [row(101, 1), row(102, 101)];
    assert.deepEqual(
      (await family.living()).map(({ pid }) => pid),
      [101, 102],
    );
    rows = [row(101, 1, { began: 'later' })];
    assert.deepEqual(await family.living(), []);
  });
  it('stops all of them before it kills one, until a look finds none', async () => {
    const alive = new Map<number, ProcessRow>([[100, row(100, 9)]]);
    const stopped = new Set<number>();
    const sent: string[] = [];
    let born = 101;
    const table = tableOf(() => {
      // Whoever is not stopped starts another between two looks.
      for (const { pid } of [...alive.values()])
        if (!stopped.has(pid) && born < 110) alive.set(born, row(born++, pid));
      return [...alive.values()];
    });
    const family = new Family(table, signs);
    const ended = await endFamily(family, {
      clock: systemClock,
      signal(pid, signal) {
        sent.push(signal);
        if (signal === 'SIGSTOP') stopped.add(pid);
        else alive.delete(pid);
      },
    });
    assert.equal(alive.size, 0);
    assert.equal(ended.length, born - 100);
    assert.equal(sent.lastIndexOf('SIGSTOP') < sent.indexOf('SIGKILL'), true, sent.join());
  });
});

describe('processes/program-limits', () => {
  it('puts limits of the kernel before the program, and a mark that only it has', async () => {
    const table = tableOf(() => [row(1, 0, { threads: 30 }), row(2, 0, { threads: 12 })]);
    const { before, mark } = await kernelLimits({
      prlimit: '/usr/bin/prlimit',
      table,
      processes: 10,
      chance: 0.5,
    });
    if (process.platform === 'linux') assert.equal(mark, 550_000);
    assert.equal(before[0], '/usr/bin/prlimit');
    assert.equal(before.at(-1), '--');
    assert.ok(before.includes('--core=0:0'));
    assert.deepEqual(await kernelLimits({ prlimit: null, table, processes: 10, chance: 0.5 }), {
      before: [],
      mark: null,
    });
  });
});

describe('processes/bubblewrap', () => {
  it('mounts in an order in which the folder comes over what is hidden, and what is fixed over the folder', () => {
    const box = {
      root: '/data/copy',
      at: '/home/u/w',
      folder: '/home/u/w/src',
      network: false,
      hidden: [
        { at: '/home/u/.ssh', isFolder: true },
        { at: '/home/u/.npmrc', isFolder: false },
        { at: '/data', isFolder: true },
        { at: '/home/u/w/key.pem', isFolder: false },
      ],
      fixed: ['.git'],
      shared: ['node_modules'],
      shown: [],
    };
    const line = bubblewrapArguments(box).join(' ');
    const order = [
      '--unshare-net',
      '--ro-bind / /',
      '--proc /proc',
      '--ro-bind-try /proc/sys /proc/sys',
      '--tmpfs /tmp',
      '--tmpfs /run',
      '--tmpfs /home/u/.ssh',
      '--ro-bind /dev/null /home/u/.npmrc',
      '--tmpfs /data',
      '--bind /data/copy /home/u/w',
      '--ro-bind /home/u/w/node_modules /home/u/w/node_modules',
      '--ro-bind /data/copy/.git /home/u/w/.git',
      '--ro-bind /dev/null /home/u/w/key.pem',
      '--chdir /home/u/w/src',
    ];
    let at = -1;
    for (const part of order) {
      const next = line.indexOf(part);
      assert.ok(next > at, `${part} in ${line}`);
      at = next;
    }
    for (const must of [
      '--die-with-parent',
      '--new-session',
      '--unshare-pid',
      '--unshare-ipc',
      '--cap-drop ALL',
    ])
      assert.ok(line.includes(must), must);
    assert.ok(!bubblewrapArguments({ ...box, network: true }).includes('--unshare-net'));
  });
  it('[A3] is looked for at trusted places only, tried once, and says why there is none', async () => {
    const why = async (options: Parameters<typeof findBubblewrap>[0]) => {
      const found = await findBubblewrap(options);
      return found.file === null ? found.why : '';
    };
    assert.match(await why({ platform: 'darwin' }), /Linux only/);
    if (process.platform !== 'linux') return;
    assert.match(await why({ places: ['/nowhere/bwrap'] }), /was not found \(install/);
    using folder = temporaryFolder();
    const mine = path.join(folder.path, 'bwrap');
    writeFileSync(mine, '#!/bin/sh\nexit 0\n');
    chmodSync(mine, 0o777);
    assert.match(await why({ places: [mine] }), /not trusted/);
    assert.match(await why({ places: ['/bin/false'] }), /does not work here/);
  });
  it('finds what is apart in a folder, not in node_modules, nor behind links', async () => {
    using real = temporaryFolder();
    lay(real.path, { 'shared/x': '', '.ssh/x': '', link: '->shared' });
    using folder = temporaryFolder();
    lay(folder.path, {
      '.git/config': '',
      '.git/.env': '',
      'sub/.git': 'gitdir: x',
      '.env': '',
      'a/b/server.pem': '',
      'node_modules/x/.env': '',
      'a/up': `->${folder.path}`,
      shared: `->${path.join(real.path, 'shared')}`,
      link: `->${path.join(real.path, 'link')}`,
      '.ssh': `->${path.join(real.path, '.ssh')}`,
      other: `->${path.join(real.path, 'shared')}`,
    });
    const { repositories, denied, shared } = await lookApart(folder.path, real.path);
    const at = (name: string) => name.split('/').join(path.sep);
    assert.deepEqual(
      [[...repositories].sort(), [...denied].sort(), shared],
      [['.git', at('sub/.git')], ['.env', at('a/b/server.pem')], ['shared']],
    );
  });
  it('hides what lies in the home folder, if there is one', () => {
    assert.ok(
      secretPlaces('/home/u', ['/d']).includes('/home/u/.ssh') &&
        secretPlaces('/home/u', ['/d']).includes('/d'),
    );
    assert.ok(secretPlaces(undefined, []).every((place) => place.startsWith('/var')));
  });
});
