import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { eventually } from './companion.ts';

/** Keys as a terminal sends them. */
export const KEYS = { enter: '\r', down: '\x1b[B', up: '\x1b[A', interrupt: '\x03', clear: '\x15' } as const;

export interface TerminalOptions {
  /** A folder for its own files. */
  folder: string;
  env: NodeJS.ProcessEnv;
  cwd?: string;
  columns?: number;
}

/** A program in a real pseudo-terminal, made by `script` (part of util-linux and of macOS). */
export class Terminal implements AsyncDisposable {
  readonly #script: ChildProcess;
  readonly #pidFile: string;
  readonly #ended: Promise<number>;
  #screen = '';
  #read = 0;

  constructor(argv: readonly string[], { folder, env, cwd, columns = 100 }: TerminalOptions) {
    this.#pidFile = path.join(folder, `pid-${process.hrtime.bigint()}`);
    // The pipe to `script` has no size: the terminal is given one.
    const quoted = argv.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
    const line = `stty cols ${columns} rows 50; echo $$ > '${this.#pidFile}'; exec ${quoted}`;
    const args =
      process.platform === 'darwin' ? ['-q', '/dev/null', 'sh', '-c', line] : ['-qefc', line, '/dev/null'];
    this.#script = spawn('script', args, {
      env: { ...process.env, ...env, TERM: 'xterm' },
      cwd,
      stdio: 'pipe',
    });
    for (const stream of [this.#script.stdout, this.#script.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#screen += text;
      });
    this.#ended = new Promise((resolve, reject) => {
      this.#script.once('error', reject);
      this.#script.once('close', (code) => resolve(code ?? -1));
    });
    this.#script.stdin?.on('error', () => {});
  }

  /** Everything that was shown so far, as text. */
  get text(): string {
    return stripVTControlCharacters(this.#screen).replaceAll('\r', '');
  }

  type(keys: string): void {
    this.#script.stdin?.write(keys);
  }

  /** Waits until `what` is shown after all that was waited for before; returns what was shown up to then. */
  async see(what: string | RegExp, ms = 20_000): Promise<string> {
    try {
      return await eventually(() => {
        const rest = this.text.slice(this.#read);
        const found = typeof what === 'string' ? rest.indexOf(what) : rest.search(what);
        if (found < 0) return null;
        const length = typeof what === 'string' ? what.length : (what.exec(rest)?.[0].length ?? 0);
        this.#read += found + length;
        return rest.slice(0, found + length);
      }, ms);
    } catch {
      throw new Error(`"${what}" was not shown. The screen: ${this.text.slice(-3000)}`);
    }
  }

  /** The exit code, when it has ended by itself. */
  ended(): Promise<number> {
    return this.#ended;
  }

  /** Sends a signal to the program itself. */
  kill(signal: NodeJS.Signals): void {
    process.kill(Number(readFileSync(this.#pidFile, 'utf8')), signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#script.stdin?.destroy();
    if (this.#script.exitCode === null) this.#script.kill('SIGKILL');
    await this.#ended.catch(() => {});
  }
}
