import { count, duration } from '../kernel/index.ts';
import type { MemoryRecord, Proposal } from '../protocol/index.ts';
import type { OptionMeasures } from './case.ts';
import { telling } from './concerns.ts';

const DAY = 24 * 60 * 60 * 1000;
/** A record speaks of an option when it has this share of the option's telling words. */
const SPEAKS_OF = 0.6;

const TROUBLE =
  /^(?:fail|broke|break|revert|crash|bug|flak|corrupt|lost|lose|losing|regress|problem|trouble|pain|stuck|worse|slow|leak|deadlock|wrong|abandon|drop|remov|undid)/;
const SUCCESS =
  /^(?:work|solv|fix|good|well|happ|fast|stable|reliab|pass|better|best|simpl|success|green|easy|easier|love|like|kept|keep)/;
const NEGATION = /^(?:not|no|never|cannot|can't|didn't|doesn't|don't|won't|isn't|wasn't|without|hardly)$/;

/** "PostgreSQL, not SQLite" chose PostgreSQL. */
const INSTEAD_OF = /\b(?:not|no longer|instead of|rather than|in place of|over)\b/i;

export type Remembered = Pick<MemoryRecord, 'kind' | 'content' | 'happenedAt' | 'writtenBy'>;

/**
 * What is remembered of each option: how often and how lately it came up, what was decided, what went well or wrong.
 * What agents wrote counts for nothing. `records` are the evidence, in its order. Pure.
 */
export function measureOptions(
  options: readonly string[],
  records: readonly Remembered[],
  now: number,
): OptionMeasures[] {
  const words = options.map((option) => telling(option));
  return options.map((_, i) => {
    // What the options have in common tells nothing of one of them.
    const own = words[i]!.filter((word) => !words.every((each) => each.includes(word)));
    const about = records.flatMap((record, at) =>
      record.writtenBy !== 'agent' && speaksOf(record.content, own) ? [{ record, number: at + 1 }] : [],
    );
    const verdicts = about.map(({ record }) => verdictOf(record, own));
    const happened = about.map(({ record }) => record.happenedAt);
    return {
      mentions: about.length,
      newestDays: about.length === 0 ? null : Math.max(0, now - Math.max(...happened)) / DAY,
      chosen: verdicts.filter((verdict) => verdict === 'chosen').length,
      refused: verdicts.filter((verdict) => verdict === 'refused').length,
      ...moods(about.map(({ record }) => record)),
      cites: about.map(({ number }) => number),
    };
  });
}

/** What was measured of options, in words. Pure. */
export function measuredWords(
  options: readonly string[],
  measures: readonly OptionMeasures[],
): Proposal['measured'] {
  return options.map((option, i) => {
    const { mentions, newestDays, chosen, refused, trouble, success } = measures[i]!;
    const parts = [
      mentions === 0 ? 'nothing remembered' : count(mentions, 'record'),
      newestDays === null ? null : `newest ${duration(newestDays * DAY)} old`,
      chosen > 0 ? `chosen ${count(chosen, 'time')}` : null,
      refused > 0 ? `decided against ${count(refused, 'time')}` : null,
      success > 0 ? `${success} went well` : null,
      trouble > 0 ? `${trouble} went wrong` : null,
    ];
    return {
      name: `option ${i + 1}`,
      value: mentions,
      words: `${option}: ${parts.filter(Boolean).join(', ')}`,
    };
  });
}

function speaksOf(content: string, words: readonly string[]): boolean {
  if (words.length === 0) return false;
  const there = telling(content).map(base);
  return words.filter((word) => there.includes(base(word))).length >= SPEAKS_OF * words.length;
}

/** A decision reads "question → what was decided", then why. */
function verdictOf({ kind, content }: Remembered, words: readonly string[]): 'chosen' | 'refused' | null {
  if (kind !== 'decision') return null;
  const decided = content.split('\n')[0]!.split(' → ')[1];
  if (decided === undefined) return null;
  return speaksOf(decided.split(INSTEAD_OF)[0]!, words) ? 'chosen' : 'refused';
}

/** Whether records tell of things that went wrong or well: by the greater number of such words, negation turned round. */
function moods(records: readonly Remembered[]): Pick<OptionMeasures, 'trouble' | 'success'> {
  const signs = records.map(({ content }) => Math.sign(mood(content)));
  return {
    trouble: signs.filter((sign) => sign < 0).length,
    success: signs.filter((sign) => sign > 0).length,
  };
}

function mood(content: string): number {
  const words = content.toLowerCase().match(/[\p{L}\p{N}'’]+/gu) ?? [];
  return words.reduce((sum, word, i) => {
    const by = TROUBLE.test(word) ? -1 : SUCCESS.test(word) ? 1 : 0;
    const turned = words
      .slice(Math.max(0, i - 2), i)
      .some((before) => NEGATION.test(before.replace('’', "'")));
    return sum + (turned ? -by : by);
  }, 0);
}

/** "tests" and "test" are one word. */
function base(word: string): string {
  return word.length > 3 ? word.replace(/(?:es|s)$/, '') : word;
}
