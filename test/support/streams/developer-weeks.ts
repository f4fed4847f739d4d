import { Chance } from './chance.ts';

/**
 * The raw input of a developer's weeks, as the editor and the sensors would deliver it: typing in bursts, saves, files
 * changed to, tests red and green, builds, debugging, meetings, looks elsewhere, breaks, nights, weekends, at times a
 * second window, commits; and candidates that are born, said again, taken back, with a script of how taps are answered.
 *
 * Nothing here knows the policy. Lines are ordered by `at`; all times are whole milliseconds, local time is UTC plus
 * the offset of the `zone` line.
 */

type Workspace = { readonly at: number; readonly workspace: string };
export type RawSignal =
  | { readonly kind: 'focus'; readonly focused: boolean }
  | { readonly kind: 'active'; readonly file: string }
  | { readonly kind: 'typing'; readonly file: string; readonly edits: number }
  | { readonly kind: 'save'; readonly file: string }
  | { readonly kind: 'diagnostics'; readonly errors: number; readonly warnings: number }
  | { readonly kind: 'test'; readonly passed: boolean; readonly name: string }
  | { readonly kind: 'debug'; readonly active: boolean }
  | { readonly kind: 'prompt'; readonly open: boolean };
export type RawCandidate = {
  readonly id: string;
  readonly subject: string;
  readonly workspace: string | null;
  readonly text: string;
  readonly why: string;
  readonly actions: readonly {
    readonly id: 'show' | 'brief' | 'later' | 'not_useful';
    readonly label: string;
  }[];
  readonly bypass: boolean;
};
export type RawLine =
  | (Workspace & { readonly window: string; readonly signal: RawSignal })
  | { readonly at: number; readonly window: string; readonly left: true }
  | (Workspace & { readonly branch: string })
  | (Workspace & {
      readonly commit: {
        readonly commit: string;
        readonly own: boolean;
        readonly branch: string;
        readonly files: readonly string[];
        readonly insertions: number;
        readonly deletions: number;
      };
    })
  | (Workspace & { readonly changed: readonly string[] })
  | (Workspace & { readonly loops: readonly { loop: string; status: string; touchedAt: number }[] })
  | (Workspace & {
      readonly risk: { what: 'uncommitted' | 'unpushed' | 'disk'; subject: string; since: number | null };
    })
  | { readonly at: number; readonly candidate: RawCandidate }
  | { readonly at: number; readonly withdraw: string }
  | {
      readonly at: number;
      readonly outcome: { subject: string; result: 'success' | 'failure' | 'undone' | 'outside_contract' };
    }
  | {
      readonly at: number;
      readonly answers: { outcome: 'engaged' | 'dismissed' | 'ignored' | 'none'; afterMs: number };
    }
  | { readonly at: number; readonly pause: number }
  | { readonly at: number; readonly zone: { offsetMinutes: number } }
  | { readonly at: number; readonly settings: { interruption: { quietFrom: string; quietUntil: string } } };

export interface DeveloperWeeks {
  readonly seed: number;
  readonly from: number;
  readonly until: number;
  readonly offsetMinutes: number;
  readonly quietFrom: string;
  readonly quietUntil: string;
  readonly lines: readonly RawLine[];
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** 2026-01-05, a Monday, at 00:00 UTC. */
const MONDAY = Date.UTC(2026, 0, 5);
const HOME = '/home/ana/atlas';
const OTHER = '/home/ana/site';

/** `days` days of one developer, from a Monday at midnight of their time zone. */
export function developerWeeks({ seed, days = 7 }: { seed: number; days?: number }): DeveloperWeeks {
  return new Weeks(seed, days).live();
}

class Weeks {
  readonly #chance: Chance;
  readonly #lines: RawLine[] = [];
  readonly #seed: number;
  readonly #days: number;
  readonly #offsetMinutes: number;
  readonly #files: Record<string, string[]>;
  readonly #quiet: readonly [string, string];
  readonly #temper: { typing: number; away: number; red: number };
  #at = 0;
  #branch: Record<string, string> = { [HOME]: 'main', [OTHER]: 'main' };
  #changed: Record<string, Set<string>> = { [HOME]: new Set(), [OTHER]: new Set() };
  #workspace = HOME;
  #window = 'window-1';
  #told = 0;

  constructor(seed: number, days: number) {
    const chance = new Chance(seed);
    this.#chance = chance;
    this.#seed = seed;
    this.#days = days;
    this.#offsetMinutes = chance.pick([-480, -300, 0, 60, 120, 330, 540]);
    this.#quiet = chance.pick([
      ['', ''],
      ['21:00', '07:30'],
      ['12:00', '13:30'],
      ['19:00', '09:00'],
    ] as const);
    this.#temper = {
      typing: chance.between(25, 90) * SECOND,
      away: chance.between(0.05, 0.2),
      red: chance.between(0.2, 0.6),
    };
    const folders = chance.some(['core', 'parser', 'store', 'views', 'wire', 'tools', 'rules'], 4);
    const files = folders.flatMap((folder) =>
      Array.from({ length: 12 }, (_, n) => `src/${folder}/${'abcdefghijkl'[n]}-${folder}.ts`),
    );
    this.#files = { [HOME]: files, [OTHER]: Array.from({ length: 20 }, (_, n) => `pages/page-${n}.md`) };
  }

  live(): DeveloperWeeks {
    const from = MONDAY - this.#offsetMinutes * MINUTE;
    const until = from + this.#days * DAY;
    this.#say({ at: from, zone: { offsetMinutes: this.#offsetMinutes } });
    const [quietFrom, quietUntil] = this.#quiet;
    this.#say({ at: from, settings: { interruption: { quietFrom, quietUntil } } });
    for (let day = 0; day < this.#days; day++) this.#day(from + day * DAY, day);
    this.#things(from, until);
    const lines = this.#lines.filter(({ at }) => at < until);
    // A stable sort: what was said at one instant stays in its order.
    lines.sort((a, b) => a.at - b.at);
    return {
      seed: this.#seed,
      from,
      until,
      offsetMinutes: this.#offsetMinutes,
      quietFrom,
      quietUntil,
      lines,
    };
  }

  #say(line: RawLine): void {
    this.#lines.push(line);
  }

  #signal(signal: RawSignal): void {
    this.#at = Math.round(this.#at);
    this.#say({ at: this.#at, workspace: this.#workspace, window: this.#window, signal });
  }

  #day(midnight: number, day: number): void {
    const chance = this.#chance;
    const weekend = day % 7 >= 5;
    if (weekend ? chance.hit(0.75) : chance.hit(0.04)) return;
    const start = midnight + chance.normal(weekend ? 11 : 9, 0.6) * HOUR;
    const end = weekend ? start + chance.between(0.5, 2) * HOUR : midnight + chance.normal(17.8, 0.9) * HOUR;
    this.#sit(Math.max(start, midnight + 5 * HOUR), end, midnight);
    // Some evenings go on late, into quiet hours and past midnight.
    if (chance.hit(0.2)) {
      const late = midnight + chance.between(20, 22.5) * HOUR;
      if (late > this.#at + HOUR) this.#sit(late, late + chance.between(0.4, 2.5) * HOUR, midnight);
    }
  }

  /** From sitting down to leaving. */
  #sit(start: number, end: number, midnight: number): void {
    const chance = this.#chance;
    this.#at = start;
    this.#workspace = HOME;
    this.#window = 'window-1';
    this.#signal({ kind: 'focus', focused: true });
    let lunch = midnight + chance.normal(12.4, 0.4) * HOUR;
    while (this.#at < end) {
      if (this.#at > lunch && this.#at < lunch + 2 * HOUR) {
        this.#elsewhere(chance.between(25, 70) * MINUTE);
        lunch = Infinity;
      }
      this.#something();
    }
    // Some leave with the editor in front, some close it, most lock the screen.
    const leaves = chance.next();
    if (leaves < 0.7) this.#signal({ kind: 'focus', focused: false });
    else if (leaves < 0.85) this.#say({ at: Math.round(this.#at), window: this.#window, left: true });
    this.#at += 5 * MINUTE;
  }

  #something(): void {
    const chance = this.#chance;
    const what = chance.next();
    if (what < 0.6) this.#burst();
    else if (what < 0.72) this.#test();
    else if (what < 0.76) this.#debug();
    else if (what < 0.79) this.#build();
    else if (what < 0.83) this.#commit();
    else if (what < 0.83 + this.#temper.away / 4) this.#elsewhere(chance.around(25, 0.6) * MINUTE);
    else if (what < 0.93) this.#elsewhere(chance.around(25, 1) * SECOND);
    else if (what < 0.97) this.#at += chance.around(3, 0.9) * MINUTE;
    else if (what < 0.985) this.#secondWindow();
    else this.#dialog();
  }

  /** Reads, types, saves, and thinks about it. */
  #burst(): void {
    const chance = this.#chance;
    const file = chance.pick(this.#files[this.#workspace]!.slice(0, chance.hit(0.8) ? 8 : 48));
    if (chance.hit(0.6)) {
      this.#signal({ kind: 'active', file });
      this.#at += chance.around(12, 0.8) * SECOND;
    }
    const end = this.#at + chance.around(this.#temper.typing, 0.9);
    while (this.#at < end) {
      this.#signal({ kind: 'typing', file, edits: chance.whole(1, 25) });
      this.#at += chance.hit(0.8) ? chance.between(2, 3.5) * SECOND : chance.between(4, 20) * SECOND;
    }
    this.#changed[this.#workspace]!.add(file);
    if (chance.hit(0.4))
      this.#signal({ kind: 'diagnostics', errors: chance.whole(0, 4), warnings: chance.whole(0, 2) });
    if (chance.hit(0.85)) {
      this.#at += chance.between(0.2, 4) * SECOND;
      this.#signal({ kind: 'save', file });
      this.#say({ at: Math.round(this.#at) + 120, workspace: this.#workspace, changed: [file] });
      if (chance.hit(0.6)) this.#signal({ kind: 'diagnostics', errors: 0, warnings: chance.whole(0, 2) });
    }
    this.#at += chance.around(14, 1.1) * SECOND;
  }

  #test(): void {
    const chance = this.#chance;
    const name = chance.pick(['npm: test', 'unit', 'parser.test.ts', 'store.test.ts']);
    const passed = !chance.hit(this.#temper.red);
    this.#at += chance.around(12, 0.8) * SECOND;
    // Some go on typing while the tests run, and as they end.
    if (chance.hit(0.3)) this.#burst();
    this.#signal({ kind: 'test', passed, name });
    this.#at += chance.around(passed ? 9 : 20, 1) * SECOND;
  }

  #debug(): void {
    const chance = this.#chance;
    this.#signal({ kind: 'debug', active: true });
    const end = this.#at + chance.around(4, 0.8) * MINUTE;
    while (this.#at < end) {
      this.#at += chance.around(25, 0.8) * SECOND;
      if (chance.hit(0.2)) this.#burst();
      else if (chance.hit(0.1)) this.#elsewhere(chance.around(40, 0.7) * SECOND);
      else this.#signal({ kind: 'active', file: chance.pick(this.#files[this.#workspace]!) });
    }
    this.#signal({ kind: 'debug', active: false });
    this.#at += chance.around(15, 1) * SECOND;
  }

  #build(): void {
    const chance = this.#chance;
    const files = chance.some(this.#files[this.#workspace]!, chance.whole(1, 12));
    const end = this.#at + chance.around(45, 0.8) * SECOND;
    if (chance.hit(0.5)) this.#elsewhere((end - this.#at) * 0.7);
    this.#at = Math.max(this.#at, end);
    // Generated files come with a build, none by hand.
    this.#say({
      at: Math.round(this.#at),
      workspace: this.#workspace,
      changed: files.map((file) => file.replace(/\.\w+$/, '.gen.ts')),
    });
    if (chance.hit(0.4)) this.#signal({ kind: 'diagnostics', errors: chance.whole(0, 9), warnings: 0 });
  }

  #commit(): void {
    const chance = this.#chance;
    const changed = this.#changed[this.#workspace]!;
    if (changed.size === 0) {
      this.#burst();
      return;
    }
    if (chance.hit(0.15)) {
      const branch = `${chance.pick(['fix', 'feature'])}/${chance.hex(4)}`;
      this.#branch[this.#workspace] = branch;
      this.#say({ at: Math.round(this.#at), workspace: this.#workspace, branch });
    }
    this.#signal({ kind: 'prompt', open: true });
    this.#at += chance.around(14, 0.7) * SECOND;
    this.#signal({ kind: 'prompt', open: false });
    this.#at += chance.between(0.3, 3) * SECOND;
    this.#say({
      at: Math.round(this.#at),
      workspace: this.#workspace,
      commit: {
        commit: chance.hex(40),
        own: true,
        branch: this.#branch[this.#workspace]!,
        files: [...changed],
        insertions: chance.whole(1, 120),
        deletions: chance.whole(0, 60),
      },
    });
    changed.clear();
    this.#at += chance.around(25, 1.2) * SECOND;
  }

  /** A meeting, a page, a coffee: another program has the focus. */
  #elsewhere(ms: number): void {
    this.#signal({ kind: 'focus', focused: false });
    this.#at += Math.max(ms, SECOND);
    // Tests of a watcher go on without anybody looking.
    if (ms > 5 * MINUTE && this.#chance.hit(0.3))
      this.#say({
        at: Math.round(this.#at - ms / 2),
        workspace: this.#workspace,
        window: this.#window,
        signal: { kind: 'test', passed: this.#chance.hit(0.7), name: 'watch' },
      });
    this.#signal({ kind: 'focus', focused: true });
    this.#at += this.#chance.around(5, 0.9) * SECOND;
  }

  #secondWindow(): void {
    const chance = this.#chance;
    this.#signal({ kind: 'focus', focused: false });
    this.#workspace = OTHER;
    this.#window = 'window-2';
    this.#at += chance.between(0.05, 2) * SECOND;
    this.#signal({ kind: 'focus', focused: true });
    for (let n = chance.whole(1, 8); n > 0; n--) chance.hit(0.8) ? this.#burst() : this.#commit();
    if (chance.hit(0.3)) this.#say({ at: Math.round(this.#at), window: this.#window, left: true });
    else if (chance.hit(0.8)) this.#signal({ kind: 'focus', focused: false });
    this.#workspace = HOME;
    this.#window = 'window-1';
    this.#at += chance.between(0.05, 2) * SECOND;
    this.#signal({ kind: 'focus', focused: true });
  }

  #dialog(): void {
    this.#signal({ kind: 'prompt', open: true });
    this.#at += this.#chance.around(20, 1) * SECOND;
    this.#signal({ kind: 'prompt', open: false });
  }

  /** What there is to tell, how taps are answered, pauses, loops, risks, and outcomes of actions. */
  #things(from: number, until: number): void {
    const chance = this.#chance;
    let answers = from;
    while (answers < until) {
      const outcome = chance.pick([
        'engaged',
        'engaged',
        'dismissed',
        'dismissed',
        'dismissed',
        'ignored',
        'none',
      ] as const);
      const afterMs = Math.round(chance.around(9, 0.9) * SECOND);
      this.#say({ at: Math.round(answers), answers: { outcome, afterMs } });
      answers += chance.around(14, 0.8) * HOUR;
    }
    for (let day = from; day < until; day += DAY) {
      for (let n = chance.whole(0, 5); n > 0; n--) this.#born(Math.round(day + chance.between(6, 21) * HOUR));
      if (chance.hit(0.12)) {
        const at = Math.round(day + chance.between(8, 18) * HOUR);
        const length = chance.pick([30 * MINUTE, 2 * HOUR, 9 * HOUR]);
        this.#say({ at, pause: at + length });
        if (chance.hit(0.25)) this.#say({ at: Math.round(at + length / 3), pause: 0 });
      }
      if (chance.hit(0.5)) {
        const touched = Math.round(day - chance.between(0, 9) * DAY);
        this.#say({
          at: Math.round(day + 5.1 * HOUR),
          workspace: HOME,
          loops: [{ loop: `lop_${chance.whole(1, 6)}`, status: 'open', touchedAt: Math.max(0, touched) }],
        });
      }
      if (chance.hit(0.15)) {
        const at = Math.round(day + chance.between(9, 17) * HOUR);
        const subject = `lop_${chance.whole(1, 6)}`;
        this.#say({ at, workspace: HOME, risk: { what: 'uncommitted', subject, since: at } });
        const ends = Math.round(at + chance.between(2, 60) * HOUR);
        this.#say({ at: ends, workspace: HOME, risk: { what: 'uncommitted', subject, since: null } });
      }
      if (chance.hit(0.3)) {
        const result = chance.pick(['success', 'success', 'success', 'failure', 'undone'] as const);
        const at = Math.round(day + chance.between(10, 18) * HOUR);
        this.#say({ at, outcome: { subject: `run_${chance.hex(6)}`, result } });
      }
    }
  }

  /** A candidate with its life: said at its birth, again while it is so, and taken back where it ends early. */
  #born(at: number): void {
    const chance = this.#chance;
    const kind = chance.pick(['insight', 'pattern', 'memory', 'question', 'work_at_risk']);
    const subject = `${kind === 'work_at_risk' ? 'lop' : 'sbj'}_${chance.whole(1, 9)}`;
    const candidate: RawCandidate = {
      id: `${kind}:${subject}:${++this.#told}`,
      subject: kind === 'work_at_risk' ? subject : `${subject}_${this.#told}`,
      workspace: chance.pick([null, HOME, HOME, OTHER]),
      text: `Something to tell, number ${this.#told}.`,
      why: 'It was generated.',
      actions: [{ id: 'show', label: 'Show' }],
      bypass: kind === 'work_at_risk',
    };
    const ends = at + (chance.hit(0.4) ? chance.around(2, 1) : 48) * HOUR;
    for (let again = at; again < Math.min(ends, at + 20 * HOUR); again += chance.between(0.8, 1.6) * HOUR)
      this.#say({ at: Math.round(again), candidate });
    if (ends < at + 40 * HOUR) this.#say({ at: Math.round(ends), withdraw: candidate.subject });
  }
}
