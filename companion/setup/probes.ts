import { missing, partly, ready, type Seen } from './finding.ts';
import type { Programs } from './programs.ts';

/** The oldest Python that the trainer runs on. */
const OLDEST_PYTHON = { major: 3, minor: 10 };
const RECORDERS = ['rec', 'sox', 'arecord', 'parecord', 'ffmpeg'] as const;

/** What a probe looks at. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly programs: Programs;
  /** The text of a file of the system, or null. */
  read(file: string): Promise<string | null>;
  /** Names in a folder of the system; none where there is no such folder. */
  list(folder: string): Promise<readonly string[]>;
  /** What a server on this machine answers to a GET, or null. */
  ask(port: number, route: string, signal: AbortSignal): Promise<string | null>;
  /** The port of Ollama's server on this machine. */
  readonly ollamaPort: number;
}

type Probe = (machine: Machine, signal: AbortSignal) => Promise<Seen>;

export const ollama: Probe = async ({ programs, ask, ollamaPort }, signal) => {
  const [program, answer] = await Promise.all([
    programs.find('ollama'),
    ask(ollamaPort, '/api/version', signal),
  ]);
  const version = answer === null ? null : (/"version"\s*:\s*"([^"]{1,40})"/.exec(answer)?.[1] ?? null);
  if (version !== null) return ready(`Ollama ${version} answers on this machine`);
  return program === null ? missing('not found') : partly('installed, and its server does not answer');
};

export const gpu: Probe = async (machine, signal) => {
  const nvidia = await machine.programs.find('nvidia-smi');
  if (nvidia !== null) {
    const asked = ['--query-gpu=name,memory.total', '--format=csv,noheader,nounits'];
    const first = (await machine.programs.run(nvidia, asked, signal))?.split('\n')[0] ?? '';
    const [name, megabytes] = first.split(',').map((field) => field.trim());
    if (name && Number(megabytes) > 0)
      return ready(`${name}, ${Math.round(Number(megabytes) / 1024)} GB of its own memory`);
    return partly('NVIDIA’s driver is installed and does not answer');
  }
  if (machine.platform === 'darwin')
    return machine.arch === 'arm64'
      ? ready('Apple silicon, which shares its memory')
      : partly('a Mac without Apple silicon: models run on the processor');
  const amd = await machine.read('/sys/class/kfd/kfd/topology/nodes/1/name');
  if (amd !== null) return ready('AMD, with its compute driver');
  const cards = (await machine.list('/sys/class/drm')).filter((name) => /^renderD\d+$/.test(name));
  return cards.length > 0 ? partly('graphics without a driver that models use') : missing('none seen');
};

export const microphone: Probe = async ({ platform, programs, list }) => {
  const found = await Promise.all(RECORDERS.map((name) => programs.find(name)));
  const recorder = RECORDERS.find((_, i) => found[i] !== null) ?? null;
  if (platform !== 'linux')
    return recorder === null
      ? partly('no recorder found; whether there is a microphone is known when one records')
      : ready(`\`${recorder}\` can record; whether there is a microphone is known when it does`);
  // Capture devices of ALSA end in "c": pcmC0D0c.
  const devices = (await list('/dev/snd')).filter((name) => /^pcmC\d+D\d+c$/.test(name));
  if (devices.length === 0)
    return missing(recorder === null ? 'none seen' : 'no device; a recorder is there');
  return recorder === null ? partly('a device, and no recorder') : ready(`a device, and \`${recorder}\``);
};

export const python: Probe = async ({ platform, programs }, signal) => {
  const names = platform === 'win32' ? ['py', 'python'] : ['python3', 'python'];
  let older: string | null = null;
  for (const name of names) {
    const file = await programs.find(name);
    const said = file === null ? null : await programs.run(file, ['--version'], signal);
    const match = /Python (\d+)\.(\d+)(?:\.\d+)?/.exec(said ?? '');
    if (!match) continue;
    const [major, minor] = [Number(match[1]), Number(match[2])];
    const enough =
      major > OLDEST_PYTHON.major || (major === OLDEST_PYTHON.major && minor >= OLDEST_PYTHON.minor);
    if (enough) return ready(match[0]);
    older ??= match[0];
  }
  return older === null ? missing('not found') : partly(`${older}; 3.10 or newer is needed`);
};
