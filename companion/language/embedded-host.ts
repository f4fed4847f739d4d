import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Clock, Doorbell } from '../kernel/index.ts';
import type { Opening, Order, Report } from './embedded-messages.ts';
import { type Prompt, type ProviderEnd, ProviderError } from './provider.ts';

// Run from source the process is a neighbour; built, it is a bundle of its own.
const fromSource = import.meta.url.endsWith('.ts');
const ENTRY = fileURLToPath(
  new URL(fromSource ? './embedded-process.ts' : './language-process.js', import.meta.url),
);

const WHO = 'The embedded model';
/** Whoever does not stop within so long is ended. */
const STOP_MS = 2000;

/** One process with one model in it. It ends with the first thing that goes wrong, or when it is disposed. */
export class EmbeddedHost {
  readonly #child: ChildProcess;
  readonly #opened = Promise.withResolvers<void>();
  readonly #inboxes = new Map<number, { reports: Report[]; bell: Doorbell }>();
  readonly #clock: Clock;
  #lastId = 0;
  #gone: string | null = null;

  constructor(opening: Opening, clock: Clock) {
    this.#clock = clock;
    this.#child = fork(ENTRY, {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#opened.promise.catch(() => {});
    this.#child.on('message', (report: Report) => this.#hear(report));
    this.#child.on('error', (error) => this.#lost(error.message));
    this.#child.on('exit', (code, signal) => this.#lost(`its process ended with ${signal ?? code}`));
    this.#send({ kind: 'open', ...opening });
  }

  /** Whether it can be asked; false once its process has ended. */
  get alive(): boolean {
    return this.#gone === null;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  async *generate(prompt: Prompt): AsyncGenerator<string, ProviderEnd, void> {
    const { signal, messages, maxTokens, temperature, schema } = prompt;
    await withSignal(this.#opened.promise, signal);
    const id = ++this.#lastId;
    const inbox = { reports: [] as Report[], bell: new Doorbell() };
    this.#inboxes.set(id, inbox);
    this.#send({ kind: 'write', id, messages, maxTokens, temperature, schema });
    let over = false;
    try {
      for (;;) {
        const report = inbox.reports.shift();
        if (!report) {
          if (this.#gone !== null) throw new ProviderError('interrupted', `${WHO} broke off: ${this.#gone}.`);
          await inbox.bell.wait(signal);
          signal.throwIfAborted();
        } else if (report.kind === 'piece') yield report.text;
        else if (report.kind === 'ended') {
          over = true;
          return { finish: report.finish, tokens: report.tokens };
        } else if (report.kind === 'failed') {
          over = true;
          throw new ProviderError(report.tooLong ? 'refused' : 'failed', `${WHO}: ${report.reason}.`);
        }
      }
    } finally {
      if (!over && this.#gone === null) await this.#cancel(id, inbox);
      this.#inboxes.delete(id);
    }
  }

  /** Resolves when the process is gone. */
  async dispose(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null || !this.#child.pid) return;
    const gone = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    this.#child.kill('SIGKILL');
    await gone;
  }

  /** Waits until it has stopped, so that the next question does not wait behind the rest of this one. */
  async #cancel(id: number, { reports, bell }: { reports: Report[]; bell: Doorbell }): Promise<void> {
    this.#send({ kind: 'cancel', id });
    const limit = new AbortController();
    const timer = this.#clock.after(STOP_MS, () => limit.abort());
    const stopped = () => reports.some(({ kind }) => kind === 'ended' || kind === 'failed');
    while (!stopped() && this.#gone === null && !limit.signal.aborted) await bell.wait(limit.signal);
    timer.dispose();
    if (!stopped()) await this.dispose();
  }

  #hear(report: Report): void {
    if (report.kind === 'opened') this.#opened.resolve();
    else if (report.kind === 'unusable') {
      this.#lost(report.reason);
      this.#child.kill('SIGKILL');
    } else {
      const inbox = this.#inboxes.get(report.id);
      inbox?.reports.push(report);
      inbox?.bell.ring();
    }
  }

  #lost(reason: string): void {
    if (this.#gone !== null) return;
    this.#gone = reason;
    this.#opened.reject(new ProviderError('failed', `${WHO} cannot be used: ${reason.replace(/\.$/, '')}.`));
    for (const { bell } of this.#inboxes.values()) bell.ring();
  }

  #send(order: Order): void {
    // A process that is ending says so by its exit.
    if (this.#child.connected) this.#child.send(order, () => {});
  }
}

async function withSignal<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
