import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Program, ProgramResult, Programs, RunProgramOptions } from '../agency/index.ts';
import type { Clock, Random } from '../kernel/index.ts';
import { prepareBox, type ReadyBox, whyNotSeen } from './box.ts';
import { cleanEnvironment } from './clean-environment.ts';
import { endFamily, systemSignal } from './end-family.ts';
import { Family } from './family.ts';
import { type BubblewrapFound, findBubblewrap } from './find-bubblewrap.ts';
import { findProgram, type ProgramPlace } from './find-program.ts';
import { type ProcessTable, processTable } from './process-table.ts';
import { type KernelLimits, kernelLimits, PROGRAM_LIMITS, type ProgramLimits } from './program-limits.ts';
import { watchProgram } from './running.ts';
import { secretPlaces } from './secret-places.ts';
import { readReports, startProgram } from './start-program.ts';

export interface ProgramsOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Letters and digits that name this companion's data directory: left-overs are known by them at the next start. */
  readonly owner: string;
  /** Absolute places that no contained program sees: the product's own data, with its token. */
  readonly secrets: readonly string[];
  /** Read anew for each program. */
  limits?(): Partial<ProgramLimits>;
  /** Default: this process's own. */
  readonly environment?: NodeJS.ProcessEnv;
  /** How bubblewrap is looked for; default: at the places that the system installs it to. */
  look?(): Promise<BubblewrapFound>;
  /** Default: the table of this system. */
  readonly table?: ProcessTable | null;
}

/** Programs with what belongs to their life as a whole. */
export interface ProgramRunner extends Programs {
  /** Ends what a companion that was killed left running. Tells how many processes there were. */
  killLeftovers(): Promise<number>;
}

/** The name in a program's environment by which it is known. */
const MARKER = 'PROGENY_PROGRAM';
const PRLIMIT = ['/usr/bin/prlimit', '/bin/prlimit', '/run/current-system/sw/bin/prlimit'];

/** Looks once what this system can contain programs with. */
export async function createPrograms(options: ProgramsOptions): Promise<ProgramRunner> {
  const found = await (options.look ?? findBubblewrap)();
  return new SystemPrograms(options, found);
}

class SystemPrograms implements ProgramRunner {
  readonly containment: string;
  readonly #options: ProgramsOptions;
  readonly #bubblewrap: BubblewrapFound;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #table: ProcessTable | null;
  readonly #prlimit = PRLIMIT.find((place) => process.platform === 'linux' && existsSync(place)) ?? null;
  readonly #running = new Set<string>();

  constructor(options: ProgramsOptions, found: BubblewrapFound) {
    this.#options = options;
    this.#bubblewrap = found;
    this.#environment = options.environment ?? process.env;
    this.#table = options.table === undefined ? processTable() : options.table;
    this.containment =
      found.file === null
        ? `not contained: ${found.why}`
        : `contained by bubblewrap ${found.version}: it can write inside of the folder only, not into its repository; it has no network unless that was granted; keys, tokens and services of this computer are hidden`;
  }

  async run(program: Program, options: RunProgramOptions): Promise<ProgramResult> {
    if (options.signal.aborted) return notRun('stopped', '');
    const root = await realpath(options.root).catch(() => null);
    const of = options.instead && (await realpath(options.instead.of).catch(() => null));
    if (root === null || of === null) {
      const missing = root === null ? options.root : options.instead?.of;
      return notRun('not_started', `The folder ${JSON.stringify(missing)} is not there any more.`);
    }
    const folders = of === undefined ? [root] : [root, of];
    const environment = cleanEnvironment(this.#environment, folders);
    const place = await findProgram(program, { root, of, environment });
    if (typeof place === 'string') return notRun('not_started', place);
    const secrets = secretPlaces(environment.HOME, this.#options.secrets);
    if (this.#bubblewrap.file !== null) {
      const why = await whyNotSeen(place.file, root, secrets);
      if (why !== null) return notRun('not_started', why);
    }
    const token = `${this.#options.owner}.${this.#nonce()}`;
    this.#running.add(token);
    const { network } = options;
    let box: ReadyBox | null = null;
    try {
      if (this.#bubblewrap.file !== null)
        box = await prepareBox({ root, of, folder: place.folder, network, secrets });
      const made = { environment, root, token, box, copy: of !== undefined, signal: options.signal };
      return await this.#start(program, place, made);
    } finally {
      box?.dispose();
      this.#running.delete(token);
    }
  }

  async killLeftovers(): Promise<number> {
    if (!this.#table) return 0;
    const table = this.#table;
    const running = [...this.#running].map((token) => `${MARKER}=${token}`);
    const assignment = `${MARKER}=${this.#options.owner}.`;
    const rows = await table.rows();
    const left = rows.filter(
      ({ pid }) =>
        table.hasInEnvironment(pid, assignment) && !running.some((own) => table.hasInEnvironment(pid, own)),
    );
    // Who threw the environment away is known by the limit of those who did not.
    const marks = new Set(left.map(({ pid }) => (this.#prlimit === null ? null : table.limitOf(pid))));
    let killed = 0;
    for (const { pid } of left) {
      for (const limit of marks) {
        const family = new Family(table, { root: pid, assignment: `${MARKER}=\n`, limit: ownMark(limit) });
        const ended = await endFamily(family, { clock: this.#options.clock, signal: systemSignal });
        killed += ended.length;
      }
    }
    return killed;
  }

  async #start(
    program: Program,
    place: ProgramPlace,
    made: {
      readonly environment: NodeJS.ProcessEnv;
      readonly root: string;
      readonly token: string;
      readonly box: ReadyBox | null;
      readonly copy: boolean;
      readonly signal: AbortSignal;
    },
  ): Promise<ProgramResult> {
    const limits = { ...PROGRAM_LIMITS, ...this.#options.limits?.() };
    const kernel = await this.#kernelLimits(limits);
    const argv = this.#argv(program, place, made.box, made.root);
    const [file, ...args] = [...kernel.before, ...argv] as [string, ...string[]];
    const { child, streams } = await startProgram({
      file,
      args,
      folder: made.box ? '/' : place.folder,
      environment: {
        ...made.environment,
        ...(made.box
          ? { TMPDIR: '/tmp', npm_config_cache: '/tmp/npm', GOCACHE: '/tmp/go' }
          : // A copy without its repository is not part of one that happens to lie above it.
            made.copy && { GIT_CEILING_DIRECTORIES: path.dirname(made.root) }),
        [MARKER]: made.token,
      },
      reports: made.box !== null,
    });
    const reports = made.box ? readReports(child) : null;
    const assignment = `${MARKER}=${made.token}`;
    return watchProgram({
      child,
      streams,
      family:
        this.#table && child.pid !== undefined
          ? new Family(this.#table, { root: child.pid, assignment, limit: kernel.mark })
          : null,
      limits,
      clock: this.#options.clock,
      signal: made.signal,
      send: systemSignal,
      endTree: taskkill,
      reports,
    });
  }

  #argv({ argv }: Program, place: ProgramPlace, box: ReadyBox | null, root: string): string[] {
    const rest = argv.slice(1);
    if (!box || this.#bubblewrap.file === null) return [place.file, ...rest];
    // What lies in the folder is started where the program sees it.
    const below = path.relative(root, place.file);
    const inside = !below.startsWith('..') && !path.isAbsolute(below);
    const file = inside ? path.join(box.at, below) : place.file;
    return [this.#bubblewrap.file, '--json-status-fd', '3', ...box.args, '--', file, ...rest];
  }

  #kernelLimits({ processes }: ProgramLimits): Promise<KernelLimits> | KernelLimits {
    if (!this.#table) return { before: [], mark: null };
    const chance = this.#options.random.next();
    return kernelLimits({ prlimit: this.#prlimit, table: this.#table, processes, chance });
  }

  #nonce(): string {
    return Math.floor(this.#options.random.next() * 2 ** 48).toString(36);
  }
}

/** A mark is well below what the system sets by itself. */
const ownMark = (limit: number | null): number | null =>
  limit !== null && limit >= 300_000 && limit < 800_000 ? limit : null;

function notRun(ended: 'stopped' | 'not_started', output: string): ProgramResult {
  return { code: null, ended, output, ms: 0, killed: 0 };
}

/** Windows: the process with all its children that still have their parent. */
function taskkill(pid: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const system = process.env.SystemRoot ?? 'C:\\Windows';
  const file = path.join(system, 'System32', 'taskkill.exe');
  execFile(file, ['/T', '/F', '/PID', String(pid)], { windowsHide: true }, () => resolve());
  return promise;
}
