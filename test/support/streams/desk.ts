import type { WorkEvent } from '../../../companion/timeline/index.ts';
import { Chance } from './chance.ts';
import type { Decoy, Label, LabelledCase, PatternKind } from './labelled-patterns.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** 2026-02-02, a Monday, at 00:00 UTC. */
const MONDAY = Date.UTC(2026, 1, 2);
const FOLDERS = ['parser', 'store', 'views', 'wire', 'rules', 'clock', 'search', 'import', 'layout', 'voice'];
const FILES_EACH = 30;

type Told = WorkEvent extends infer E ? (E extends WorkEvent ? Omit<E, 'at' | 'workspace'> : never) : never;
/** Is it a sign of the user's hand? */
const HAND = new Set(['edit', 'switch', 'focus', 'debug', 'test']);

interface LoopPlan {
  readonly id: string;
  status: string;
  touchedAt: number;
  /** Days from touch to touch; after the last it is settled. */
  readonly plan: number[];
}

/** One developer at one folder: ordinary work with its noise, and what is planted into it. See `labelledCase`. */
export class Desk {
  readonly chance: Chance;
  readonly workspace: string;
  readonly #seed: number;
  readonly #offsetMinutes: number;
  readonly #weeks: number;
  readonly #events: WorkEvent[] = [];
  readonly #labels: Label[] = [];
  readonly #unclear: Label[] = [];
  readonly #decoys: Decoy[] = [];
  readonly #sizes = new Map<string, number>();
  readonly #editedAt = new Map<string, number>();
  /** Distinct files in a usual hour: some have three, some fifteen. */
  readonly #usual: number;
  #folder: string;
  #branch: string;
  #uncommitted = new Set<string>();
  #front = '';
  #commitsToday = 0;
  #at = 0;

  constructor(seed: number) {
    this.chance = new Chance(seed);
    this.#seed = seed;
    this.workspace = `wsp_${seed.toString(36)}`;
    this.#offsetMinutes = this.chance.pick([-420, -300, 0, 60, 120, 330, 600]);
    this.#weeks = this.chance.whole(5, 7);
    this.#usual = this.chance.pick([3, 4, 5, 6, 14, 16]);
    this.#folder = `src/${this.chance.pick(FOLDERS)}`;
    this.#branch = 'main';
  }

  get busy(): boolean {
    return this.#usual > 10;
  }

  weeks(): void {
    const start = MONDAY - this.#offsetMinutes * MINUTE;
    const days = this.#weeks * 7;
    const off = this.#daysOff(days);
    const plants = this.#plan(days, off);
    for (let day = 0; day < days; day++) {
      this.#commitsToday = 0;
      this.#loopsAndRisks(start + day * DAY, day);
      if (!off.has(day)) this.#day(start + day * DAY, plants.get(day) ?? null);
    }
  }

  finish(): LabelledCase {
    const from = MONDAY - this.#offsetMinutes * MINUTE;
    const until = from + this.#weeks * 7 * DAY;
    const events = this.#events.filter(({ at }) => at >= from && at < until).sort((a, b) => a.at - b.at);
    this.#reunions(events);
    if (this.busy) {
      // What is usual cannot be known in the first days.
      const first = { workspace: this.workspace, subject: this.workspace, from, until: from + 14 * DAY };
      this.#unclear.push({ kind: 'workload_spike', ...first });
    }
    return {
      name: `${this.workspace}: ${this.#weeks} weeks, ${this.#usual} files an hour`,
      seed: this.#seed,
      from,
      until,
      offsetMinutes: this.#offsetMinutes,
      events,
      // What becomes true at the very end leaves no time to be found.
      labels: this.#labels.filter((label) => label.from < until - DAY),
      unclear: [...this.#unclear, ...this.#labels.filter((label) => label.from >= until - DAY)],
      decoys: this.#decoys,
    };
  }

  #say(event: Told, at = this.#at): void {
    this.#events.push({ at: Math.round(at), workspace: this.workspace, ...event } as WorkEvent);
  }

  #label(kind: PatternKind, subject: string, from: number, until: number, orSubject?: string): void {
    const label = {
      kind,
      workspace: this.workspace,
      subject,
      from: Math.round(from),
      until: Math.round(until),
    };
    this.#labels.push(orSubject === undefined ? label : { ...label, orSubject });
  }

  #decoy(what: string, from: number): void {
    this.#decoys.push({ what, from: Math.round(from), until: Math.round(this.#at) });
  }

  /** Weekends, holidays, and absences near the border of two days. */
  #daysOff(days: number): Set<number> {
    const off = new Set<number>();
    for (let day = 0; day < days; day++) {
      const weekday = day % 7;
      // Some work a Saturday, which leaves 40 hours to Monday.
      if (weekday === 5 && !this.chance.hit(0.25)) off.add(day);
      if (weekday === 6 && !(off.has(day - 1) && this.chance.hit(0.15))) off.add(day);
      if (weekday === 2 && this.chance.hit(0.07)) off.add(day);
    }
    if (this.chance.hit(0.5)) {
      const first = 7 * this.chance.whole(2, this.#weeks - 2);
      for (let day = first; day < first + this.chance.pick([2, 3, 4]); day++) off.add(day);
    }
    return off;
  }

  /** One plant a day at most, none in the first two weeks for those that need to know what is usual. */
  #plan(days: number, off: ReadonlySet<number>): Map<number, () => void> {
    const early = [this.#stuckTest, this.#stuckErrors, this.#churn, this.#shift, this.#thrash];
    const earlyDecoys = [
      this.#fixedInTime,
      this.#flapping,
      this.#redOverMeeting,
      this.#sameSize,
      this.#oneUndo,
      this.#branchSwitches,
      this.#slowSwitches,
      this.#someQuickSwitches,
      this.#shortVisit,
      this.#formatter,
      this.#generated,
      this.#bigRename,
    ];
    const late = [...early, this.#manyFiles, this.#manyCommits, this.#manyFiles, this.#manyCommits];
    const lateDecoys = [
      ...earlyDecoys,
      this.#foreignCommits,
      this.#formatter,
      this.#bigRename,
      this.#fullHour,
    ];
    const plants = new Map<number, () => void>();
    for (let day = 2; day < days; day++) {
      if (off.has(day) || !this.chance.hit(0.75)) continue;
      const known = day >= 15;
      const kind = this.chance.hit(0.55) ? (known ? late : early) : known ? lateDecoys : earlyDecoys;
      plants.set(day, this.chance.pick(kind));
    }
    return plants;
  }

  #day(midnight: number, plant: (() => void) | null): void {
    const chance = this.chance;
    this.#at = midnight + chance.normal(9, 0.4) * HOUR;
    const end = midnight + chance.normal(17.3, 0.5) * HOUR;
    const plantAt = midnight + chance.between(10.2, 14.2) * HOUR;
    let planted = plant === null;
    let eaten = false;
    this.#say({ kind: 'focus', focused: true });
    this.#open(this.#file());
    while (this.#at < end) {
      if (!planted && this.#at >= plantAt) {
        plant!.call(this);
        planted = true;
        this.#pause(chance.between(2, 8) * MINUTE);
      } else {
        const what = chance.next();
        if (!eaten && this.#at > midnight + 12.2 * HOUR) {
          this.#meeting(chance.between(30, 60) * MINUTE);
          eaten = true;
        } else if (what < 0.06) this.#meeting(chance.around(30, 0.5) * MINUTE);
        else if (what < 0.2) this.#testRun();
        else if (what < 0.25) this.#debug();
        else if (what < 0.32) this.#commit();
        else this.#work(chance.between(3, 12) * MINUTE);
      }
    }
    this.#commit();
    this.#say({ kind: 'errors', count: 0 });
    this.#say({ kind: 'focus', focused: false });
  }

  #pause(ms: number): void {
    this.#at += ms;
  }

  #meeting(ms: number): void {
    this.#say({ kind: 'focus', focused: false });
    this.#pause(ms);
    this.#say({ kind: 'focus', focused: true });
    this.#pause(this.chance.between(5, 60) * SECOND);
  }

  /** A file of the day's directory; few of the ones there, or many for those who are always busy. */
  #file(folder = this.#folder): string {
    // A day has its own few files, so that what a usual hour touches is about the same each time.
    const day = Math.floor((this.#at + this.#offsetMinutes * MINUTE) / DAY);
    const n = (day * 7 + this.chance.whole(0, this.#usual - 1)) % FILES_EACH;
    return `${folder}/part-${n}.ts`;
  }

  #open(file: string): void {
    if (this.#front !== '' && this.#front !== file) {
      const ms = Math.max(this.#at - this.#openedAt, SECOND);
      this.#say({ kind: 'switch', file: this.#front, ms: Math.round(ms) });
    }
    if (this.#front !== file) this.#openedAt = this.#at;
    this.#front = file;
  }
  #openedAt = 0;

  /** An edit of a file; the same one is told again after a minute at the soonest. */
  #edit(file: string, size = this.#grown(file)): void {
    const key = `${file}\n${this.#branch}`;
    const last = this.#editedAt.get(key) ?? 0;
    this.#sizes.set(key, size);
    if (this.#at - last < MINUTE) return;
    this.#editedAt.set(key, this.#at);
    this.#say({ kind: 'edit', file, branch: this.#branch, size: this.chance.hit(0.02) ? null : size });
    this.#uncommitted.add(file);
  }

  #sizeOf(file: string): number {
    const key = `${file}\n${this.#branch}`;
    const size = this.#sizes.get(key) ?? this.chance.whole(900, 30_000);
    this.#sizes.set(key, size);
    return size;
  }

  /** Files grow, and shrink a little; seldom to a size that they had. */
  #grown(file: string): number {
    const by = this.chance.hit(0.8) ? this.chance.whole(3, 400) : -this.chance.whole(5, 150);
    return Math.max(50, this.#sizeOf(file) + by);
  }

  /** Ordinary work: an edit, another file after some minutes, errors that last a few minutes. */
  #work(ms: number, folder = this.#folder): void {
    const chance = this.chance;
    const end = this.#at + ms;
    const errors = chance.hit(0.5);
    if (errors) this.#say({ kind: 'errors', count: chance.whole(1, 5) }, this.#at + SECOND);
    while (this.#at < end) {
      const elsewhere = chance.hit(0.08);
      const file = elsewhere
        ? `test/${folder.slice(4)}/part-${chance.whole(0, 1)}.test.ts`
        : this.#file(folder);
      if (!this.busy || chance.hit(0.9)) this.#open(file);
      this.#pause(chance.between(6, 15) * SECOND);
      const edits = this.busy ? 1 : chance.whole(1, 3);
      for (let n = 0; n < edits; n++) {
        this.#edit(file);
        this.#pause(chance.between(40, 100) * SECOND);
      }
      // A glance into one more file.
      if (chance.hit(0.04)) {
        // Looked at, not edited.
        this.#open(`${folder}/part-${chance.whole(0, FILES_EACH - 1)}.ts`);
        this.#pause(chance.between(6, 25) * SECOND);
        this.#open(file);
        this.#pause(chance.between(31, 60) * SECOND);
      }
    }
    if (errors) this.#say({ kind: 'errors', count: 0 });
  }

  #testRun(): void {
    const chance = this.chance;
    const name = chance.pick(['unit', 'lint', 'integration']);
    if (chance.hit(0.35)) {
      this.#say({ kind: 'test', passed: false, name });
      // Repaired within minutes.
      for (let n = chance.whole(0, 2); n > 0; n--) {
        this.#work(chance.between(2, 5) * MINUTE);
        this.#say({ kind: 'test', passed: false, name });
      }
      this.#work(chance.between(1, 4) * MINUTE);
    }
    this.#pause(chance.between(3, 40) * SECOND);
    this.#say({ kind: 'test', passed: true, name });
  }

  #debug(): void {
    this.#say({ kind: 'debug', active: true });
    this.#pause(this.chance.around(4, 0.5) * MINUTE);
    this.#say({ kind: 'debug', active: false });
  }

  /** At most four on an ordinary day. */
  #commit(): void {
    if (this.#uncommitted.size === 0 || this.#commitsToday >= 4) return;
    this.#commitsToday++;
    this.#commitOf([...this.#uncommitted], true);
    this.#uncommitted.clear();
  }

  #commitOf(files: readonly string[], own: boolean): void {
    const [insertions, deletions] = [this.chance.whole(1, 90), this.chance.whole(0, 40)];
    const commit = this.chance.hex(40);
    this.#say({ kind: 'commit', commit, own, branch: this.#branch, files, insertions, deletions });
  }

  // What is to be found.

  #stuckTest(): void {
    const chance = this.chance;
    const name = chance.pick(['unit', 'parser.test.ts', 'integration']);
    const first = this.#at;
    this.#say({ kind: 'test', passed: false, name });
    const end = first + chance.between(48, 110) * MINUTE;
    while (this.#at < end) {
      this.#work(chance.between(2, 7) * MINUTE);
      // Other tests are green meanwhile.
      if (chance.hit(0.25)) this.#say({ kind: 'test', passed: true, name: 'lint' });
      this.#say({ kind: 'test', passed: false, name });
    }
    this.#work(chance.between(2, 5) * MINUTE);
    this.#say({ kind: 'test', passed: true, name });
    this.#label('stuck', name, first + 30 * MINUTE, this.#at);
  }

  #stuckErrors(): void {
    const chance = this.chance;
    const file = this.#file();
    this.#open(file);
    const first = this.#at;
    const count = chance.whole(1, 4);
    this.#say({ kind: 'errors', count });
    const end = first + chance.between(45, 90) * MINUTE;
    while (this.#at < end) {
      this.#edit(file);
      this.#pause(chance.between(65, 200) * SECOND);
      if (chance.hit(0.15)) this.#say({ kind: 'errors', count: count + chance.whole(0, 2) });
    }
    this.#say({ kind: 'errors', count: 0 });
    this.#label('stuck', file, first + 30 * MINUTE, this.#at, this.workspace);
  }

  #churn(): void {
    const chance = this.chance;
    const file = `${this.#folder}/part-${chance.whole(0, FILES_EACH - 1)}.ts`;
    this.#open(file);
    const base = this.#sizeOf(file);
    const sizes = [base + chance.whole(20, 300), base + chance.whole(301, 700)];
    const seen = new Set([base]);
    const times = chance.whole(5, 8);
    let returns = 0;
    let third = 0;
    this.#edit(file, base);
    for (let n = 0; n < times; n++) {
      for (const size of [chance.pick(sizes), base]) {
        this.#pause(chance.between(66, 170) * SECOND);
        this.#edit(file, size);
        if (seen.has(size) && ++returns === 3) third = this.#at;
        seen.add(size);
      }
    }
    this.#label('stuck', file, third, this.#at);
  }

  #shift(): void {
    const chance = this.chance;
    this.#steady(chance.between(25, 45) * MINUTE);
    const next = `src/${chance.pick(FOLDERS.filter((name) => `src/${name}` !== this.#folder))}`;
    this.#folder = next;
    const from = this.#at;
    this.#steady(chance.between(30, 60) * MINUTE);
    this.#label('focus_shift', next, from, from + 75 * MINUTE);
  }

  /** Work without a break in it. */
  #steady(ms: number): void {
    const end = this.#at + ms;
    while (this.#at < end) this.#work(5 * MINUTE);
  }

  #thrash(): void {
    const chance = this.chance;
    const count = chance.whole(27, 45);
    const files = Array.from({ length: 9 }, (_, n) => `${this.#folder}/part-${n}.ts`);
    let at21 = 0;
    this.#open(files[8]!);
    for (let n = 1; n <= count; n++) {
      // The dwell of the one that is left: short, with a longer one between at times.
      this.#pause(chance.between(4, 26) * SECOND);
      this.#open(files[n % 8]!);
      if (n === 21) at21 = this.#at;
      if (chance.hit(0.15)) {
        this.#pause(chance.between(35, 120) * SECOND);
        this.#open(files[8]!);
      }
    }
    this.#label('thrash', this.workspace, at21, this.#at + HOUR);
  }

  #manyFiles(): void {
    const chance = this.chance;
    const count = this.busy ? chance.whole(48, 60) : chance.whole(17, 30);
    const gap = (50 * MINUTE) / count;
    const other = FOLDERS.map((name) => `src/${name}`).filter((folder) => folder !== this.#folder);
    const mark = this.busy ? 38 : 11;
    let from = 0;
    for (let n = 0; n < count; n++) {
      const folder =
        n < FILES_EACH ? (chance.hit(0.75) ? this.#folder : chance.pick(other)) : chance.pick(other);
      const file = `${folder}/part-${n % FILES_EACH}.ts`;
      // Each is looked at for long enough, or the day would be one of thrashing too.
      this.#open(file);
      this.#pause(gap * chance.between(0.65, 1.35));
      this.#edit(file);
      if (n + 1 === mark) from = this.#at;
    }
    this.#label('workload_spike', this.workspace, from, this.#at + HOUR);
    this.#commit();
  }

  #manyCommits(): void {
    const chance = this.chance;
    const count = chance.whole(13, 18);
    let from = 0;
    for (let n = 1; n <= count; n++) {
      const file = this.#file();
      this.#open(file);
      this.#edit(file);
      this.#pause(chance.between(2.5, 6.5) * MINUTE);
      this.#commitOf([file], true);
      if (n === 5) from = this.#at;
    }
    this.#uncommitted.clear();
    this.#label('workload_spike', this.workspace, from, this.#at + HOUR);
  }

  // What is to be left alone.

  #fixedInTime(): void {
    const from = this.#at;
    const name = 'parser.test.ts';
    this.#say({ kind: 'test', passed: false, name });
    while (this.#at < from + 16 * MINUTE) {
      this.#work(this.chance.between(2, 4) * MINUTE);
      this.#say({ kind: 'test', passed: false, name });
    }
    this.#at = from + this.chance.between(24, 27) * MINUTE;
    this.#say({ kind: 'test', passed: true, name });
    this.#decoy('a failing test repaired within half an hour', from);
  }

  #flapping(): void {
    const chance = this.chance;
    const from = this.#at;
    const names = ['clock.test.ts', 'wire.test.ts', 'search.test.ts', 'views.test.ts'];
    const end = from + chance.between(50, 90) * MINUTE;
    while (this.#at < end) {
      const name = chance.pick(names);
      this.#say({ kind: 'test', passed: false, name });
      this.#work(chance.between(2, 5) * MINUTE);
      this.#say({ kind: 'test', passed: true, name });
      this.#pause(chance.between(20, 90) * SECOND);
    }
    this.#decoy('several tests that fail now and then', from);
  }

  #redOverMeeting(): void {
    const from = this.#at;
    this.#say({ kind: 'test', passed: false, name: 'wire.test.ts' });
    this.#work(4 * MINUTE);
    this.#meeting(this.chance.between(38, 60) * MINUTE);
    this.#work(4 * MINUTE);
    this.#say({ kind: 'test', passed: true, name: 'wire.test.ts' });
    this.#decoy('a red test over a meeting', from);
  }

  #sameSize(): void {
    const from = this.#at;
    const file = `${this.#folder}/version.ts`;
    this.#open(file);
    for (let n = 0; n < 7; n++) {
      this.#edit(file, 412);
      this.#pause(this.chance.between(70, 200) * SECOND);
    }
    this.#decoy('a file whose size stays', from);
  }

  #oneUndo(): void {
    const from = this.#at;
    const file = `${this.#folder}/part-${this.chance.whole(0, FILES_EACH - 1)}.ts`;
    this.#open(file);
    const size = this.#sizeOf(file);
    for (const by of [0, 210, 0, 95, 160, 240, 400]) {
      this.#edit(file, size + by);
      this.#pause(this.chance.between(70, 200) * SECOND);
    }
    this.#decoy('one change taken back', from);
  }

  /** Back and forth between two branches: git writes the files that differ, each time in the same second. */
  #branchSwitches(): void {
    const chance = this.chance;
    const from = this.#at;
    const home = this.#branch;
    const files = Array.from({ length: chance.whole(4, 7) }, (_, n) => `${this.#folder}/part-${n}.ts`);
    const sizes = files.map(
      (file) => [this.#sizeOf(file), this.#sizeOf(file) + chance.whole(10, 900)] as const,
    );
    for (let n = 1; n <= 6; n++) {
      this.#branch = n % 2 === 1 ? 'fix/clock' : home;
      this.#say({ kind: 'branch', branch: this.#branch });
      for (const [i, file] of files.entries()) {
        this.#at += chance.between(10, 60);
        this.#edit(file, sizes[i]![n % 2]);
      }
      this.#pause(chance.between(4, 9) * MINUTE);
    }
    this.#uncommitted.clear();
    this.#decoy('branches changed by the user', from);
  }

  #slowSwitches(): void {
    const from = this.#at;
    this.#open(`${this.#folder}/part-19.ts`);
    for (let n = 0; n < 42; n++) {
      this.#pause(this.chance.between(42, 85) * SECOND);
      this.#open(`${this.#folder}/part-${n % 9}.ts`);
    }
    this.#decoy('many files, each for a while', from);
  }

  #someQuickSwitches(): void {
    const from = this.#at;
    this.#open(`${this.#folder}/part-19.ts`);
    const looks = this.chance.whole(10, 13);
    for (let n = 0; n < looks; n++) {
      this.#pause(this.chance.between(4, 25) * SECOND);
      this.#open(`${this.#folder}/part-${n % 7}.ts`);
      if (n % 3 === 2) this.#pause(this.chance.between(60, 200) * SECOND);
    }
    this.#decoy('a dozen quick looks', from);
    // And then an hour with one file, so that no other quick look comes near.
    const file = this.#front;
    for (let n = 0; n < 25; n++) {
      this.#pause(this.chance.between(70, 130) * SECOND);
      this.#edit(file);
    }
  }

  #shortVisit(): void {
    const chance = this.chance;
    this.#steady(chance.between(20, 35) * MINUTE);
    const from = this.#at;
    const other = `src/${chance.pick(FOLDERS.filter((name) => `src/${name}` !== this.#folder))}`;
    const file = `${other}/part-${chance.whole(0, 9)}.ts`;
    this.#open(file);
    for (let n = chance.whole(1, 2); n > 0; n--) {
      this.#edit(file);
      this.#pause(chance.between(65, 110) * SECOND);
    }
    this.#decoy('some minutes in another directory', from);
    this.#open(this.#file());
    this.#steady(chance.between(20, 35) * MINUTE);
  }

  #formatter(): void {
    this.#program('a formatter', 0, FILES_EACH - 1, (n) => `${this.#folder}/part-${n}.ts`);
  }

  #generated(): void {
    const count = this.chance.whole(14, 24);
    this.#program('a build that writes sources', 0, count, (n) => `src/generated/table-${n}.ts`);
  }

  /** A program writes many files within some seconds. */
  #program(what: string, first: number, last: number, name: (n: number) => string): void {
    const from = this.#at;
    for (let n = first; n <= last; n++) {
      this.#at += this.chance.between(15, 180);
      this.#edit(name(n));
    }
    this.#decoy(what, from);
    this.#pause(20 * SECOND);
    this.#commit();
  }

  #bigRename(): void {
    const from = this.#at;
    const files = Array.from({ length: 200 }, (_, n) => `src/renamed/${FOLDERS[n % 10]}/part-${n}.ts`);
    this.#commitOf(files, true);
    this.#commitsToday++;
    this.#decoy('two hundred files renamed in one commit', from);
  }

  #foreignCommits(): void {
    const from = this.#at;
    const count = this.chance.whole(15, 40);
    for (let n = 0; n < count; n++) {
      this.#at += this.chance.between(2, 40);
      this.#commitOf([`src/${this.chance.pick(FOLDERS)}/part-${n % FILES_EACH}.ts`], false);
    }
    this.#decoy('a pull of what others committed', from);
  }

  /** More than usual, still not much: nine files for a calm one, some more than usual for a busy one. */
  #fullHour(): void {
    this.#meeting(65 * MINUTE);
    const from = this.#at;
    const count = this.busy ? this.#usual + 3 : 8;
    for (let n = 0; n < count; n++) {
      const file = `${this.#folder}/part-${n}.ts`;
      this.#open(file);
      this.#pause((55 * MINUTE) / count);
      this.#edit(file);
    }
    this.#decoy('an hour somewhat fuller than usual', from);
    this.#meeting(70 * MINUTE);
  }

  // What goes on over days.

  readonly #loops: LoopPlan[] = [];
  readonly #risks: {
    what: 'uncommitted' | 'unpushed' | 'disk';
    subject: string;
    since: number;
    ends: number;
  }[] = [];
  #next = 0;

  #loopsAndRisks(midnight: number, day: number): void {
    const chance = this.chance;
    const told = midnight + chance.between(7.5, 9) * HOUR;
    const end = MONDAY - this.#offsetMinutes * MINUTE + this.#weeks * 7 * DAY;
    if (day === 0 || (day % 7 < 5 && chance.hit(0.25))) this.#newLoop(told);
    for (const loop of this.#loops) this.#tellLoop(loop, told, end);
    for (const risk of this.#risks.filter(({ ends }) => ends > told))
      this.#say({ kind: 'risk', what: risk.what, subject: risk.subject, since: risk.since }, told);
    if (day % 7 < 5 && chance.hit(0.35)) this.#newRisk(midnight, end);
  }

  /** A loop with the days between its touches; the last number ends it. Never near the border of seven days. */
  #newLoop(at: number): void {
    const chance = this.chance;
    const gaps = Array.from({ length: chance.whole(1, 5) }, () =>
      chance.hit(0.3)
        ? chance.between(8.2, 16)
        : chance.hit(0.4)
          ? chance.between(5.6, 6.4)
          : chance.between(0.3, 4),
    );
    const id = `lop_${this.#seed.toString(36)}${this.#next++}`;
    this.#loops.push({ id, status: 'open', touchedAt: Math.round(at), plan: gaps });
  }

  #tellLoop(loop: LoopPlan, told: number, end: number): void {
    const say = (at: number) =>
      this.#say({ kind: 'loop', loop: loop.id, status: loop.status, touchedAt: loop.touchedAt }, at);
    const settled = ['deferred', 'dropped', 'merged', 'blessed'].includes(loop.status);
    if (settled) {
      if (this.chance.hit(0.9)) say(told);
      return;
    }
    const due = loop.touchedAt + (loop.plan[0] ?? 0) * DAY;
    if (loop.plan.length > 0 && due <= told) {
      const abandoned = loop.touchedAt + 7 * DAY;
      if (due > abandoned) this.#label('abandonment', loop.id, abandoned, due);
      loop.plan.shift();
      loop.touchedAt = Math.round(due);
      loop.status =
        loop.plan.length > 0 ? 'open' : this.chance.pick(['deferred', 'dropped', 'merged', 'blessed']);
      say(due);
    } else if (told - loop.touchedAt > 7 * DAY && loop.status === 'open' && this.chance.hit(0.8)) {
      loop.status = 'stale';
    }
    say(told);
    const last = told + DAY > end;
    const open = loop.plan.length > 0 && loop.touchedAt + 7 * DAY < told;
    if (last && open) this.#label('abandonment', loop.id, loop.touchedAt + 7 * DAY, end);
  }

  #newRisk(midnight: number, end: number): void {
    const chance = this.chance;
    const what = chance.pick(['uncommitted', 'uncommitted', 'unpushed', 'unpushed', 'disk'] as const);
    const since = Math.round(midnight + chance.between(9.5, 17) * HOUR);
    const real = chance.hit(0.5);
    const hours = {
      uncommitted: real ? chance.between(30, 120) : chance.between(2, 21),
      unpushed: real ? chance.between(84, 200) : chance.between(4, 66),
      disk: chance.between(3, 30),
    }[what];
    const ends = Math.round(since + hours * HOUR);
    const subject = what === 'disk' ? 'disk' : `${what === 'unpushed' ? 'fix' : 'feature'}/${chance.hex(4)}`;
    if (what === 'disk' && this.#risks.some((risk) => risk.what === 'disk' && risk.ends > since - DAY))
      return;
    this.#risks.push({ what, subject, since, ends });
    this.#say({ kind: 'risk', what, subject, since }, since + chance.between(0, 3) * MINUTE);
    if (ends < end) this.#say({ kind: 'risk', what, subject, since: null }, ends);
    const from = since + { uncommitted: 24 * HOUR, unpushed: 3 * DAY, disk: 0 }[what];
    if (ends > from) this.#label('work_at_risk', subject, from, Math.min(ends, end));
  }

  #reunions(events: readonly WorkEvent[]): void {
    let last: number | null = null;
    for (const event of events) {
      const own = event.kind === 'commit' && event.own;
      if (!own && !HAND.has(event.kind)) continue;
      const away = last === null ? 0 : event.at - last;
      if (away >= 48 * HOUR) this.#label('reunion', this.workspace, event.at, event.at + DAY);
      else if (away > 39 * HOUR)
        this.#decoys.push({ what: 'away for less than two days', from: last!, until: event.at });
      last = event.at;
    }
  }
}
