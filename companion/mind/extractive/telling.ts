import { ago } from '../../kernel/index.ts';
import { quote, words } from '../quote.ts';
import type { Source } from '../source.ts';
import type { Extract, Statement } from '../statement.ts';
import type { Asked } from '../what-is-asked.ts';

/** One source in one sentence, in its own words. Pure. */
export function tellOf(source: Source, now: number): Statement {
  return { text: sentenceOf(source, now), sources: [source] };
}

function sentenceOf(source: Source, now: number): string {
  const when = source.at === null ? '' : `, ${ago(source.at, now)}`;
  const place =
    source.file === undefined
      ? ''
      : ` at ${source.file}${source.line === undefined ? '' : `:${source.line}`}`;
  if (source.kind === 'commit') {
    const author = source.text.split('\n')[1];
    return `Commit ${source.commit?.slice(0, 7)}${author ? ` by ${words(author, 60)}` : ''}${when}: ${quote(source.excerpt, 160)}`;
  }
  if (source.kind === 'whisper') return `Noted${place}${when}: ${quote(source.excerpt, 200)}`;
  if (source.kind === 'decision')
    return `Decided${when}: ${words(source.title, 160)}${source.excerpt ? `, because ${quote(source.excerpt, 200)}` : ''}`;
  if (source.kind === 'loop') return `Thread ${quote(source.title, 90)}: ${words(source.excerpt, 160)}`;
  if (source.kind === 'memory')
    return `Remembered${place} (${words(source.title, 80)}${when}): ${quote(source.excerpt, 240)}`;
  return `${words(source.title, 120)}: ${quote(source.excerpt, 160)}`;
}

/** That nothing is known, and of what. Pure. */
export function unknown({
  words: about,
  question,
  perception,
}: Pick<Asked, 'words' | 'question' | 'perception'>): Extract {
  const text =
    about.length === 0 || perception.intent === 'other'
      ? 'Nothing that is known speaks to that. Ask where you were, why something was decided, or what is open in a file'
      : `Nothing is known of that: no decision, note, record, thread or commit speaks of ${quote(question, 120)}`;
  return { statements: [{ text, sources: [] }], known: false };
}
