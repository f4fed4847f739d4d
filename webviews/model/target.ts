import type { Anchor, Evidence } from '../../companion/protocol/index.ts';

/** Something in the repository, or a page about it, that one click opens, in the web app and in the editor. */
export type Target =
  /** `lost`: the text that stood there is not found any more. */
  | { readonly kind: 'file'; readonly file: string; readonly line: number | null; readonly lost?: boolean }
  /** `name` of a stash. */
  | { readonly kind: 'commit'; readonly commit: string; readonly name?: string }
  | { readonly kind: 'branch'; readonly branch: string }
  | { readonly kind: 'link'; readonly url: string };

export function targetOfEvidence(evidence: Evidence): Target {
  if ('commit' in evidence) return { kind: 'commit', commit: evidence.commit };
  if ('branch' in evidence) return { kind: 'branch', branch: evidence.branch };
  return { kind: 'file', file: evidence.file, line: evidence.line };
}

export function targetOfAnchor(anchor: Anchor): Target {
  if (anchor.kind === 'line')
    return { kind: 'file', file: anchor.file, line: anchor.line, ...(anchor.lost && { lost: true }) };
  if (anchor.kind === 'file') return { kind: 'file', file: anchor.file, line: null };
  if (anchor.kind === 'branch') return { kind: 'branch', branch: anchor.branch };
  if (anchor.kind === 'link') return { kind: 'link', url: anchor.url };
  return { kind: 'commit', commit: anchor.commit, ...(anchor.kind === 'stash' && { name: anchor.name }) };
}

export function targetOf(place: Anchor | Evidence): Target {
  return 'kind' in place ? targetOfAnchor(place) : targetOfEvidence(place);
}

/** What tells two targets apart. */
export function targetKey(target: Target): string {
  if (target.kind === 'file') return `file ${target.file}:${target.line ?? ''}`;
  if (target.kind === 'commit') return `commit ${target.commit}`;
  return target.kind === 'branch' ? `branch ${target.branch}` : `link ${target.url}`;
}

/** Each target once, in the given order; a file that is there with a line is not there without. */
export function uniqueTargets(targets: readonly Target[]): Target[] {
  const lined = new Set(
    targets.flatMap((target) => (target.kind === 'file' && target.line !== null ? [target.file] : [])),
  );
  const telling = targets.filter(
    (target) => target.kind !== 'file' || target.line !== null || !lined.has(target.file),
  );
  return [...new Map(telling.map((target) => [targetKey(target), target])).values()];
}

/** The shortest text that is not ambiguous on a line: "scheduler.ts:88", "a41c9e2", "fix/clock". */
export function targetLabel(target: Target): string {
  if (target.kind === 'commit') return target.commit.slice(0, 7);
  if (target.kind === 'branch') return target.branch;
  if (target.kind === 'link') return target.url.replace(/^https?:\/\/(www\.)?/, '');
  const name = target.file.slice(target.file.lastIndexOf('/') + 1);
  return target.line === null ? name : `${name}:${target.line}`;
}

/** The whole of it, for a tooltip and for those who listen. */
export function targetTitle(target: Target): string {
  if (target.kind === 'commit') return `Commit ${target.commit}`;
  if (target.kind === 'branch') return `Branch ${target.branch}`;
  if (target.kind === 'link') return target.url;
  return target.line === null ? target.file : `${target.file}, line ${target.line}`;
}

/** The address where it is one that may be followed: web pages only, never `javascript:` and the like. */
export function safeUrl(url: string): string | null {
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? new URL(url).href : null;
}
