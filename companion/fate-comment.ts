import { auxiliaryOf, type FateMeasures, measuresOfText } from './council/index.ts';
import * as git from './git/index.ts';
import type { Loop } from './protocol/index.ts';

/** A to-do comment in its file as that is now. */
export interface FoundComment {
  readonly file: string;
  readonly line: number;
  /** From the marker on, with its owner. */
  readonly text: string;
  /** Lines of the file, and the lines of the other comments in it. */
  readonly fileLines: number;
  readonly others: readonly number[];
}

/** What a comment and the lines around it tell of themselves, and who wrote it. */
export interface CommentOrigin {
  readonly measures: Partial<FateMeasures>;
  readonly author: string | null;
}

const DAY = 24 * 60 * 60 * 1000;
/** Lines each way that are around it. */
const AROUND = 15;
/** Of a file with more the rest is left out. */
const MOST_OTHERS = 50;

/** The comment of a loop in the text of its file: that with its words which is nearest to its line; null for none. Pure. */
export function findComment(
  { file, line, text }: { readonly file: string; readonly line: number; readonly text: string },
  content: string,
): FoundComment | null {
  const lines = content.split('\n');
  const found = lines.flatMap((row, i) => {
    const todo = git.findTodo(file, row);
    return todo ? [{ line: i + 1, ...todo }] : [];
  });
  const words = plain(text);
  const [own] = found
    .filter((each) => (words === '' ? each.line === line : plain(each.text).includes(words)))
    .toSorted((a, b) => Math.abs(a.line - line) - Math.abs(b.line - line));
  if (!own) return null;
  const others = found.filter((each) => each !== own && (each.marker === 'TODO' || each.marker === 'FIXME'));
  return {
    ...{ file, line: own.line, text: own.text },
    fileLines: lines.length - (content.endsWith('\n') ? 1 : 0),
    others: others.map((each) => each.line),
  };
}

/** What its text and its file say, without any history. `comment` is null where it is not there any more. Pure. */
export function measuresOfComment(
  { title, anchors }: Pick<Loop, 'title' | 'anchors'>,
  comment: FoundComment | null,
): Partial<FateMeasures> {
  const marker = /^(?:TODO|FIXME|HACK|XXX)\b/.exec(title)?.[0] ?? 'TODO';
  const noted = anchors.find(({ kind }) => kind === 'line');
  const bare =
    noted?.kind === 'line' && noted.text !== '' ? noted.text : title.replace(/^\S+\s+\S+:\d+\s*/, '');
  const said = measuresOfText(comment?.text ?? `${marker} ${bare}`);
  const linked = anchors.filter(({ kind }) => kind === 'link').length;
  return {
    ...said,
    links: (said.links ?? 0) + linked,
    ...(comment && {
      fileLines: comment.fileLines,
      siblings: comment.others.length,
      auxiliary: auxiliaryOf(comment.file),
    }),
  };
}

/** Who wrote it and what with it, and when the lines around it were written. One `git blame`. Throws `GitError`. */
export async function readCommentOrigin(
  repository: git.Repository,
  { file, line, others, fileLines }: FoundComment,
  { now, signal }: { readonly now: number; readonly signal: AbortSignal },
): Promise<CommentOrigin> {
  const near = Array.from({ length: 2 * AROUND + 1 }, (_, i) => line - AROUND + i).filter(
    (each) => each >= 1 && each <= fileLines,
  );
  const lines = await git.blameLines(repository, file, [...near, ...others.slice(0, MOST_OTHERS)], {
    signal,
  });
  const own = lines.get(line);
  if (!own) return { measures: {}, author: null };
  const around = near.flatMap((each) => {
    const other = lines.get(each);
    // What is not committed was written now.
    if (other === null) return [now];
    return other && other.commit !== own.commit ? [other.at] : [];
  });
  return {
    author: own.email,
    measures: {
      ageDays: Math.max(0, now - own.at) / DAY,
      nearbyDays: around.length === 0 ? null : Math.max(0, now - Math.max(...around)) / DAY,
      bornWith: others.filter((each) => lines.get(each)?.commit === own.commit).length,
    },
  };
}

function plain(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}
