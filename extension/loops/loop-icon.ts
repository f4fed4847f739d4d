import type { Loop, LoopSource } from '../../companion/protocol/index.ts';

export interface LoopIcon {
  /** A codicon. */
  readonly icon: string;
  /** A theme colour, or none. */
  readonly color: string | null;
}

const icons: Readonly<Record<LoopSource, string>> = {
  whisper: 'comment',
  branch: 'git-branch',
  todo: 'checklist',
  uncommitted: 'diff-modified',
  stash: 'archive',
  failing_test: 'beaker',
  manual: 'circle-outline',
  import: 'cloud-download',
};

/** The shape tells where a loop comes from; colour only adds to what its words say. */
export function loopIcon({ source, status, priority, facts }: Loop): LoopIcon {
  if (status === 'stale') return { icon: icons[source], color: 'disabledForeground' };
  if (priority === 'high') return { icon: icons[source], color: 'charts.orange' };
  return { icon: icons[source], color: facts.current ? 'charts.blue' : null };
}
