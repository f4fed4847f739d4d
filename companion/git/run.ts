import type { Clock } from '../kernel/index.ts';
import { classifyFailure } from './classify-failure.ts';
import { GitError } from './errors.ts';
import type { Slots } from './slots.ts';
import { explainStart, startGit } from './start.ts';

/** The git program and what every call of it shares. Made by `findGit`. */
export interface GitProgram {
  /** Absolute: a name would be looked up in the repository first on Windows. */
  readonly file: string;
  readonly version: { readonly major: number; readonly minor: number };
  readonly environment: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly slots: Slots;
}

export interface RunLimits {
  /** Ends the process and rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds from start to end; default 30,000. */
  readonly timeoutMs?: number | undefined;
  /** Bytes of standard output; default 64 MiB. */
  readonly maxBytes?: number | undefined;
}

export interface GitCall extends RunLimits {
  readonly folder: string;
  /** Stands before the subcommand. */
  readonly before?: readonly string[] | undefined;
  /** Subcommand and arguments. What comes from data is a full ref, an object name, or stands behind `--`. */
  readonly args: readonly string[];
  /** Added to the program's environment. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  readonly input?: Buffer | undefined;
  /** Exit codes that are an answer and not a failure; default only 0. */
  readonly accept?: readonly number[] | undefined;
  /** Takes the output as it comes instead of collecting it; 'stop' means that it has enough. */
  readonly onOutput?: ((chunk: Buffer) => 'stop' | undefined) | undefined;
}

export interface GitOutput {
  readonly code: number;
  /** Empty where `onOutput` took it. */
  readonly output: Buffer;
  /** The consumer said 'stop' before the end. */
  readonly stopped: boolean;
}

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 64 * 1024 * 1024;
const MAX_COMPLAINT = 8_192;
/** A killed process that does not go (a dead network drive) is not waited for longer than this. */
const GRACE_MS = 2_000;

/**
 * Runs git once: no shell, no inherited steering, bounded in time and bytes.
 * Throws `GitError`, or the reason of the signal.
 */
export async function runGit(program: GitProgram, call: GitCall): Promise<GitOutput> {
  const release = await program.slots.take(call.signal);
  try {
    return await execute(program, call);
  } finally {
    release();
  }
}

function execute(program: GitProgram, call: GitCall): Promise<GitOutput> {
  call.signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<GitOutput>();
  const command = call.args[0] ?? '';
  const child = startGit(program, call);
  const limit = call.maxBytes ?? MAX_BYTES;
  const collected: Buffer[] = [];
  let bytes = 0;
  let complaint = '';
  /** Why the process was killed, as what to settle with. */
  let ending: (() => void) | null = null;

  const end = (settle: () => void): void => {
    if (ending) return;
    ending = settle;
    child.kill('SIGKILL');
    child.stdout?.destroy();
    child.stderr?.destroy();
    grace = program.clock.after(GRACE_MS, settle);
  };
  const fail = (kind: 'timeout' | 'output-limit', message: string): void =>
    end(() => reject(new GitError(kind, `git ${command} in ${JSON.stringify(call.folder)} ${message}`)));
  const onAbort = (): void => end(() => reject(call.signal?.reason));

  const timeoutMs = call.timeoutMs ?? TIMEOUT_MS;
  const timer = program.clock.after(timeoutMs, () =>
    fail('timeout', `had not finished after ${timeoutMs} ms and was stopped. Ask for less, or again later.`),
  );
  let grace = timer;
  call.signal?.addEventListener('abort', onAbort, { once: true });

  child.stdout?.on('data', (chunk: Buffer) => {
    if (ending) return;
    bytes += chunk.length;
    if (bytes > limit)
      return fail('output-limit', `wrote more than ${limit} bytes and was stopped. Ask for less.`);
    if (!call.onOutput) return void collected.push(chunk);
    try {
      if (call.onOutput(chunk) === 'stop')
        end(() => resolve({ code: 0, output: Buffer.alloc(0), stopped: true }));
    } catch (error) {
      end(() => reject(error));
    }
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    if (complaint.length < MAX_COMPLAINT) complaint += chunk.toString('utf8');
  });
  child.on('error', (error) => {
    ending ??= () => reject(explainStart(error, program, call));
    ending();
  });
  child.on('close', (code) => {
    if (ending) return ending();
    if (code === null || !(call.accept ?? [0]).includes(code)) {
      return reject(classifyFailure(command, call.folder, code, complaint));
    }
    resolve({ code, output: Buffer.concat(collected), stopped: false });
  });

  return promise.finally(() => {
    timer.dispose();
    grace.dispose();
    call.signal?.removeEventListener('abort', onAbort);
  });
}
