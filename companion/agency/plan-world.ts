import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isDenied } from '../kernel/index.ts';
import { Halt } from './halt.ts';
import type { WheelParts } from './parts.ts';
import type { PlanWorld, Program, ProgramResult, Rehearsal } from './types.ts';

const MOST_BYTES = 2 * 1024 * 1024;

export interface PlanWorldOptions extends Pick<WheelParts, 'programs' | 'rehearsals'> {
  readonly root: string;
  readonly now: number;
  readonly signal: AbortSignal;
  /** Asked before a program is tried out; throws where it is refused. */
  mayTry(program: Program): void;
  network(program: Program): boolean;
}

/** What a recipe looks at while it plans; what it tries out is run on a copy that is thrown away with it. */
export class LookingWorld implements PlanWorld {
  readonly root: string;
  readonly now: number;
  readonly signal: AbortSignal;
  readonly #options: PlanWorldOptions;
  #copy: Promise<Rehearsal> | null = null;

  constructor(options: PlanWorldOptions) {
    this.#options = options;
    this.root = options.root;
    this.now = options.now;
    this.signal = options.signal;
  }

  async read(file: string): Promise<string | null> {
    const at = await this.#inside(file);
    if (at === null) return null;
    try {
      const facts = await stat(at);
      if (!facts.isFile() || facts.size > MOST_BYTES) return null;
      const bytes = await readFile(at);
      const text = bytes.toString('utf8');
      return bytes.includes(0) || !Buffer.from(text, 'utf8').equals(bytes) ? null : text;
    } catch {
      // It went while it was read, or may not be read: for a plan it is not there.
      return null;
    }
  }

  async list(folder: string): Promise<readonly string[]> {
    const at = folder === '' ? this.root : await this.#inside(folder);
    return at === null ? [] : (await readdir(at).catch(() => [])).sort();
  }

  async tryOut(program: Program): Promise<ProgramResult> {
    const { rehearsals, programs, mayTry } = this.#options;
    const { root, signal } = this;
    mayTry(program);
    this.#copy ??= rehearsals.prepare(root, { signal });
    const { folder } = await this.#copy;
    const result = await programs.run(program, {
      root: folder,
      network: this.#options.network(program),
      signal,
      instead: { of: root, by: folder },
    });
    if (signal.aborted) throw new Halt('stopped', 'It was stopped.');
    return result;
  }

  async dispose(): Promise<void> {
    const copy = await this.#copy?.catch(() => null);
    await copy?.dispose();
  }

  /** Where it really lies; null for what leads out of the folder, is denied, or is not there. */
  async #inside(file: string): Promise<string | null> {
    if (path.isAbsolute(file) || file.split(/[\\/]/).includes('..') || isDenied(file)) return null;
    const real = await realpath(path.join(this.root, file)).catch(() => null);
    if (real === null) return null;
    const within = path.relative(this.root, real);
    const outside = within === '..' || within.startsWith(`..${path.sep}`) || path.isAbsolute(within);
    return outside || isDenied(within) ? null : real;
  }
}
