import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Candidate } from '../../../../companion/interruption/candidate.ts';
import { type ClientPort, Interruption } from '../../../../companion/interruption/index.ts';
import type { Rules } from '../../../../companion/interruption/rules.ts';
import { type Clock, seededRandom, silentLogger, VirtualClock } from '../../../../companion/kernel/index.ts';
import { ProgenyError, type Tap } from '../../../../companion/protocol/index.ts';
import { DiskGuard } from '../../../../companion/store/disk-guard.ts';
import { Mind } from '../../../../companion/store/mind.ts';
import { rulesOf, START } from './events.ts';

/** A tap that a window was asked to show. */
interface Asked {
  readonly tap: Tap;
  answer(value: unknown): void;
  fail(error: Error): void;
}

/** A window that is asked to show taps; the test answers. */
export class FakeWindow implements ClientPort {
  readonly id: string;
  readonly asked: Asked[] = [];
  readonly #all: Asked[];

  constructor(id: string, all: Asked[] = []) {
    this.id = id;
    this.#all = all;
  }

  ask(_: 'tap', tap: Tap, signal: AbortSignal): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    signal.addEventListener('abort', () => reject(new ProgenyError('cancelled', 'Withdrawn.')), {
      once: true,
    });
    const asked = { tap, answer: resolve, fail: reject };
    this.asked.push(asked);
    this.#all.push(asked);
    return promise;
  }

  get last() {
    return this.asked.at(-1)!;
  }
}

/** A virtual clock that knows how many timers wait. */
class CountingClock extends VirtualClock {
  waiting = 0;

  override after(ms: number, task: () => void) {
    return this.#count((done) =>
      super.after(ms, () => {
        done();
        task();
      }),
    );
  }

  override every(ms: number, task: () => void) {
    return this.#count(() => super.every(ms, task));
  }

  #count(make: (done: () => void) => { dispose(): void }) {
    this.waiting++;
    let open = true;
    const done = () => {
      if (open) this.waiting--;
      open = false;
    };
    const timer = make(done);
    return {
      dispose: () => {
        done();
        timer.dispose();
      },
    };
  }
}

/** The room on a real store in a temporary folder, with a virtual clock and fake windows. */
export class TestRoom implements Disposable {
  readonly clock = new CountingClock(START);
  /** All taps that any window was asked to show. */
  readonly taps: Asked[] = [];
  /** The windows that are connected. */
  readonly windows: FakeWindow[] = ['one', 'two'].map((id) => new FakeWindow(id, this.taps));
  readonly engaged: [candidate: string, action: string | null][] = [];
  readonly mind: Mind;
  rules: Rules;
  room: Interruption;
  /** While set, nothing can be written. */
  diskFull = false;
  readonly #folder = mkdtempSync(path.join(os.tmpdir(), 'progeny-interruption-'));
  readonly #guard: DiskGuard;

  constructor(rules = rulesOf()) {
    this.rules = rules;
    const still: Clock = new VirtualClock(START);
    this.#guard = new DiskGuard(
      this.#folder,
      () => ({ warnFreeMb: 0, readOnlyFreeMb: 0 }),
      still,
      () => {},
    );
    const { write } = this.#guard;
    this.#guard.write = (work) => {
      if (this.diskFull) throw new ProgenyError('read_only', 'Nothing was stored.');
      return write.call(this.#guard, work) as ReturnType<typeof work>;
    };
    this.mind = new Mind('creator', path.join(this.#folder, 'mind.db'), this.clock, this.#guard);
    this.room = this.#make();
  }

  get [Symbol.toStringTag]() {
    return 'TestRoom';
  }

  /** The process ends without a word and another begins. */
  restart(): void {
    this.room.dispose();
    this.room = this.#make();
  }

  window(id: string): FakeWindow {
    return this.windows.find((window) => window.id === id)!;
  }

  /** The window's connection is gone. */
  close(id: string): void {
    this.windows.splice(this.windows.indexOf(this.window(id)), 1);
  }

  /** Lets answers arrive. */
  async settled(): Promise<void> {
    await setImmediate();
  }

  /** `gate` or outcome of each row, oldest first. */
  get log(): string[] {
    return this.room
      .list(1000)
      .reverse()
      .map(({ candidate, moment, gate, outcome }) => `${candidate} ${moment} ${gate ?? `shown ${outcome}`}`);
  }

  get events(): string[] {
    return this.mind.events(0, 1000).map(({ type }) => type);
  }

  [Symbol.dispose](): void {
    this.room.dispose();
    this.#guard.dispose();
    this.mind.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #make(): Interruption {
    return new Interruption({
      mind: this.mind,
      clock: this.clock,
      random: seededRandom(7),
      logger: silentLogger,
      settings: () => this.rules.settings,
      localTime: (at) => this.rules.local(at),
      clients: () => this.windows,
      onEngaged: (candidate: Candidate, action) => this.engaged.push([candidate.id, action]),
    });
  }
}
