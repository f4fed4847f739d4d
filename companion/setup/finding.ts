import type { SetupFinding } from '../protocol/index.ts';

/** What was seen of one thing; the rest of a finding is the same on every machine. */
export type Seen = Pick<SetupFinding, 'state' | 'detail'>;

export const ready = (detail: string): Seen => ({ state: 'ready', detail });
export const partly = (detail: string): Seen => ({ state: 'partly', detail });
export const missing = (detail: string): Seen => ({ state: 'missing', detail });

/** What each adds and how to get it, in the order in which they are told. */
export const THINGS: readonly Omit<SetupFinding, 'state' | 'detail'>[] = [
  {
    id: 'git',
    name: 'git',
    adds: 'Threads, briefs and the story of your work come from the history of your repositories.',
    get: 'Install git 2.25 or newer from git-scm.com or your system’s packages.',
  },
  {
    id: 'ollama',
    name: 'Ollama',
    adds: 'A language model on this machine puts briefs and answers into better sentences; without it they are lists and quotes.',
    get: 'Install it from ollama.com, start it with `ollama serve`, and fetch a model with `ollama pull`.',
  },
  {
    id: 'gpu',
    name: 'GPU',
    adds: 'Models answer in seconds, and one can be tuned on your own conversations.',
    get: 'Nothing to install on a machine without one; with one, install its driver (for NVIDIA, `nvidia-smi` must answer).',
  },
  {
    id: 'microphone',
    name: 'Microphone',
    adds: 'Notes and questions can be spoken instead of typed.',
    get: 'Connect a microphone and install a recorder: SoX (`rec`), or on Linux alsa-utils (`arecord`).',
  },
  {
    id: 'python',
    name: 'Python',
    adds: 'The trainer that tunes a model on your conversations runs on it.',
    get: 'Install Python 3.10 or newer from python.org or your system’s packages.',
  },
];

export function describe(id: SetupFinding['id'], seen: Seen | null): SetupFinding {
  const thing = THINGS.find((each) => each.id === id) as (typeof THINGS)[number];
  if (!seen) return { ...thing, state: 'unknown', detail: 'it did not answer in time' };
  return { ...thing, ...seen, get: seen.state === 'ready' ? '' : thing.get };
}
