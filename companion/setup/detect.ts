import type { Clock } from '../kernel/index.ts';
import type { SetupDetected, SetupFinding } from '../protocol/index.ts';
import { describe, missing, partly, ready, type Seen, THINGS } from './finding.ts';
import { gpu, type Machine, microphone, ollama, python } from './probes.ts';

/** No probe may take longer; they run side by side. */
const LIMIT_MS = 3_000;
/** An answer holds for this long. */
const FRESH_MS = 60_000;

/** What is known of git: its version, or why it cannot be used. */
export type GitStanding = { version: string } | { problem: string; found: boolean };

export interface DetectionOptions {
  clock: Clock;
  machine: Machine;
  git(): GitStanding;
}

/** Looks what of git, Ollama, a GPU, a microphone and Python is here. */
export class Detection {
  readonly #options: DetectionOptions;
  #last: { at: number; answer: Promise<SetupDetected> } | null = null;

  constructor(options: DetectionOptions) {
    this.#options = options;
  }

  /** Never rejects: what fails or takes too long is `unknown`. */
  detect(): Promise<SetupDetected> {
    const now = this.#options.clock.now();
    if (!this.#last || now - this.#last.at >= FRESH_MS) this.#last = { at: now, answer: this.#look(now) };
    return this.#last.answer;
  }

  async #look(at: number): Promise<SetupDetected> {
    const { machine, git } = this.#options;
    const probes: Record<SetupFinding['id'], (signal: AbortSignal) => Promise<Seen>> = {
      git: async () => gitSeen(git()),
      ollama: (signal) => ollama(machine, signal),
      gpu: (signal) => gpu(machine, signal),
      microphone: (signal) => microphone(machine, signal),
      python: (signal) => python(machine, signal),
    };
    const looks = THINGS.map(async ({ id }) => describe(id, await this.#within(probes[id])));
    return { at, findings: await Promise.all(looks) };
  }

  /** Null for what fails, or is not done in time; that is not waited for. */
  async #within(probe: (signal: AbortSignal) => Promise<Seen>): Promise<Seen | null> {
    const abort = new AbortController();
    const late = Promise.withResolvers<null>();
    const timer = this.#options.clock.after(LIMIT_MS, () => {
      abort.abort(new Error('too late'));
      late.resolve(null);
    });
    const seen = probe(abort.signal).catch(() => null);
    try {
      return await Promise.race([seen, late.promise]);
    } finally {
      timer.dispose();
    }
  }
}

function gitSeen(standing: GitStanding): Seen {
  if ('version' in standing) return ready(`git ${standing.version}`);
  return standing.found ? partly(standing.problem) : missing('not found');
}
