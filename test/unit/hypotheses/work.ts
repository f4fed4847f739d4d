import type { ToLocal } from '../../../companion/interruption/index.ts';
import { type Random, randomInt, seededRandom } from '../../../companion/kernel/index.ts';
import type { WorkEvent } from '../../../companion/timeline/index.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** Monday 2026-01-05, 00:00 UTC. */
export const MONDAY = Date.UTC(2026, 0, 5);

export const utc: ToLocal = (at) => ({ day: Math.floor(at / DAY), minute: Math.floor((at % DAY) / MINUTE) });
export const calendar = { local: utc, dayStartsAt: 5 };

export interface Ways {
  weeks?: number;
  seed?: number;
  workspace?: string;
  /** Hour at which a day begins, and how far it strays either way, in minutes. */
  start?: number;
  strays?: number;
  /** The share of edits between 10:00 and 12:00; null for an even spread. */
  peak?: number | null;
  /** How often the test of a change is touched first. */
  testFirst?: number;
  /** Changed lines of a commit. */
  size?: (random: Random) => number;
  branch?: (random: Random, n: number) => string;
  /** How often a commit of api.ts has docs/api.md in it. */
  together?: number;
  own?: boolean;
}

/** Weeks of work, Monday to Friday, eight hours a day, six commits; what is not asked for is left to chance. Seeded. */
export function work(ways: Ways = {}): WorkEvent[] {
  const { weeks = 4, seed = 1, workspace = 'ws_a', start = 8, strays = 240, peak = null, own = true } = ways;
  const random = seededRandom(seed);
  const events: WorkEvent[] = [];
  for (let week = 0; week < weeks; week++)
    for (let day = 0; day < 5; day++) {
      const midnight = MONDAY + (week * 7 + day) * DAY;
      const begins = Math.round(start * 60 + (random.next() * 2 - 1) * strays);
      const length = 8 * 60 + Math.round((random.next() * 2 - 1) * strays);
      const minutes = [begins, begins + 1, begins + length - 1, begins + length];
      for (let n = 0; n < 60; n++)
        minutes.push(
          peak !== null && random.next() < peak
            ? 600 + randomInt(random, 120)
            : begins + randomInt(random, length),
        );
      for (const minute of minutes)
        events.push(edit(midnight + minute * MINUTE, workspace, `src/part${randomInt(random, 30)}.ts`));
      for (let n = 0; n < 6; n++) {
        const at = midnight + (begins + 70 + n * 65) * MINUTE;
        events.push(...change(at, week * 30 + day * 6 + n, ways, random, workspace, own));
      }
    }
  return events.sort((a, b) => a.at - b.at);
}

export function edit(at: number, workspace: string, file: string): WorkEvent {
  return { kind: 'edit', at, workspace, file, branch: null, size: null };
}

/** A commit of one to three files, with the edits of a test and of code before it. */
function change(
  at: number,
  n: number,
  { testFirst = 0.5, size, branch, together = 0 }: Ways,
  random: Random,
  workspace: string,
  own: boolean,
): WorkEvent[] {
  const name = `m${randomInt(random, 25)}`;
  const [code, test] = [`src/${name}.ts`, `test/${name}.test.ts`];
  const files = [code, test];
  if (n % 5 === 0) files.push('src/api.ts');
  if (n % 5 === 0 ? random.next() < together : random.next() < 0.05) files.push('docs/api.md');
  const [first, second] = random.next() < testFirst ? [test, code] : [code, test];
  const lines = size ? size(random) : Math.round(Math.exp(random.next() * 6.5));
  return [
    edit(at - 40 * MINUTE, workspace, first),
    edit(at - 20 * MINUTE, workspace, second),
    {
      kind: 'commit',
      at,
      workspace,
      commit: n.toString(16).padStart(40, '0'),
      own,
      branch: branch ? branch(random, n) : ['main', 'clock', `try${n}`, 'fix/x', `wip/${n}`][n % 5]!,
      files,
      insertions: lines,
      deletions: 0,
    },
  ];
}
