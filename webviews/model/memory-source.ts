import type { MemorySource } from '../../companion/protocol/index.ts';
import { safeUrl, type Target } from './target.ts';

/** What a click on a source opens: the line, else the commit, and the page where there is one. */
export function targetsOfSource({ file, line, commit, uri }: MemorySource): Target[] {
  const targets: Target[] = [];
  if (file !== undefined) targets.push({ kind: 'file', file, line: line ?? null });
  if (commit !== undefined) targets.push({ kind: 'commit', commit });
  if (uri !== undefined && safeUrl(uri) !== null) targets.push({ kind: 'link', url: uri });
  return targets;
}

/** Where a record comes from that nothing can open, in words; null where there is nothing to say. */
export function sourceWords({ file, commit, uri, message }: MemorySource): string | null {
  if (file !== undefined || commit !== undefined) return null;
  if (uri !== undefined && safeUrl(uri) === null) {
    const last = uri.split(/[\\/]/).filter(Boolean).at(-1);
    return last === undefined ? null : `from ${last}`;
  }
  return message !== undefined && uri === undefined ? 'from a message' : null;
}
