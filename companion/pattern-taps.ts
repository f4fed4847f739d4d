import type { Candidate, Interruption, TapAction } from './interruption/index.ts';
import { count, type Disposable, duration } from './kernel/index.ts';
import type { PatternKeeper } from './patterns/index.ts';
import type { Pattern } from './protocol/index.ts';

export interface PatternTapsOptions {
  readonly interruption: Interruption;
  readonly patterns: PatternKeeper;
}

const MOST = 200;
/** Of threads that nobody touches, the one that was left last is the likeliest to be taken up: one at a time. */
const ABANDONED_AT_ONCE = 1;
/** What was left longer ago than this is not news. */
const STALE_NEWS_MS = 28 * 24 * 60 * 60 * 1000;

/** Offers what was found in the work to the policy, for as long as it lasts. Dispose it to withdraw all. */
export function watchPatterns({ interruption, patterns }: PatternTapsOptions): Disposable {
  let proposed = new Set<string>();
  const consider = () => {
    const candidates = patternCandidates(patterns.list({ all: false, limit: MOST }));
    const subjects = new Set(candidates.map(({ subject }) => subject));
    for (const gone of proposed) if (!subjects.has(gone)) interruption.withdraw(gone);
    proposed = subjects;
    for (const candidate of candidates) interruption.propose(candidate);
  };
  const listening = patterns.changed.add(consider);
  return {
    dispose() {
      listening.dispose();
      for (const subject of proposed) interruption.withdraw(subject);
    },
  };
}

/**
 * What is worth a tap of the patterns that go on. A return and work at risk have candidates of their own (see
 * `attention.ts`); that the work moved elsewhere is no news to who moved. Pure.
 */
export function patternCandidates(patterns: readonly Pattern[]): Candidate[] {
  let abandoned = 0;
  const began = ({ evidence }: Pattern) => evidence.find((row) => row.kind !== 'usual')?.at ?? 0;
  const newest = [...patterns].sort((a, b) => began(b) - began(a) || a.id.localeCompare(b.id));
  return newest.flatMap((pattern) => {
    const said = words(pattern);
    if (!said) return [];
    if (pattern.kind === 'abandonment' && ++abandoned > ABANDONED_AT_ONCE) return [];
    return [
      {
        id: `${pattern.kind}:${pattern.id}:${pattern.foundAt}`,
        subject: pattern.id,
        workspace: pattern.workspace,
        text: said.text,
        why: said.why,
        actions: [said.action, { id: 'later', label: 'Later' }, { id: 'not_useful', label: 'Not useful' }],
        bypass: false,
      },
    ];
  });
}

interface Words {
  readonly text: string;
  readonly why: string;
  readonly action: TapAction;
}

const BRIEF: TapAction = { id: 'brief', label: 'Show brief' };

function words(pattern: Pattern): Words | null {
  const { kind, text, evidence } = pattern;
  const rows = evidence.filter((row) => row.kind !== 'usual');
  const first = rows[0];
  if (!first) return null;
  const sure = `${Math.round(pattern.confidence * 100)} % sure`;
  switch (kind) {
    case 'workload_spike':
      return {
        text: `${text} The brief shows what of it is not committed yet.`,
        why: `${judged(pattern)}; ${sure}.`,
        action: BRIEF,
      };
    case 'stuck':
      return {
        text: `${text} A note of what was tried saves trying it twice.`,
        why: `From ${count(rows.length, 'row')} over ${duration((rows.at(-1) ?? first).at - first.at)} of this; ${sure}.`,
        action: BRIEF,
      };
    case 'thrash':
      return {
        text: `${text} The brief shows what is in flight.`,
        why: `${judged(pattern)}; ${sure}.`,
        action: BRIEF,
      };
    case 'abandonment': {
      const idle = pattern.foundAt - first.at;
      if (idle > STALE_NEWS_MS) return null;
      return {
        text: `${text} Keep it, put it off or drop it?`,
        why: `It was left ${duration(idle)} before this was noticed; of such threads the one that was left last is told.`,
        action: BRIEF,
      };
    }
    case 'focus_shift':
    case 'reunion':
    case 'work_at_risk':
      return null;
  }
}

/** What it was measured against. */
function judged({ evidence }: Pattern): string {
  return evidence.some((row) => row.kind === 'usual')
    ? 'Far above what the last weeks of your own work had'
    : 'Much for an hour; what is usual for you is not known yet';
}
