import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { discoveryFile } from '../../../companion/client/node.ts';
import { type Disposable, silentLogger, systemClock } from '../../../companion/kernel/index.ts';
import { CompanionLink } from '../../../extension/link/companion-link.ts';
import { problemOf } from '../../../extension/link/link.ts';
import { type FakeCompanion, startFakeCompanion } from '../../host/support/fake-companion.ts';

const script = path.join(import.meta.dirname, '../../host/support/fake-companion-main.ts');

describe('the link to the companion', () => {
  let dataDirectory: string;
  let owned: Disposable[];
  let fakes: FakeCompanion[];

  beforeEach(() => {
    dataDirectory = mkdtempSync(path.join(tmpdir(), 'progeny-link-'));
    owned = [];
    fakes = [];
  });
  afterEach(async () => {
    for (const one of owned) one.dispose();
    for (const fake of fakes) await fake.stop();
    const left = pid();
    if (left !== null && left !== process.pid) process.kill(left, 'SIGKILL');
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  const pid = (): number | null => {
    try {
      return JSON.parse(readFileSync(discoveryFile(dataDirectory), 'utf8')).pid;
    } catch {
      return null;
    }
  };
  const fake = async (protocol?: { min: number; max: number }) => {
    const started = await startFakeCompanion({ dataDirectory, ...(protocol && { protocol }) });
    fakes.push(started);
    return started;
  };
  const open = (options: { wanted?: boolean; script?: string } = {}) => {
    const link = new CompanionLink({
      dataDirectory,
      launch: { execPath: process.execPath, script: options.script ?? script },
      version: '0.1.0',
      capabilities: {},
      clock: systemClock,
      log: silentLogger,
      wanted: () => options.wanted ?? true,
      door: () => import('../../../extension/link/door.ts'),
    });
    owned.push(link);
    const states: string[] = [];
    link.onChange(({ state }) => states.push(state));
    void link.open();
    return { link, states };
  };
  const becomes = async (link: CompanionLink, state: string) => {
    for (const end = performance.now() + 8000; performance.now() < end; await delay(10)) {
      if (link.link.state === state) return;
    }
    assert.fail(`the link is ${link.link.state} (${problemOf(link.link)}), expected ${state}`);
  };

  it('starts a companion and takes the one that runs', async () => {
    const first = open();
    await becomes(first.link, 'connected');
    assert.equal(first.link.status?.version, '0.1.0');
    const second = open();
    await becomes(second.link, 'connected');
    assert.equal(second.link.status?.pid, first.link.status?.pid);
  });

  it('[F3] starts one that died again', async () => {
    const { link, states } = open();
    await becomes(link, 'connected');
    const before = pid() as number;
    process.kill(before, 'SIGKILL');
    await becomes(link, 'lost');
    assert.equal(link.api, null);
    await becomes(link, 'connected');
    assert.notEqual(pid(), before);
    assert.deepEqual(states, ['connected', 'lost', 'connected']);
  });

  it('leaves one that was stopped stopped, until somebody asks', async () => {
    const { link } = open();
    await becomes(link, 'connected');
    await link.stop();
    assert.equal(link.link.state, 'stopped');
    await delay(700);
    assert.equal(pid(), null);
    assert.match(problemOf(link.link) ?? '', /was stopped/);
    await link.start(8000);
    assert.equal(link.link.state, 'connected');
  });

  it('does not start what another window stopped', async () => {
    // One after the other: the fake companion takes no lock, and two windows at once might start two.
    const { link: one } = open();
    await becomes(one, 'connected');
    const { link: other } = open();
    await becomes(other, 'connected');
    await one.stop();
    await becomes(other, 'stopped');
    assert.equal(pid(), null);
  });

  it('starts none without being asked where none is wanted, and takes one that appears', async () => {
    const { link } = open({ wanted: false });
    await becomes(link, 'stopped');
    assert.match(problemOf(link.link) ?? '', /not running/);
    await fake();
    await becomes(link, 'connected');
  });

  it('says in words why one does not start', async () => {
    const { link } = open({ script: path.join(dataDirectory, 'missing.js') });
    await becomes(link, 'failed');
    assert.match(problemOf(link.link) ?? '', /could not be started: .*missing\.js/s);
  });

  it('tells a companion that speaks another contract, and does not take it', async () => {
    await fake({ min: 7, max: 9 });
    const { link } = open();
    await becomes(link, 'incompatible');
    assert.match(problemOf(link.link) ?? '', /versions 7 to 9/);
    assert.equal(link.api, null);
  });

  it('gives a webview a socket of its own, and waits for a companion that starts', async () => {
    const { link } = open();
    await assert.rejects(link.openRelay(), /not running/);
    assert.ok(await link.whenConnected(8000));
    const socket = await link.openRelay();
    assert.equal(socket.readyState, 1);
    socket.close();
  });

  it('connects to nothing in a virtual workspace', () => {
    const { link } = open({ wanted: false });
    link.rest();
    assert.match(problemOf(link.link) ?? '', /virtual/);
  });
});
