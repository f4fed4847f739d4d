import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Api, CompanionClient } from '../../companion/client/index.ts';
import { findCompanion, openSocket } from '../../companion/client/node.ts';
import { randomInt, seededRandom } from '../../companion/kernel/index.ts';
import type { WheelRun, WheelStep } from '../../companion/protocol/index.ts';
import { makeRepository, type TestRepository } from '../fixtures/repository.ts';
import { eventually } from '../support/companion.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** The figure is of 100 (`WHEEL_KILLS=100`); the default is what every run can afford. */
const KILLS = Number(process.env.WHEEL_KILLS ?? 4);

const STEPS: readonly WheelStep[] = [
  { tool: 'write', path: 'a.txt', text: 'changed\n' },
  { tool: 'write', path: 'deep/new.txt', text: 'new\n' },
  { tool: 'delete', path: 'src/b.txt' },
  { tool: 'branch', name: 'fix/it' },
  { tool: 'commit', message: 'fix: it' },
  { tool: 'open_loop', title: 'look at it', context: '' },
];
/** It leaves a mark, and somebody who would outlive it: known by a number that no other has. */
const VERIFY = 'echo x > mark.log\nsetsid /bin/sleep $2 >/dev/null 2>&1 </dev/null &\nsleep 0.15\nexit $1\n';
const verify = (code: number, sleeper: string) => ['sh', 'verify.sh', String(code), sleeper];

/** Points of a run that succeeds, of one that fails, and of undoing one. */
const POINTS = {
  passes: [
    'planned',
    'rehearsed',
    'kept',
    'began',
    'snapshot',
    'writing',
    'one written',
    'written',
    'began branch',
    'ended branch',
    'stepped branch',
    'began commit',
    'ended commit',
    'stepped commit',
    'step open_loop',
    'stepped open_loop',
    'verifying',
    'verified',
    'reporting',
    'reported',
  ],
  fails: ['step taken back', 'files taken back', 'marks taken back'],
  undo: ['undoing', 'restored', 'undone'],
} as const;

/** One of each kind of thing that is left behind; all of them, or others, where that is asked for (`WHEEL_POINTS=all`). */
const CHOSEN: ReadonlySet<string> = new Set([
  'rehearsed',
  'one written',
  'ended branch',
  'stepped commit',
  'verifying',
  'reporting',
  'files taken back',
  'restored',
]);
const asked = process.env.WHEEL_POINTS?.split(',');

interface Life {
  readonly api: Api;
  readonly child: ChildProcess;
  readonly gone: Promise<unknown>;
  end(): Promise<void>;
}

async function live(data: string, dieAt = '', bare = false): Promise<Life> {
  const child = spawn(process.execPath, [path.resolve('test/support/wheel-main.ts')], {
    env: {
      ...process.env,
      PROGENY_DATA_DIR: data,
      PROGENY_TEST_DIE_AT: dieAt,
      PROGENY_TEST_BARE: bare ? '1' : '',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const discovery = await eventually(async () => {
    const found = await findCompanion(data);
    return found?.pid === child.pid ? found : null;
  }, 30_000);
  const client = new CompanionClient({ kind: 'test', version: '0', open: () => openSocket(discovery) });
  await client.connected(10_000);
  return {
    ...{ api: client.api, child, gone },
    async end() {
      client.dispose();
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Files with what they hold, folders (with a slash at the end), and permissions of both. */
function treeOf(root: string, folder = ''): Map<string, string> {
  return new Map<string, string>(
    readdirSync(path.join(root, folder)).flatMap((name): [string, string][] => {
      const file = folder === '' ? name : `${folder}/${name}`;
      if (file === '.git') return [];
      const facts = lstatSync(path.join(root, file));
      if (facts.isDirectory()) return [[`${file}/`, String(facts.mode)], ...treeOf(root, file)];
      return [[file, `${facts.mode} ${readFileSync(path.join(root, file), 'latin1')}`]];
    }),
  );
}

/** HEAD, branches with where they stand, the index, and what the reflogs tell. */
const refsOf = (repository: TestRepository) =>
  [
    ['symbolic-ref', 'HEAD'],
    ['for-each-ref', '--format=%(refname) %(objectname)'],
    ['ls-files', '--stage'],
    ['reflog', '--format=%gd %H %gs', '--all'],
  ]
    .map((args) => repository.run(...args))
    .join('\n');

/** Processes of which the last argument is this. */
function sleepersOf(number: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').startsWith(`/bin/sleep\0${number}\0`);
    } catch {
      return false;
    }
  });
}

let cases = 0;

class Case {
  readonly repository: TestRepository;
  readonly root: string;
  readonly #before: Map<string, string>;
  readonly #refs: string;
  readonly #sleeper = `7${process.pid}.${++cases}`;

  constructor(repository: TestRepository) {
    this.repository = repository;
    this.root = realpathSync(repository.root);
    this.#before = treeOf(this.root);
    this.#refs = refsOf(repository);
  }

  /** Does what a person does, as far as the companion lives. */
  async go({ api }: Life, code: number, undo: boolean, approved = () => {}): Promise<void> {
    await api.settings.update({ wheel: { vetoSeconds: 0 }, gateway: { rateFactor: 1000 } });
    await api.workspaces.open({ path: this.root, trusted: true });
    const asked = JSON.stringify(verify(code, this.#sleeper));
    const options = { steps: JSON.stringify(STEPS), verify: asked };
    const { id } = await api.wheel.propose({ workspace: this.root, recipe: 'given', options });
    const reached = (...statuses: string[]) =>
      eventually(async () => statuses.includes((await api.wheel.get({ id })).status), 60_000);
    await reached('previewed');
    const { digest } = await api.wheel.preview({ id });
    await api.wheel.approve({ id, digest });
    approved();
    await reached('done', 'rolled_back');
    if (undo) await api.wheel.undo({ id });
  }

  /** What the next life says of it, and whether the folder is so. */
  async check({ api }: Life, what: string): Promise<WheelRun['status'] | null> {
    await api.workspaces.open({ path: this.root, trusted: true });
    const settled = async () => {
      const [run] = await api.wheel.list({ workspace: this.root, limit: 1 });
      const busy =
        run &&
        (['planning', 'acting', 'verifying'].includes(run.status) ||
          run.reason === 'It is being taken back.');
      return busy ? null : { run };
    };
    const { run } = await eventually(settled, 20_000);
    const now = treeOf(this.root);
    const differing = [...new Set([...now.keys(), ...this.#before.keys()])].filter(
      (file) => now.get(file) !== this.#before.get(file),
    );
    const refs = refsOf(this.repository);
    const said = [
      ...(run?.conflicts.map((each) => each.path) ?? []),
      ...(run?.report?.review.map(({ text }) => text.split(':')[0]!) ?? []),
    ];
    if (run?.status === 'done' || run?.status === 'kept') {
      assert.deepEqual(differing.sort(), ['a.txt', 'deep/', 'deep/new.txt', 'mark.log', 'src/b.txt'], what);
      assert.match(refs, /^refs\/heads\/fix\/it\n/, what);
      assert.ok(run.report, what);
    } else if (run && ['rolled_back', 'interrupted'].includes(run.status)) {
      assert.deepEqual(
        differing.filter((file) => !said.includes(file)),
        [],
        `${what}: not said`,
      );
      if (refs !== this.#refs)
        assert.ok(
          said.some((file) => file.startsWith('.git/')),
          `${what}: refs`,
        );
      if (run.status === 'rolled_back')
        assert.deepEqual([differing.filter((file) => file !== 'mark.log'), refs], [[], this.#refs], what);
      assert.ok(run.report, what);
    } else assert.deepEqual([differing, refs], [[], this.#refs], `${what}: ${run?.status}`);
    assert.deepEqual(sleepersOf(this.#sleeper), [], `${what}: a program of it still runs`);
    assert.deepEqual((await api.audit.verify({})).findings, [], what);
    return run?.status ?? null;
  }
}

async function newCase(): Promise<Case> {
  const repository = await makeRepository();
  repository.run('config', 'user.name', 'Ana');
  repository.run('config', 'user.email', 'ana@example.com');
  repository.commit({ 'a.txt': 'one\n', 'src/b.txt': 'beta\n', 'src/c.txt': 'c\n', 'verify.sh': VERIFY });
  return new Case(repository);
}

describe('a run whose companion is killed', function () {
  this.timeout(600_000 + KILLS * 15_000);

  it('[A2] kill -9 at every step of a run, of taking one back and of undoing one: as before or fully done, and it says which', async () => {
    using folder = temporaryFolder();
    const points = [
      ...POINTS.passes.map((point) => ({ point, code: 0, undo: false })),
      ...POINTS.fails.map((point) => ({ point, code: 1, undo: false })),
      ...POINTS.undo.map((point) => ({ point, code: 0, undo: true })),
    ].filter(({ point }) => (asked ? asked.includes('all') || asked.includes(point) : CHOSEN.has(point)));
    const became: Record<string, string | null> = {};
    let last: { at: Case; what: string } | null = null;
    for (const [i, { point, code, undo }] of points.entries()) {
      const life = await live(folder.path, point, i % 2 === 1);
      if (last) became[last.what] = await last.at.check(life, last.what);
      await last?.at.repository[Symbol.asyncDispose]();
      last = { at: await newCase(), what: point };
      let why: unknown = null;
      const going = last.at.go(life, code, undo).catch((error: unknown) => {
        why = error;
      });
      const died = await Promise.race([life.gone.then(() => true), going.then(() => delay(1000, false))]);
      if (!died) {
        const [run] = await life.api.wheel.list({ workspace: last.at.root, limit: 1 }).catch(() => []);
        assert.fail(
          `it came to its end without "${point}": ${why ?? `${run?.reason} ${run?.report?.verified}`}`,
        );
      }
      await life.end();
    }
    const life = await live(folder.path);
    became[last!.what] = await last!.at.check(life, last!.what);
    await life.end();
    await last!.at.repository[Symbol.asyncDispose]();
    const wanted = { reported: 'done', 'one written': 'rolled_back', 'files taken back': 'rolled_back' };
    const undone = { undoing: 'undone', restored: 'undone', undone: 'undone' };
    for (const [point, status] of Object.entries({ ...wanted, ...undone, verified: 'rolled_back' }))
      if (point in became) assert.equal(became[point], status, point);
    console.log(`      ${JSON.stringify(became)}`);
  });

  it(`[A2] kill -9 at ${KILLS} random instants: the same`, async () => {
    using folder = temporaryFolder();
    const random = seededRandom(Number(process.env.WHEEL_SEED ?? 61));
    const became: Record<string, number> = {};
    let last: Case | null = null;
    for (let kill = 0; kill <= KILLS; kill++) {
      const life = await live(folder.path, '', kill % 2 === 1);
      if (last) {
        const status = String(await last.check(life, `kill ${kill}`));
        became[status] = (became[status] ?? 0) + 1;
        if (kill % 25 === 0) console.log(`      after ${kill} kills: ${JSON.stringify(became)}`);
        await last.repository[Symbol.asyncDispose]();
      }
      if (kill < KILLS) {
        last = await newCase();
        const { promise: approved, resolve } = Promise.withResolvers<void>();
        const going = last.go(life, kill % 4 === 3 ? 1 : 0, kill % 3 === 2, resolve).catch(() => {});
        // One in four while it is planned, the others while it acts, is taken back or undone.
        if (kill % 4 !== 0) await Promise.race([approved, going]);
        await Promise.race([going, delay(randomInt(random, 2500))]);
      }
      await life.end();
    }
    console.log(`      ${JSON.stringify(became)}`);
    assert.equal(
      Object.values(became).reduce((sum, n) => sum + n, 0),
      KILLS,
    );
  });
});
