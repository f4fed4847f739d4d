import { count, duration } from '../kernel/index.ts';
import { nameOf } from './scope.ts';
import { DAY, type Thread } from './thread.ts';
import { type DriftParts, WEIGHTS } from './weights.ts';

/** A part below this is no reason for anything. */
const WORTH_A_WORD = 0.05;

/** Why a rating is what it is, in words, the weightiest first; and what was not measured. Pure. */
export function reasonsOf(thread: Thread, parts: DriftParts, now: number): string[] {
  const said = (Object.keys(WEIGHTS) as (keyof DriftParts)[])
    .filter((part) => (parts[part] ?? 0) >= WORTH_A_WORD)
    .sort((a, b) => WEIGHTS[b] * parts[b]! - WEIGHTS[a] * parts[a]!)
    .map((part) => words(part, thread, parts[part]!, now))
    // An hour that is back in scope has a past, and nothing to show for it.
    .filter((sentence) => sentence !== '');
  const inside = thread.scope && said.length === 0 ? [`The work keeps to ${nameOf(thread.scope)}`] : [];
  const missing = parts.conflict === null ? ['No vote of masks on it: the other parts weigh more'] : [];
  return [...said, ...inside, ...missing];
}

function words(part: keyof DriftParts, thread: Thread, value: number, now: number): string {
  switch (part) {
    case 'magnitude': {
      const files = Object.values(thread.files);
      const outside = files.filter(Boolean).length;
      if (!thread.scope) return '';
      if (outside === 0) return `Earlier edits of the last day lie outside of ${nameOf(thread.scope)}`;
      const of = `${outside} of ${count(files.length, 'edited file')}`;
      return `${of} ${outside === 1 ? 'lies' : 'lie'} outside of ${nameOf(thread.scope)}`;
    }
    case 'forecast':
      return `At this pace ${percent(value)} of the next hour's edits would lie outside`;
    case 'volatility':
      return 'It was away from its scope in earlier hours too';
    case 'conflict':
      return `The advisers disagree about it (${percent(value)})`;
    case 'age': {
      const idle = now - thread.touchedAt;
      return idle < DAY ? '' : `Nobody worked on it for ${duration(idle)}`;
    }
  }
}

function percent(part: number): string {
  return `${Math.round(100 * part)} %`;
}
