import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { EditorSignal } from '../../../companion/protocol/index.ts';

/** A process that senses a workspace while a benchmark works in it. */
export interface Subject {
  readonly pid: number;
  /** What it has written so far. */
  counts(): Promise<{ rows: number; spans: number }>;
  /** Whether an edit of this file has been written as a span of its own. */
  seen(file: string): Promise<boolean>;
  /** Signals as an editor would send them. */
  report(signals: readonly EditorSignal[]): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a subject; resolves when it senses. */
export type StartSubject = (workspace: string) => Promise<Subject>;

type Question =
  | { readonly ask: 'counts' }
  | { readonly ask: 'seen'; readonly file: string }
  | { readonly ask: 'report'; readonly signals: readonly EditorSignal[] }
  | { readonly ask: 'end' };

const CHILD = fileURLToPath(new URL('./sensing-child.ts', import.meta.url));

/**
 * The subject that `--subject "COMMAND WORDS"` names, by default the sensors alone. The command is run with the
 * workspace as its last word. It writes a line of JSON when it senses, then answers each line of JSON on its
 * input (`Question`) with one line.
 */
export function subjectOf(args: readonly string[]): StartSubject {
  const words = option(args, 'subject')?.split(' ').filter(Boolean) ?? [process.execPath, CHILD];
  return (workspace) => startCommand([...words, workspace]);
}

/** The value of `--name VALUE`. */
export function option(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(`--${name}`);
  return at < 0 ? undefined : args[at + 1];
}

async function startCommand([file, ...words]: readonly string[]): Promise<Subject> {
  const child = spawn(file!, words, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<Record<string, unknown>> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`the process under test ended (exit code ${child.exitCode})`);
    return JSON.parse(value);
  };
  let queue: Promise<unknown> = answer();
  await queue;
  const ask = (question: Question) => {
    const reply = queue.then(() => {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      return answer();
    });
    queue = reply;
    return reply;
  };
  return {
    pid: child.pid!,
    async counts() {
      const { rows, spans } = await ask({ ask: 'counts' });
      return { rows: Number(rows), spans: Number(spans) };
    },
    seen: async (name) => (await ask({ ask: 'seen', file: name })).seen === true,
    report: async (signals) => void (await ask({ ask: 'report', signals })),
    async stop() {
      await ask({ ask: 'end' });
      await ended(child);
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
