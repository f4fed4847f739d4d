import type { WorkEvent } from '../../../companion/timeline/index.ts';
import { Chance } from './chance.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** 2026-03-02, a Monday, at 00:00 UTC. */
const MONDAY = Date.UTC(2026, 2, 2);

/** How work keeps to its scope, or goes out of it. */
export type Shape = 'focused' | 'refactoring' | 'layers' | 'test first' | 'packages' | 'flat';
export const SHAPES: readonly Shape[] = [
  'focused',
  'refactoring',
  'layers',
  'test first',
  'packages',
  'flat',
];

/** Which share of the edits goes elsewhere once the scope creeps. */
export const STRENGTHS = { mild: 0.4, clear: 0.65, strong: 0.9 } as const;
export type Strength = keyof typeof STRENGTHS;

export interface ScopeSession {
  readonly name: string;
  readonly seed: number;
  readonly shape: Shape;
  readonly loop: string;
  readonly branch: string;
  readonly events: readonly WorkEvent[];
  /** When the scope begins to creep, and how strongly; null: it never does. */
  readonly creep: { readonly at: number; readonly strength: Strength } | null;
  /** Times of the user's own edits on the branch, oldest first. */
  readonly touches: readonly number[];
  /** Time at work on the branch that keeps to its scope, in ms: breaks, nights and other branches left out. */
  readonly steadyMs: number;
}

/**
 * One loop on a branch of its own, over some days: steady work of a shape with all that makes it noisy and is no creep
 * (lunch, meetings, errands of some minutes, callers that follow a renaming, other branches, formatters, generated
 * files, pulls, commits of others), and from some moment on, where asked for, edits that go elsewhere for good.
 */
export function scopeSession(seed: number, strength: Strength | null): ScopeSession {
  const writer = new Writer(seed, strength);
  writer.days();
  return writer.finish();
}

const AREAS = [
  'parser',
  'orders',
  'search',
  'billing',
  'layout',
  'import',
  'voice',
  'clock',
  'graph',
  'mail',
];
const PARTS = ['reader', 'writer', 'state', 'rules', 'index', 'errors', 'format', 'queue', 'cache', 'types'];
const DEEPER = ['internal', 'model', 'io'];

type Told = WorkEvent extends infer E ? (E extends WorkEvent ? Omit<E, 'at' | 'workspace'> : never) : never;

/** The files of one area of a repository that is laid out in some way. */
function filesOf(shape: Shape, area: string): string[] {
  switch (shape) {
    case 'layers':
      return [
        `server/routes/${area}.ts`,
        `server/models/${area}.ts`,
        `server/services/${area}-service.ts`,
        `web/pages/${area}.tsx`,
        `web/components/${area}-list.tsx`,
        `web/components/${area}-form.tsx`,
        `test/server/${area}.test.ts`,
      ];
    case 'packages':
      return [
        ...PARTS.slice(0, 6).map((part) => `packages/${area}/src/${part}.ts`),
        ...PARTS.slice(0, 3).map((part) => `packages/${area}/test/${part}.test.ts`),
        `packages/${area}/README.md`,
      ];
    case 'flat':
      return [
        ...PARTS.slice(0, 7).map((part) => `${area}/${part}.py`),
        ...PARTS.slice(0, 3).map((part) => `tests/test_${area}_${part}.py`),
      ];
    default:
      return [
        ...PARTS.map((part) => `src/${area}/${part}.ts`),
        ...PARTS.slice(0, 4).map((part) => `src/${area}/${DEEPER[part.length % 3]}/${part}-core.ts`),
        ...PARTS.slice(0, 5).map((part) => `test/${area}/${part}.test.ts`),
      ];
  }
}

class Writer {
  readonly #chance: Chance;
  readonly #seed: number;
  readonly #strength: Strength | null;
  readonly #shape: Shape;
  readonly #others: readonly string[];
  /** Where the scope creeps to: one or two areas. */
  readonly #lure: readonly string[];
  readonly #branch: string;
  readonly #events: WorkEvent[] = [];
  readonly #touches: number[] = [];
  readonly #editedAt = new Map<string, number>();
  readonly #scope: readonly string[];
  /** Median time between two edits. */
  readonly #pace: number;
  readonly #days: number;
  /** How often a single edit goes elsewhere without any meaning. */
  readonly #stray: number;
  #working: string[] = [];
  #uncommitted = new Set<string>();
  #at = 0;
  #creepAt: number | null = null;
  #steadyMs = 0;

  constructor(seed: number, strength: Strength | null) {
    const chance = new Chance(seed);
    this.#chance = chance;
    this.#seed = seed;
    this.#strength = strength;
    this.#shape = SHAPES[seed % SHAPES.length]!;
    const [area, ...others] = chance.some(AREAS, 6);
    this.#others = others;
    this.#lure = chance.some(others, chance.whole(1, 2));
    this.#branch = `${chance.pick(['feature', 'fix', 'ana'])}/${chance.hit(0.6) ? area : `work-${chance.hex(3)}`}`;
    this.#scope = filesOf(this.#shape, area!);
    this.#pace = chance.pick([55 * SECOND, 80 * SECOND, 2 * MINUTE, 3.5 * MINUTE]);
    this.#days = strength === null ? chance.whole(3, 6) : chance.whole(3, 4);
    this.#stray = chance.pick([0.01, 0.03, 0.06]);
  }

  days(): void {
    const chance = this.#chance;
    const creepDay = chance.whole(1, this.#days - 2);
    const creepHour = chance.between(0.5, 5);
    for (let day = 0; day < this.#days; day++) {
      const start = MONDAY + day * DAY + chance.normal(9, 0.4) * HOUR;
      this.#at = start;
      this.#tellLoop();
      this.#day(start, this.#strength !== null && day === creepDay ? start + creepHour * HOUR : null);
    }
  }

  finish(): ScopeSession {
    const creep =
      this.#strength !== null && this.#creepAt !== null
        ? { at: this.#creepAt, strength: this.#strength }
        : null;
    return {
      name: `${this.#seed}: ${this.#shape} on ${this.#branch}, ${this.#strength ?? 'steady'}`,
      seed: this.#seed,
      shape: this.#shape,
      loop: `loop_${this.#seed}`,
      branch: this.#branch,
      events: this.#events.sort((a, b) => a.at - b.at),
      creep,
      touches: this.#touches.sort((a, b) => a - b),
      steadyMs: this.#steadyMs,
    };
  }

  #day(start: number, creepFrom: number | null): void {
    const chance = this.#chance;
    const end = start + chance.normal(7.6, 0.5) * HOUR;
    const lunchAt = start + chance.between(3, 3.8) * HOUR;
    const errandAt = chance.hit(0.55) ? start + chance.between(1, 6) * HOUR : null;
    const disturbances = chance.some(
      [
        () => this.#formatter(),
        () => this.#generated(),
        () => this.#elsewhere(),
        () => this.#meeting(chance.between(20, 70) * MINUTE),
        () => this.#pull(),
        () => this.#companions(),
        () => this.#foreignCommits(),
      ],
      chance.whole(2, 5),
    );
    const times = disturbances
      .map((act) => ({ act, at: start + chance.between(0.3, 7) * HOUR }))
      .sort((a, b) => a.at - b.at);
    // What one works on this day: in a refactoring all of it, else some files.
    const few = this.#shape === 'refactoring' ? this.#scope.length : chance.whole(3, 6);
    this.#working = chance.some(this.#scope, few);
    let eaten = false;
    let ran = errandAt === null;
    while (this.#at < end) {
      if (creepFrom !== null && this.#creepAt === null && this.#at >= creepFrom) this.#creepAt = this.#at;
      if (times[0] && this.#at >= times[0].at) {
        times.shift()!.act();
      } else if (!eaten && this.#at >= lunchAt) {
        eaten = true;
        this.#meeting(chance.between(30, 75) * MINUTE);
      } else if (!ran && this.#at >= errandAt!) {
        ran = true;
        this.#errand();
      } else this.#step();
    }
    this.#commit();
  }

  /** One edit, and the time after it. */
  #step(): void {
    const chance = this.#chance;
    const before = this.#at;
    const creeping = this.#creepAt !== null;
    const elsewhere = creeping && chance.hit(STRENGTHS[this.#strength!]);
    if (elsewhere) this.#edit(chance.pick(filesOf(this.#shape, chance.pick(this.#lure))));
    else if (chance.hit(this.#stray))
      this.#edit(chance.pick(filesOf(this.#shape, chance.pick(this.#others))));
    else this.#edit(this.#shape === 'test first' && chance.hit(0.5) ? this.#test() : this.#own());
    this.#at += Math.max(20 * SECOND, chance.around(this.#pace, 0.6));
    if (chance.hit(0.02)) this.#at += chance.between(4, 15) * MINUTE;
    if (this.#uncommitted.size >= 3 && chance.hit(0.03)) this.#commit();
    if (!creeping) this.#steadyMs += this.#at - before;
  }

  #own(): string {
    // Now and then a file of the scope that is not of the day.
    return this.#chance.hit(0.06) ? this.#chance.pick(this.#scope) : this.#chance.pick(this.#working);
  }

  #test(): string {
    return this.#chance.pick(this.#scope.filter((file) => file.startsWith('test')));
  }

  #say(event: Told, at = this.#at): void {
    this.#events.push({ at: Math.round(at), workspace: 'ws', ...event } as WorkEvent);
  }

  #edit(file: string, branch = this.#branch): void {
    const key = `${file} ${branch}`;
    if (this.#at - (this.#editedAt.get(key) ?? 0) < MINUTE) return;
    this.#editedAt.set(key, this.#at);
    this.#say({ kind: 'edit', file, branch, size: this.#chance.whole(500, 20_000) });
    if (branch !== this.#branch) return;
    this.#touches.push(Math.round(this.#at));
    this.#uncommitted.add(file);
  }

  #commit(files: readonly string[] = [...this.#uncommitted], own = true): void {
    if (files.length === 0) return;
    this.#say({
      kind: 'commit',
      commit: this.#chance.hex(40),
      own,
      branch: this.#branch,
      files: files.slice(0, 200),
      insertions: this.#chance.whole(1, 200),
      deletions: this.#chance.whole(0, 80),
    });
    if (own) this.#uncommitted.clear();
  }

  #tellLoop(): void {
    this.#say({
      kind: 'loop',
      loop: `loop_${this.#seed}`,
      status: 'open',
      touchedAt: Math.round(this.#touches.at(-1) ?? this.#at),
      branch: this.#branch,
      files: [...this.#uncommitted].slice(0, 50),
    });
  }

  #meeting(ms: number): void {
    this.#say({ kind: 'focus', focused: false });
    this.#at += ms;
    this.#say({ kind: 'focus', focused: true });
  }

  /** Some minutes for something else on the same branch: a wrong word in another place, or callers of what was renamed. */
  #errand(): void {
    const chance = this.#chance;
    const area = chance.pick(this.#others);
    const end = this.#at + chance.between(6, 16) * MINUTE;
    const callers = chance.hit(0.4);
    const before = this.#at;
    while (this.#at < end) {
      const from = callers ? chance.pick(this.#others) : area;
      this.#edit(chance.pick(filesOf(this.#shape, from)));
      this.#at += Math.max(20 * SECOND, chance.around(this.#pace, 0.4));
    }
    if (this.#creepAt === null) this.#steadyMs += this.#at - before;
  }

  /** Another branch for a while, where anything goes. */
  #elsewhere(): void {
    const chance = this.#chance;
    const other = chance.pick(['main', 'hotfix/x', 'spike/y']);
    this.#commit();
    this.#switchTo(other);
    const end = this.#at + chance.between(10, 70) * MINUTE;
    const area = chance.pick(this.#others);
    while (this.#at < end) {
      this.#edit(chance.pick(filesOf(this.#shape, area)), other);
      this.#at += chance.around(this.#pace, 0.5);
    }
    this.#switchTo(this.#branch);
  }

  /** Git writes files when another branch is checked out; the watcher sees them. */
  #switchTo(branch: string): void {
    const chance = this.#chance;
    this.#say({ kind: 'branch', branch });
    const files = chance.some(
      this.#others.flatMap((area) => filesOf(this.#shape, area)),
      chance.whole(2, 30),
    );
    for (const file of files)
      this.#say(
        { kind: 'edit', file, branch, size: chance.whole(500, 9000) },
        this.#at + chance.between(50, 1500),
      );
    this.#at += chance.between(5, 40) * SECOND;
  }

  /** A formatter runs over everything. */
  #formatter(): void {
    const chance = this.#chance;
    const all = AREAS.flatMap((area) => filesOf(this.#shape, area));
    const files = chance.some(all, chance.whole(12, all.length));
    for (const file of files)
      this.#say(
        { kind: 'edit', file, branch: this.#branch, size: chance.whole(500, 9000) },
        this.#at + chance.between(0, 1900),
      );
    this.#at += 5 * SECOND;
    if (chance.hit(0.6)) this.#commit(files);
    this.#at += chance.between(20, 90) * SECOND;
  }

  /** What programs write beside the work: locks, snapshots, bundles. */
  #generated(): void {
    const chance = this.#chance;
    for (let n = chance.whole(2, 8); n > 0; n--) {
      const file = chance.pick([
        'package-lock.json',
        'dist/index.js',
        'dist/index.js.map',
        `test/__snapshots__/${chance.pick(AREAS)}.test.ts.snap`,
        'src/generated/schema.ts',
        'coverage/lcov.info',
        'yarn.lock',
      ]);
      this.#say({ kind: 'edit', file, branch: this.#branch, size: chance.whole(500, 90_000) });
      this.#at += chance.between(1, 100) * SECOND;
    }
  }

  /** What goes with any work: notes on the change, settings of the project. */
  #companions(): void {
    for (const file of this.#chance.some(
      ['README.md', 'CHANGELOG.md', 'package.json', 'tsconfig.json'],
      this.#chance.whole(1, 3),
    )) {
      this.#edit(file);
      this.#at += this.#chance.between(1, 4) * MINUTE;
    }
  }

  /** Others' work comes in: many files at once, and their commits. */
  #pull(): void {
    const chance = this.#chance;
    const files = chance.some(
      this.#others.flatMap((area) => filesOf(this.#shape, area)),
      chance.whole(8, 40),
    );
    for (const file of files)
      this.#say(
        { kind: 'edit', file, branch: this.#branch, size: chance.whole(500, 9000) },
        this.#at + chance.between(0, 1500),
      );
    this.#at += 3 * SECOND;
    this.#foreignCommits();
  }

  #foreignCommits(): void {
    const chance = this.#chance;
    for (let n = chance.whole(2, 12); n > 0; n--) {
      this.#commit(chance.some(filesOf(this.#shape, chance.pick(this.#others)), chance.whole(1, 5)), false);
      this.#at += chance.between(0.2, 2) * SECOND;
    }
  }
}
