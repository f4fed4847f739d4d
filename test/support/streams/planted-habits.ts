import type { WorkEvent } from '../../../companion/timeline/index.ts';
import { Chance } from './chance.ts';

/** What a developer does as a rule, with a value that can be checked. */
export type Habit =
  /** Local hours (0-24, with fractions) at which the working day usually begins and ends. */
  | { readonly generator: 'rhythm'; readonly starts: number; readonly ends: number }
  /** The two or three hours (`from` included, `until` not) in which most own commits and edits fall. */
  | { readonly generator: 'peak_hours'; readonly from: number; readonly until: number }
  /** Whether tests are written before the code of the same change, or after it. */
  | { readonly generator: 'test_order'; readonly order: 'first' | 'last' }
  /** Many commits of few files, or few of many. */
  | { readonly generator: 'commit_size'; readonly size: 'small' | 'large' }
  /** `prefix`: own branches whose names begin so ("fix/"); null: straight on the default branch. */
  | { readonly generator: 'branch_habit'; readonly prefix: string | null }
  /** Two files that change in the same commits; `a` before `b` by name. */
  | { readonly generator: 'files_together'; readonly a: string; readonly b: string };

export type Generator = Habit['generator'];

export interface HabitHistory {
  readonly name: string;
  readonly seed: number;
  readonly workspace: string;
  readonly from: number;
  readonly until: number;
  readonly offsetMinutes: number;
  readonly events: readonly WorkEvent[];
  readonly habits: readonly Habit[];
  /** Generators of which this developer has no habit at all: any belief of theirs is wrong. */
  readonly none: readonly Generator[];
  /** Regularities that are no habits: pairs of files that meet by chance, a habit of one week. Believing one is wrong. */
  readonly traps: readonly Habit[];
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** 2026-03-02, a Monday, at 00:00 UTC. */
const MONDAY = Date.UTC(2026, 2, 2);
/** Two files that meet in three commits of one day, and never again. */
const CHANCE_PAIR = ['src/clock/leap.ts', 'src/search/rank.ts'] as const;
const FOLDERS = ['parser', 'store', 'views', 'wire', 'rules'];

/**
 * Whether a belief is that of a label: the same generator; hours within an hour of either end for `rhythm`; at least
 * half of the planted hours in common for `peak_hours`, and no more than four hours long; else the same value.
 */
export function isOf(belief: Habit, habit: Habit): boolean {
  if (belief.generator === 'rhythm' && habit.generator === 'rhythm')
    return Math.abs(belief.starts - habit.starts) <= 1 && Math.abs(belief.ends - habit.ends) <= 1;
  if (belief.generator === 'peak_hours' && habit.generator === 'peak_hours') {
    const common = Math.min(belief.until, habit.until) - Math.max(belief.from, habit.from);
    return common >= (habit.until - habit.from) / 2 && belief.until - belief.from <= 4;
  }
  if (belief.generator === 'test_order' && habit.generator === 'test_order')
    return belief.order === habit.order;
  if (belief.generator === 'commit_size' && habit.generator === 'commit_size')
    return belief.size === habit.size;
  if (belief.generator === 'branch_habit' && habit.generator === 'branch_habit')
    return belief.prefix === habit.prefix;
  if (belief.generator === 'files_together' && habit.generator === 'files_together')
    return belief.a === habit.a && belief.b === habit.b;
  return false;
}

/**
 * Four weeks and more of one developer, with habits planted and others left out. What a reader of the whole history
 * would call a habit:
 *
 * - `rhythm`: begins within half an hour on most days and ends within about 45 minutes. Without one, days begin
 *   anywhere between 6 and 15 o'clock and last 2 to 9 hours.
 * - `peak_hours`: over half of edits and commits in the same two or three hours, on most days. Without, work is
 *   spread evenly over the hours of presence.
 * - `test_order`: of the changes with both test and code, nine in ten have the test edited (and run, red) first, or
 *   all the code first. Without, a coin decides. Tests are `test/<folder>/<name>.test.ts` of `src/<folder>/<name>.ts`.
 * - `commit_size`: `small`: one to three files and at most 40 lines, many a day; `large`: 9 to 22 files and hundreds of
 *   lines, about one a day or fewer. Without, sizes of all kinds, most between 3 and 9 files.
 * - `branch_habit`: nine in ten commits on branches of one prefix, each branch new after a few commits; or on the
 *   default branch (`main`). Without, a mix of prefixes and the default branch.
 * - `files_together`: two files of which either seldom changes without the other (nine in ten), in at least eight
 *   commits over all weeks. Traps: two files in most commits each (a changelog, a version), which meet because both are
 *   always there; a pair that met in three commits of one day; a habit of one week that was given up.
 *
 * Foreign commits (`own: false`) have their own hours, sizes, branches and pairs, and say nothing of the user. Test files
 * of a changed source change with it in part of the commits; such a pair of test and source counts as neither right nor
 * wrong (see `mayBe`).
 */
export function habitHistory(seed: number, { weeks = 5 } = {}): HabitHistory {
  return new Developer(seed, weeks).live();
}

export function habitHistories({ seed = 1, count = 30, weeks = 5 } = {}): HabitHistory[] {
  return Array.from({ length: count }, (_, n) => habitHistory(seed * 1000 + n, { weeks }));
}

/** Whether a belief is neither right nor wrong: a test goes with its source in everybody's work. */
export function mayBe(belief: Habit): boolean {
  if (belief.generator !== 'files_together') return false;
  const stem = (file: string) => file.replace(/^(src|test)\//, '').replace(/(\.test)?\.ts$/, '');
  return stem(belief.a) === stem(belief.b);
}

class Developer {
  readonly #chance: Chance;
  readonly #seed: number;
  readonly #weeks: number;
  readonly #offsetMinutes: number;
  readonly #events: WorkEvent[] = [];
  readonly #sizes = new Map<string, number>();
  readonly #rhythm: { starts: number; ends: number } | null;
  readonly #peak: { from: number; until: number } | null;
  readonly #order: 'first' | 'last' | null;
  readonly #size: 'small' | 'large' | null;
  readonly #branches: { prefix: string | null } | null;
  readonly #pairs: readonly (readonly [string, string])[];
  readonly #traps: Habit[] = [];
  readonly #always: readonly string[];
  #branch = 'main';
  #commitsOnBranch = 0;

  constructor(seed: number, weeks: number) {
    const chance = new Chance(seed);
    this.#chance = chance;
    this.#seed = seed;
    this.#weeks = weeks;
    this.#offsetMinutes = chance.pick([-480, -300, 0, 60, 330, 540]);
    const starts = chance.between(6.5, 10.5);
    this.#rhythm = chance.hit(0.6) ? { starts, ends: starts + chance.between(7.5, 9) } : null;
    const from = Math.floor((this.#rhythm?.starts ?? 9) + chance.between(1, 5));
    this.#peak = chance.hit(0.5) ? { from, until: from + chance.whole(2, 3) } : null;
    this.#order = chance.pick(['first', 'last', null, 'first', null]);
    this.#size = chance.pick(['small', 'large', null]);
    this.#branches = chance.pick([
      { prefix: 'fix/' },
      { prefix: 'feature/' },
      { prefix: 'ana/' },
      { prefix: null },
      null,
    ]);
    this.#pairs = chance.some(
      [
        ['src/store/schema.ts', 'src/wire/messages.ts'],
        ['docs/settings.md', 'src/rules/settings.ts'],
        ['package.json', 'package-lock.json'].sort() as [string, string],
        ['src/parser/grammar.ts', 'src/views/outline.ts'],
      ] as const,
      chance.whole(0, 2),
    );
    this.#always = this.#size !== 'small' && chance.hit(0.7) ? ['CHANGELOG.md', 'src/version.ts'] : [];
    this.#traps.push({
      generator: 'files_together',
      a: 'src/store/foreign-b.ts',
      b: 'src/wire/foreign-a.ts',
    });
    this.#traps.push({ generator: 'files_together', a: CHANCE_PAIR[0], b: CHANCE_PAIR[1] });
    if (this.#always.length > 0)
      this.#traps.push({ generator: 'files_together', a: 'CHANGELOG.md', b: 'src/version.ts' });
  }

  live(): HabitHistory {
    const from = MONDAY - this.#offsetMinutes * MINUTE;
    const until = from + this.#weeks * 7 * DAY;
    const odd = this.#chance.whole(1, 3);
    if (this.#order === null)
      this.#traps.push(
        { generator: 'test_order', order: 'first' },
        { generator: 'test_order', order: 'last' },
      );
    for (let day = 0; day < this.#weeks * 7; day++) {
      const meets = day === 8;
      if (!meets && (day % 7 >= 5 ? this.#chance.hit(0.92) : this.#chance.hit(0.05))) continue;
      this.#day(from + day * DAY, { odd: Math.floor(day / 7) === odd, meets });
      if (this.#chance.hit(0.5)) this.#others(from + day * DAY);
    }
    const events = onceAMinute(this.#events.filter(({ at }) => at < until).sort((a, b) => a.at - b.at));
    const habits = this.#habits();
    const known = new Set(habits.map(({ generator }) => generator));
    const all: Generator[] = [
      'rhythm',
      'peak_hours',
      'test_order',
      'commit_size',
      'branch_habit',
      'files_together',
    ];
    return {
      name: `${this.#id}: ${[...known].join(', ') || 'no habit'}`,
      seed: this.#seed,
      workspace: this.#id,
      from,
      until,
      offsetMinutes: this.#offsetMinutes,
      events,
      habits,
      none: all.filter((generator) => !known.has(generator)),
      traps: this.#traps,
    };
  }

  get #id(): string {
    return `wsp_${this.#seed.toString(36)}`;
  }

  #habits(): Habit[] {
    const habits: Habit[] = this.#pairs.map(([a, b]) => ({ generator: 'files_together', a, b }));
    if (this.#rhythm) habits.push({ generator: 'rhythm', ...this.#rhythm });
    if (this.#peak) habits.push({ generator: 'peak_hours', ...this.#peak });
    if (this.#order) habits.push({ generator: 'test_order', order: this.#order });
    if (this.#size) habits.push({ generator: 'commit_size', size: this.#size });
    if (this.#branches) habits.push({ generator: 'branch_habit', ...this.#branches });
    return habits;
  }

  /** `odd`: in the week in which everything is done in another order, which is no habit. */
  #day(midnight: number, { odd, meets }: { odd: boolean; meets: boolean }): void {
    const chance = this.#chance;
    const [starts, ends] = this.#presence();
    const opens = midnight + starts * HOUR;
    this.#say(opens, { kind: 'focus', focused: true });
    // The first and the last edit stand near the ends of the day, wherever the others are.
    this.#edit(opens + chance.between(1, 12) * MINUTE, 'src/rules/z-rules.ts');
    this.#edit(midnight + ends * HOUR - chance.between(1, 15) * MINUTE, 'src/rules/z-rules.ts');
    const changes = {
      small: chance.whole(5, 9),
      large: chance.hit(0.75) ? 1 : 0,
      none: chance.whole(2, 4),
    }[this.#size ?? 'none'];
    const hours = Array.from({ length: changes + (meets ? 3 : 0) }, () => this.#hour(starts, ends));
    hours.sort((a, b) => a - b);
    for (const [n, hour] of hours.entries())
      this.#change(midnight + hour * HOUR, odd, meets && n < 3 ? CHANCE_PAIR : []);
    // Edits that lead to no commit, of files that no commit of these weeks has.
    for (let n = chance.whole(8, 20); n > 0; n--) {
      const folder = chance.pick(FOLDERS);
      const file = `src/${folder}/${chance.pick(['q', 'r', 's', 't'])}-${folder}.ts`;
      this.#edit(midnight + this.#hour(starts, ends) * HOUR, file);
    }
    this.#say(midnight + ends * HOUR, { kind: 'focus', focused: false });
  }

  /** When a day begins and ends, in hours. */
  #presence(): [number, number] {
    const chance = this.#chance;
    if (this.#rhythm && !chance.hit(0.08))
      return [chance.normal(this.#rhythm.starts, 0.2), chance.normal(this.#rhythm.ends, 0.35)];
    if (this.#peak) return [chance.between(5, this.#peak.from), chance.between(this.#peak.until, 23.5)];
    const starts = chance.between(6, 15);
    return [starts, starts + chance.between(2, 9)];
  }

  #hour(starts: number, ends: number): number {
    const chance = this.#chance;
    if (this.#peak && chance.hit(0.72)) return chance.between(this.#peak.from, this.#peak.until);
    // The work of a change takes the third of an hour before its commit.
    return chance.between(Math.min(starts + 0.4, ends), ends);
  }

  /** A change from the first edit to its commit at about `at`. */
  #change(at: number, odd: boolean, also: readonly string[]): void {
    const chance = this.#chance;
    const small = this.#size === 'small';
    const count = {
      small: chance.whole(1, 2),
      large: chance.whole(9, 22),
      none: chance.pick([2, 3, 4, 4, 5, 6, 7, 9, 12]),
    }[this.#size ?? 'none'];
    const files = new Set<string>();
    const folder = chance.pick(FOLDERS);
    while (files.size < count) {
      const where = chance.hit(0.6) ? folder : chance.pick(FOLDERS);
      files.add(`src/${where}/${chance.pick([...'abcdefghijklmnop'])}-${where}.ts`);
    }
    for (const [a, b] of this.#pairs) {
      if (!chance.hit({ small: 0.12, large: 0.65, none: 0.22 }[this.#size ?? 'none'])) continue;
      if (small) files.clear();
      // Seldom one without the other.
      if (!chance.hit(0.08)) files.add(a).add(b);
      else files.add(chance.pick([a, b]));
    }
    if (also.length > 0 && small) files.clear();
    for (const file of also) files.add(file);
    for (const file of this.#always) if (chance.hit(0.75)) files.add(file);
    this.#work(at, [...files], odd);
  }

  #work(at: number, files: readonly string[], odd: boolean): void {
    const chance = this.#chance;
    const code = files.filter((file) => /^src\/\w+\/[a-p]-/.test(file));
    const tests =
      code.length > 0 && chance.hit(0.6) ? [code[0]!.replace(/^src\/(.*)\.ts$/, 'test/$1.test.ts')] : [];
    const rest = files.filter((file) => !code.includes(file));
    const usual = this.#order !== null && !odd ? chance.hit(0.92) : chance.hit(0.5);
    const testFirst = (this.#order ?? 'first') === 'first' ? usual : !usual;
    const sequence = testFirst ? [...tests, ...code, ...rest] : [...code, ...rest, ...tests];
    const each = Math.min(3 * MINUTE, (20 * MINUTE) / (sequence.length + 1));
    let now = at - each * (sequence.length + 1);
    const name = tests[0] ?? 'unit';
    for (const [n, file] of sequence.entries()) {
      this.#edit(now, file);
      now += each * chance.between(0.7, 1.2);
      // Test first: it is run, and red, before there is any code.
      if (tests.length > 0 && testFirst && n === 0) this.#say(now, { kind: 'test', passed: false, name });
    }
    if (tests.length > 0 || chance.hit(0.3)) this.#say(now, { kind: 'test', passed: true, name });
    this.#commit(now + 20 * SECOND, [...files, ...tests]);
  }

  #commit(at: number, files: readonly string[]): void {
    const chance = this.#chance;
    const lines = { small: chance.whole(2, 38), large: chance.whole(180, 900), none: chance.whole(10, 260) }[
      this.#size ?? 'none'
    ];
    this.#say(at, {
      kind: 'commit',
      commit: chance.hex(40),
      own: true,
      branch: this.#onBranch(at - MINUTE),
      files,
      insertions: Math.ceil(lines * 0.7),
      deletions: Math.floor(lines * 0.3),
    });
  }

  #onBranch(at: number): string {
    const chance = this.#chance;
    if (this.#commitsOnBranch-- > 0) return this.#branch;
    this.#commitsOnBranch = chance.whole(0, 3);
    const usual = this.#branches && chance.hit(0.93);
    const prefix = usual ? this.#branches!.prefix : chance.pick(['fix/', 'feature/', 'try/', null, null]);
    this.#branch =
      prefix === null
        ? 'main'
        : `${prefix}${chance.pick(['clock', 'wire', 'outline', 'import'])}-${chance.hex(3)}`;
    this.#say(at, { kind: 'branch', branch: this.#branch });
    return this.#branch;
  }

  /** What others did comes with a pull: their hours, branches, sizes and pairs are theirs. */
  #others(midnight: number): void {
    const chance = this.#chance;
    for (let n = chance.whole(1, 8); n > 0; n--) {
      const files = ['src/wire/foreign-a.ts', 'src/store/foreign-b.ts'];
      for (let more = chance.whole(0, 12); more > 0; more--)
        files.push(`src/views/${chance.whole(0, 30)}.ts`);
      this.#say(midnight + chance.between(2, 4) * HOUR, {
        kind: 'commit',
        commit: chance.hex(40),
        own: false,
        branch: 'release/next',
        files: [...new Set(files)],
        insertions: chance.whole(1, 500),
        deletions: chance.whole(0, 200),
      });
    }
  }

  #edit(at: number, file: string): void {
    const size = (this.#sizes.get(file) ?? this.#chance.whole(500, 9000)) + this.#chance.whole(-60, 200);
    this.#sizes.set(file, size);
    this.#say(at, { kind: 'edit', file, branch: this.#branch, size });
  }

  #say(at: number, event: Untimed): void {
    this.#events.push({ at: Math.round(at), workspace: this.#id, ...event } as WorkEvent);
  }
}

/** The same file and branch are told again after a minute at the soonest. */
function onceAMinute(events: readonly WorkEvent[]): WorkEvent[] {
  const told = new Map<string, number>();
  return events.filter((event) => {
    if (event.kind !== 'edit') return true;
    const key = `${event.file}\n${event.branch}`;
    const before = told.get(key) ?? Number.NEGATIVE_INFINITY;
    if (event.at - before < MINUTE) return false;
    told.set(key, event.at);
    return true;
  });
}

type Untimed = WorkEvent extends infer E
  ? E extends WorkEvent
    ? Omit<E, 'at' | 'workspace'>
    : never
  : never;
