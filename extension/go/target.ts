import type { Anchor, Evidence } from '../../companion/protocol/index.ts';
import { type Target, targetLabel, targetOf, uniqueTargets } from '../../webviews/model/target.ts';

const ORDER = ['branch', 'file', 'commit', 'link'] as const satisfies readonly Target['kind'][];

/** Where a loop can be entered: branches, files by name, commits; each place once, a file not beside its own lines. */
export function targetsOf(places: { anchors: readonly Anchor[]; evidence: readonly Evidence[] }): Target[] {
  const all = [...places.anchors, ...places.evidence].map(targetOf);
  return uniqueTargets(all).sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || byPlace(a, b));
}

function byPlace(a: Target, b: Target): number {
  if (a.kind !== 'file' || b.kind !== 'file') return 0;
  return a.file < b.file ? -1 : a.file > b.file ? 1 : (a.line ?? 0) - (b.line ?? 0);
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
      const place = target.file.slice(0, Math.max(0, target.file.lastIndexOf('/')));
      return {
        icon: target.lost ? 'question' : 'file',
        label: targetLabel(target),
        description: target.lost ? `${place} text not found any more`.trim() : place,
      };
    }
    case 'commit':
      return { icon: 'git-commit', label: targetLabel(target), description: target.name ?? 'commit' };
    case 'branch':
      return { icon: 'git-branch', label: targetLabel(target), description: 'branch' };
    case 'link':
      return { icon: 'link', label: target.url, description: '' };
  }
}
