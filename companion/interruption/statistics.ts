import { count } from '../kernel/index.ts';
import type {
  InterruptionInWords,
  Interruption as InterruptionRow,
  InterruptionStats,
} from '../protocol/index.ts';
import { kindOf } from './candidate.ts';
import { gateWords, momentWords } from './words.ts';

/** A tap that was shown, as the log has it. */
export interface LoggedTap {
  readonly at: number;
  readonly candidate: string;
  readonly moment: string;
  readonly outcome: InterruptionRow['outcome'];
  readonly responseMs: number | null;
}

type Answers = Pick<InterruptionStats, 'shown' | 'engaged' | 'dismissed' | 'ignored' | 'medianResponseMs'>;

/** How taps were received: in all, by the moment at which they came, and by what they told. Pure. */
export function received(
  taps: readonly LoggedTap[],
): Answers & Pick<InterruptionStats, 'byMoment' | 'byKind'> {
  return {
    ...answersOf(taps),
    byMoment: grouped(taps, ({ moment }) => moment).map(([moment, answers]) => ({
      moment,
      words: momentWords(moment),
      ...answers,
    })),
    byKind: grouped(taps, ({ candidate }) => kindOf(candidate)).map(([kind, answers]) => ({
      kind,
      ...answers,
    })),
  };
}

/** A row of the log with its reason in words: every silence says which gate, every tap what became of it. Pure. */
export function inWords(row: InterruptionRow): InterruptionInWords {
  if (row.gate !== null) {
    const when = row.moment === 'none' ? '' : ` ${momentWords(row.moment)}`;
    return { ...row, words: `kept back${when}: ${gateWords(row.gate)}` };
  }
  const seconds =
    row.responseMs === null ? '' : ` after ${count(Math.round(row.responseMs / 1000), 'second')}`;
  const ending = {
    engaged: `you took it up${seconds}`,
    dismissed: `you turned it down${seconds}`,
    ignored: 'it stayed unanswered',
    open: 'it waits for your answer',
  }[row.outcome ?? 'open'];
  return { ...row, words: `told ${momentWords(row.moment)}; ${ending}` };
}

function grouped(taps: readonly LoggedTap[], keyOf: (tap: LoggedTap) => string): [string, Answers][] {
  return [...Map.groupBy(taps, keyOf)]
    .map(([key, some]): [string, Answers] => [key, answersOf(some)])
    .sort(([a, x], [b, y]) => y.shown - x.shown || (a < b ? -1 : 1));
}

function answersOf(taps: readonly LoggedTap[]): Answers {
  const times = taps.flatMap(({ responseMs }) => responseMs ?? []).sort((a, b) => a - b);
  const of = (outcome: LoggedTap['outcome']) => taps.filter((tap) => tap.outcome === outcome).length;
  return {
    shown: taps.length,
    engaged: of('engaged'),
    dismissed: of('dismissed'),
    ignored: of('ignored'),
    medianResponseMs: times[Math.floor(times.length / 2)] ?? null,
  };
}
