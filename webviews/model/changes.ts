import type { Brief, Loop } from '../../companion/protocol/index.ts';
import { count } from './words.ts';

/** What to say aloud when a list of threads changed by itself; null where nothing worth saying did. */
export function loopChanges(before: readonly Loop[] | null, after: readonly Loop[]): string | null {
  if (!before) return null;
  const had = new Set(before.map(({ id }) => id));
  const has = new Set(after.map(({ id }) => id));
  const added = after.filter(({ id }) => !had.has(id));
  const gone = before.filter(({ id }) => !has.has(id));
  const parts = [said(added, 'new'), said(gone, 'gone')].filter(Boolean);
  return parts.length === 0 ? null : `${parts.join('; ')}. ${count(after.length, 'thread')} listed.`;
}

function said(loops: readonly Loop[], what: string): string {
  if (loops.length === 0) return '';
  return loops.length === 1 ? `1 ${what}: ${loops[0]?.title}` : `${loops.length} ${what}`;
}

/** What to say aloud when the brief changed by itself. */
export function briefChanges(before: Brief | null, after: Brief): string | null {
  if (!before || before.workspace !== after.workspace) return null;
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const parts = [
    !same(before.last, after.last) && after.last ? `Last: ${after.last.text}` : '',
    loopChanges(before.loops, after.loops) ?? '',
    same(before.away, after.away) ? '' : 'While you were away: updated',
    same(before.next, after.next) ? '' : `Next: ${after.next[0]?.text ?? 'nothing'}`,
  ].filter(Boolean);
  return parts.length === 0 ? null : `Brief updated. ${parts.join('. ')}`;
}
