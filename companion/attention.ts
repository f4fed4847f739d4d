import { type Interruption, reunion, workAtRisk } from './interruption/index.ts';
import type { Clock } from './kernel/index.ts';
import type { LoopStore } from './loops/index.ts';
import type { Settings } from './protocol/index.ts';
import type { Workspace } from './workspaces/index.ts';

export interface AttentionOptions {
  interruption: Interruption;
  loops: LoopStore;
  clock: Clock;
  settings: () => Settings;
}

const RECHECK_MS = 15 * 60 * 1000;

/**
 * Tells the interruption policy what there is to say about an open workspace, and of its commits. Dispose it
 * when the workspace closes.
 */
export function watchForTaps(
  workspace: Workspace,
  { interruption, loops, clock, settings }: AttentionOptions,
): { dispose(): Promise<void> } {
  let proposed = new Set<string>();
  let lastCommit = workspace.scan?.last?.commit ?? null;
  const consider = () => {
    const { scan, session } = workspace;
    if (!scan) return;
    const now = clock.now();
    const open = loops.list({ workspace: workspace.path, limit: 1000 });
    const candidates = workAtRisk(open, now, settings());
    if (session?.awayFrom != null) {
      const back = {
        workspace: workspace.path,
        workspaceId: workspace.id,
        awayMs: session.startedAt - session.awayFrom,
        backAt: session.startedAt,
      };
      const welcome = reunion(back, open, now, settings());
      if (welcome) candidates.push(welcome);
    }
    const subjects = new Set(candidates.map((candidate) => candidate.subject));
    for (const gone of proposed) if (!subjects.has(gone)) interruption.withdraw(gone);
    proposed = subjects;
    for (const candidate of candidates) interruption.propose(candidate);
    const commit = scan.last?.own ? scan.last.commit : lastCommit;
    if (lastCommit !== null && commit !== lastCommit) interruption.boundary(workspace.path, 'commit');
    lastCommit = commit;
  };
  const listening = workspace.changed.add(consider);
  const timer = clock.every(RECHECK_MS, consider);
  consider();
  return {
    async dispose() {
      listening.dispose();
      timer.dispose();
      for (const subject of proposed) interruption.withdraw(subject);
    },
  };
}
