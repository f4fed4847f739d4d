import { clip } from '../kernel/index.ts';
import { plain } from './plain.ts';
import type { Source } from './source.ts';
import type { Place } from './what-is-asked.ts';

const EXCERPT = 500;
const SELECTION = 2000;
/** So much of a text is made plain, which takes longer the longer it is; less of it is shown. */
const READ = 2000;
const EARLIER = 4;

/** Sources as a model reads them, each under its number. Pure. */
export function sourcesAsData(sources: readonly Source[]): string {
  if (sources.length === 0) return '(none)';
  return sources
    .map((source, i) => {
      const { kind, title, text, excerpt, file, line, commit, at } = source;
      const place = file === undefined ? '' : `, ${file}${line === undefined ? '' : `:${line}`}`;
      const when = at === null ? '' : `, ${new Date(at).toISOString().slice(0, 10)}`;
      const says = kind === 'decision' ? text : excerpt;
      return `[${i + 1}] ${kind}${commit ? ` ${commit.slice(0, 7)}` : ''}${place}${when}: ${oneLine(title)}\n${clip(plain(clip(says, READ)), EXCERPT)}`;
    })
    .join('\n\n');
}

/** Where the user stands. Pure. */
export function placeAsData({ file, line, selection }: Place): string {
  const where = file === undefined ? '(not known)' : `${file}${line === undefined ? '' : `, line ${line}`}`;
  return selection === undefined || selection.trim() === ''
    ? where
    : `${where}\nSelected:\n${clip(selection, SELECTION)}`;
}

/** What was said before, the oldest first. Pure. */
export function earlierAsData(turns: readonly { question: string; answer: string }[]): string {
  const last = turns.slice(-EARLIER);
  if (last.length === 0) return '(nothing)';
  return last
    .map(
      ({ question, answer }) =>
        `Developer: ${clip(oneLine(question), 300)}\nYou: ${clip(oneLine(answer), 500)}`,
    )
    .join('\n');
}

function oneLine(text: string): string {
  return plain(clip(text, READ)).replace(/\s+/g, ' ').trim();
}
