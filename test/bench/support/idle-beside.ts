import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** A time in which a process did not get to run, ms since 1970. */
export interface Stall {
  readonly from: number;
  readonly until: number;
}

/** A process beside the measured one that does nothing: what holds it up is the machine, not what is measured. */
export class IdleBeside implements Disposable {
  readonly #process: ChildProcess;
  readonly #stalls: Stall[] = [];

  private constructor(child: ChildProcess) {
    this.#process = child;
    child.on('message', (stall: Stall) => this.#stalls.push(stall));
  }

  static async start(): Promise<IdleBeside> {
    const child = fork(path.join(import.meta.dirname, 'idle-process.ts'));
    await once(child, 'message');
    return new IdleBeside(child);
  }

  /** The longest that it was held up within a span of time (ms since 1970), in ms; to be asked a moment later. */
  heldUp(from: number, until: number): number {
    const within = this.#stalls.filter((stall) => stall.from < until && stall.until > from);
    return Math.max(0, ...within.map((stall) => stall.until - stall.from));
  }

  [Symbol.dispose](): void {
    this.#process.kill();
  }
}
