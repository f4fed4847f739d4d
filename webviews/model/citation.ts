import type { Citation } from '../../companion/protocol/index.ts';
import type { IconName } from '../parts/icon-table.ts';
import { type Location, to } from './location.ts';
import type { Target } from './target.ts';

export const CITATION_WORDS: Record<Citation['kind'], { readonly word: string; readonly icon: IconName }> = {
  memory: { word: 'memory', icon: 'history' },
  loop: { word: 'thread', icon: 'list-unordered' },
  whisper: { word: 'note', icon: 'comment' },
  decision: { word: 'decision', icon: 'law' },
  commit: { word: 'commit', icon: 'git-commit' },
  file: { word: 'file', icon: 'file' },
  branch: { word: 'branch', icon: 'git-branch' },
};

/** What of the repository a source names: the line, the commit, the branch. */
export function targetsOfCitation({ file, line, commit, branch }: Citation): Target[] {
  return [
    ...(file === undefined ? [] : [{ kind: 'file' as const, file, line: line ?? null }]),
    ...(commit === undefined ? [] : [{ kind: 'commit' as const, commit }]),
    ...(branch === undefined ? [] : [{ kind: 'branch' as const, branch }]),
  ];
}

/** Where one click on a source leads: to its own page where it has one, else into the repository, else to a search. */
export function leadsTo(citation: Citation): { page: Location } | { target: Target } {
  const { id, kind, title } = citation;
  if (id !== null && kind === 'memory') return { page: to('memory', id) };
  if (id !== null && kind === 'loop') return { page: to('loops', id) };
  const [target] = targetsOfCitation(citation);
  return target ? { target } : { page: to('memory', null, { text: title }) };
}
