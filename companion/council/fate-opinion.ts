import type { Archetype, MaskPriorities } from '../protocol/index.ts';
import type { FateMeasures } from './fate-measures.ts';

export interface FateOpinion {
  readonly choice: 'preserve' | 'fork' | 'discard' | null;
  /** -1 discard … 1 preserve. */
  readonly lean: number;
  /** How well the reason is borne out, 0-1. */
  readonly logic: number;
  readonly reason: string;
  /** Names of the measures that it rests on. */
  readonly cites: readonly string[];
}

interface Pull {
  readonly name: keyof FateMeasures;
  /** -1 to 1. */
  readonly by: number;
  readonly words: string;
}

const UNDECIDED = 0.08;

/** What one adviser makes of the measures of a thread. The same measures give the same opinion. Pure. */
export function fateOpinion(
  archetype: Archetype,
  priorities: MaskPriorities,
  measures: FateMeasures,
): FateOpinion {
  const pulls = pullsOf(priorities, measures);
  if (pulls.length === 0)
    return { choice: null, lean: 0, logic: 0, reason: 'Nothing that I go by was measured.', cites: [] };
  const lean = Math.tanh(pulls.reduce((sum, { by }) => sum + by, 0));
  const telling = pulls.toSorted((a, b) => Math.abs(b.by) - Math.abs(a.by)).slice(0, 3);
  const logic = Math.min(1, Math.abs(lean) * (0.5 + pulls.length / 12));
  const cites = telling.map(({ name }) => name);
  const reason = `${sentence(telling.map(({ words }) => words))}.`;
  const two = (measures.ahead ?? 0) >= 5 && (measures.idleDays ?? 0) >= 14;
  if (two && (archetype === 'sage' || archetype === 'weaver') && Math.abs(lean) < 0.5)
    return { choice: 'fork', lean, logic: Math.max(logic, 0.4), reason, cites };
  if (Math.abs(lean) < UNDECIDED) return { choice: null, lean, logic, reason, cites };
  return { choice: lean > 0 ? 'preserve' : 'discard', lean, logic, reason, cites };
}

function pullsOf(p: MaskPriorities, m: FateMeasures): Pull[] {
  const pulls: Pull[] = [];
  const add = (name: keyof FateMeasures, by: (value: number) => number, words: (value: number) => string) => {
    const value = m[name];
    if (value !== null) pulls.push({ name, by: by(value), words: words(value) });
  };
  add(
    'idleDays',
    (n) => 0.4 - (0.5 + p.novelty) * Math.min(1, n / 60),
    (n) => `untouched for ${Math.round(n)} days`,
  );
  add(
    'ahead',
    (n) => p.value * Math.min(1, n / 5),
    (n) => `${n} commits that nothing else has`,
  );
  add(
    'uncommittedFiles',
    (n) => p.risk * Math.min(1, n / 3),
    (n) => `${n} files uncommitted`,
  );
  add(
    'unpushed',
    (n) => p.risk * Math.min(0.6, n / 5),
    (n) => `${n} commits on this disk only`,
  );
  add(
    'behind',
    (n) => -p.effort * Math.min(0.8, n / 60),
    (n) => `${n} commits behind`,
  );
  add(
    'conflicts',
    (n) => -p.effort * Math.min(1, n / 3),
    (n) => `${n} files in conflict`,
  );
  add(
    'changesSince',
    (n) => 0.3 - p.effort * Math.min(0.8, n / 20),
    (n) => `its file changed ${n} times since`,
  );
  add(
    'current',
    (n) => n * p.focus,
    (n) => (n === 1 ? 'it is being worked on now' : 'nobody is on it now'),
  );
  add(
    'ageDays',
    (n) => -p.novelty * Math.min(0.6, n / 365),
    (n) => `${Math.round(n)} days old`,
  );
  add(
    'failingTests',
    (n) => p.risk * Math.min(0.5, n / 2),
    (n) => `${n} tests fail`,
  );
  add(
    'drift',
    (n) => -p.focus * n,
    (n) => `${Math.round(n * 100)} % outside its scope`,
  );
  return pulls;
}

function sentence(parts: readonly string[]): string {
  const text = parts.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
