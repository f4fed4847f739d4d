import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { VirtualClock } from '../../../companion/kernel/index.ts';
import {
  Detection,
  type GitStanding,
  type Machine,
  ollamaPort,
  systemPrograms,
  thisMachine,
} from '../../../companion/setup/index.ts';

interface Fake {
  platform?: NodeJS.Platform;
  arch?: string;
  /** What a program prints; null where it fails. */
  programs?: Record<string, string | null>;
  files?: Record<string, string>;
  folders?: Record<string, string[]>;
  ollama?: string;
}

function machine({
  platform = 'linux',
  arch = 'x64',
  programs = {},
  files = {},
  folders = {},
  ollama,
}: Fake): Machine {
  return {
    platform,
    arch,
    ollamaPort: 11_434,
    programs: {
      find: async (name) => (name in programs ? `/bin/${name}` : null),
      run: async (file) => programs[file.replace('/bin/', '')] ?? null,
    },
    read: async (file) => files[file] ?? null,
    list: async (folder) => folders[folder] ?? [],
    ask: async () => ollama ?? null,
  };
}

const GIT: GitStanding = { version: '2.39' };

async function seen(fake: Fake, git: GitStanding = GIT): Promise<Record<string, string>> {
  const detection = new Detection({ clock: new VirtualClock(0), machine: machine(fake), git: () => git });
  const { findings } = await detection.detect();
  assert.equal(findings.length, 5);
  for (const { adds, get, state } of findings) {
    assert.match(adds, /^[A-Z][^\n]+\.$/);
    assert.equal(get === '', state === 'ready');
  }
  return Object.fromEntries(findings.map(({ id, state, detail }) => [id, `${state}: ${detail}`]));
}

describe('what this machine offers', () => {
  it('[S8] a bare machine', async () => {
    assert.deepEqual(await seen({}, { problem: 'git was not found', found: false }), {
      git: 'missing: not found',
      ollama: 'missing: not found',
      gpu: 'missing: none seen',
      microphone: 'missing: none seen',
      python: 'missing: not found',
    });
  });

  it('[S8] a machine that has all of it', async () => {
    const found = await seen({
      programs: {
        ollama: '',
        'nvidia-smi': 'NVIDIA RTX 4070, 12282\nNVIDIA RTX 4070, 12282\n',
        arecord: '',
        python3: 'Python 3.12.4\n',
      },
      folders: { '/dev/snd': ['controlC0', 'pcmC0D0c', 'pcmC0D0p'] },
      ollama: '{"version":"0.9.1"}',
    });
    assert.deepEqual(found, {
      git: 'ready: git 2.39',
      ollama: 'ready: Ollama 0.9.1 answers on this machine',
      gpu: 'ready: NVIDIA RTX 4070, 12 GB of its own memory',
      microphone: 'ready: a device, and `arecord`',
      python: 'ready: Python 3.12.4',
    });
  });

  it('[S8] halves of it, with what is missing', async () => {
    const found = await seen(
      {
        programs: { ollama: '', 'nvidia-smi': null, python3: 'Python 3.9.2', python: 'Python 2.7.18' },
        folders: { '/dev/snd': ['pcmC0D0c'] },
      },
      { problem: 'git 2.11; 2.25 or newer is needed', found: true },
    );
    assert.deepEqual(found, {
      git: 'partly: git 2.11; 2.25 or newer is needed',
      ollama: 'partly: installed, and its server does not answer',
      gpu: 'partly: NVIDIA’s driver is installed and does not answer',
      microphone: 'partly: a device, and no recorder',
      python: 'partly: Python 3.9.2; 3.10 or newer is needed',
    });
  });

  it('[S8] other platforms', async () => {
    const mac = await seen({ platform: 'darwin', arch: 'arm64', programs: { rec: '' } });
    assert.match(mac.gpu ?? '', /^ready: Apple silicon/);
    assert.match(mac.microphone ?? '', /^ready: `rec` can record/);
    const windows = await seen({ platform: 'win32', programs: { py: 'Python 3.11.0' } });
    assert.equal(windows.python, 'ready: Python 3.11.0');
    assert.match(windows.microphone ?? '', /^partly: no recorder/);
    const amd = await seen({ files: { '/sys/class/kfd/kfd/topology/nodes/1/name': 'gfx1100' } });
    assert.match(amd.gpu ?? '', /^ready: AMD/);
    const plain = await seen({ folders: { '/sys/class/drm': ['card0', 'renderD128'] } });
    assert.match(plain.gpu ?? '', /^partly: graphics without/);
  });

  it('[S8] a probe that hangs or breaks is unknown in time, the others answer; an answer holds a minute', async () => {
    const clock = new VirtualClock(0);
    let looks = 0;
    const stuck: Machine = {
      ...machine({ programs: { python3: 'Python 3.13.1' } }),
      ask: () => new Promise(() => looks++),
      list: async () => {
        throw new Error('broken');
      },
    };
    const detection = new Detection({ clock, machine: stuck, git: () => GIT });
    const first = detection.detect();
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(2_999);
    assert.equal(await Promise.race([first, Promise.resolve('waiting')]), 'waiting');
    clock.advance(1);
    const { findings } = await first;
    assert.deepEqual(
      findings.map(({ id, state }) => `${id} ${state}`),
      ['git ready', 'ollama unknown', 'gpu unknown', 'microphone unknown', 'python ready'],
    );
    assert.equal(detection.detect(), first);
    assert.equal(looks, 1);
    clock.advance(60_000);
    assert.notEqual(detection.detect(), first);
    clock.advance(3_000);
  });

  it('[S8] Ollama is asked on loopback alone, whatever OLLAMA_HOST says', () => {
    assert.equal(ollamaPort(undefined), 11_434);
    assert.equal(ollamaPort('127.0.0.1:4000'), 4000);
    assert.equal(ollamaPort('http://localhost:4001/'), 4001);
    assert.equal(ollamaPort('0.0.0.0:4002'), 4002);
    assert.equal(ollamaPort(':4003'), 4003);
    assert.equal(ollamaPort('[::1]:4004'), 4004);
    assert.equal(ollamaPort('gpu.example.org:4005'), 11_434);
    assert.equal(ollamaPort('192.168.0.7:4006'), 11_434);
    assert.equal(ollamaPort('nonsense : 1'), 11_434);
    assert.equal(ollamaPort('localhost:99999'), 11_434);
  });

  it('[S8] this machine: programs are run without a shell, a local server is asked, and a signal ends both', async () => {
    const here = thisMachine({ PATH: process.env.PATH, OLLAMA_HOST: '' });
    const programs = systemPrograms({ PATH: `relative:${process.env.PATH}` });
    const node = process.execPath;
    const signal = new AbortController().signal;
    assert.equal(await programs.find('no-such-program-anywhere'), null);
    assert.equal(await programs.run(node, ['-p', '"$HOME; echo no"'], signal), '$HOME; echo no\n');
    assert.equal(await programs.run(node, ['-e', 'process.exit(3)'], signal), null);
    const stop = new AbortController();
    const hanging = programs.run(node, ['-e', 'setInterval(() => {}, 1000)'], stop.signal);
    stop.abort(new Error('too late'));
    await assert.rejects(hanging, /too late/);

    const server = createServer((request, response) =>
      response.writeHead(request.url === '/api/version' ? 200 : 404).end('{"version":"0.5.0"}'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    assert.equal(await here.ask(port, '/api/version', signal), '{"version":"0.5.0"}');
    assert.equal(await here.ask(port, '/elsewhere', signal), null);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    assert.equal(await here.ask(port, '/api/version', signal), null);
    assert.equal(await here.read('/no/such/file'), null);
    assert.deepEqual(await here.list('/no/such/folder'), []);
  });
});
