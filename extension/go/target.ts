import type { Anchor, Evidence } from '../../companion/protocol/index.ts';

/** A place that a click can go to. */
export type Target =
  | { readonly kind: 'file'; readonly file: string; readonly line: number | null; readonly lost?: boolean }
  | { readonly kind: 'commit'; readonly commit: string; readonly name?: string }
  | { readonly kind: 'branch'; readonly branch: string }
  | { readonly kind: 'link'; readonly url: string };

export function targetOf(place: Anchor | Evidence): Target {
  if (!('kind' in place)) return evidenceTarget(place);
  switch (place.kind) {
    case 'branch':
      return { kind: 'branch', branch: place.branch };
    case 'file':
      return { kind: 'file', file: place.file, line: null };
    case 'line':
      return { kind: 'file', file: place.file, line: place.line, lost: place.lost };
    case 'commit':
      return { kind: 'commit', commit: place.commit };
    case 'stash':
      return { kind: 'commit', commit: place.commit, name: place.name };
    case 'link':
      return { kind: 'link', url: place.url };
  }
}

function evidenceTarget(evidence: Evidence): Target {
  if ('commit' in evidence) return { kind: 'commit', commit: evidence.commit };
  if ('branch' in evidence) return { kind: 'branch', branch: evidence.branch };
  return { kind: 'file', file: evidence.file, line: evidence.line };
}

const ORDER = ['branch', 'file', 'commit', 'link'] as const satisfies readonly Target['kind'][];

/** Where a loop can be entered: branches, files by name, commits; each place once, a file not beside its own lines. */
export function targetsOf(places: { anchors: readonly Anchor[]; evidence: readonly Evidence[] }): Target[] {
  const all = [...places.anchors, ...places.evidence].map(targetOf);
  const targets = [...new Map(all.map((target) => [targetKey(target), target])).values()];
  const withLines = new Set(
    targets.flatMap((one) => (one.kind === 'file' && one.line !== null ? [one.file] : [])),
  );
  return targets
    .filter((one) => one.kind !== 'file' || one.line !== null || !withLines.has(one.file))
    .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || byPlace(a, b));
}

function byPlace(a: Target, b: Target): number {
  if (a.kind !== 'file' || b.kind !== 'file') return 0;
  return a.file < b.file ? -1 : a.file > b.file ? 1 : (a.line ?? 0) - (b.line ?? 0);
}

/** Equal for targets that go to the same place. */
export function targetKey(target: Target): string {
  switch (target.kind) {
    case 'file':
      return `file:${target.file}:${target.line ?? ''}`;
    case 'commit':
      return `commit:${target.commit}`;
    case 'branch':
      return `branch:${target.branch}`;
    case 'link':
      return `link:${target.url}`;
  }
}

/** Where a loop is best entered: a line, else a file, else whatever it has first. */
export function entrance(targets: readonly Target[]): Target | null {
  const files = targets.filter((target) => target.kind === 'file');
  return files.find(({ line, lost }) => line !== null && !lost) ?? files[0] ?? targets[0] ?? null;
}

export interface TargetWords {
  readonly icon: string;
  readonly label: string;
  readonly description: string;
}

export function targetWords(target: Target): TargetWords {
  switch (target.kind) {
    case 'file': {
      const slash = target.file.lastIndexOf('/');
      const name = target.file.slice(slash + 1);
      const place = slash < 0 ? '' : target.file.slice(0, slash);
      return {
        icon: target.lost ? 'question' : 'file',
        label: target.line === null ? name : `${name}:${target.line}`,
        description: target.lost ? `${place} text not found any more`.trim() : place,
      };
    }
    case 'commit':
      return { icon: 'git-commit', label: target.commit.slice(0, 7), description: target.name ?? 'commit' };
    case 'branch':
      return { icon: 'git-branch', label: target.branch, description: 'branch' };
    case 'link':
      return { icon: 'link', label: target.url, description: '' };
  }
}
