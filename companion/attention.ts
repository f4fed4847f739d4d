import { type Interruption, type OwnCommit, reunion, stillOpen, workAtRisk } from './interruption/index.ts';
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
const FRESH_MS = 5 * 60 * 1000;

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
  let made: OwnCommit | null = null;
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
    const last = scan.last?.own ? scan.last : null;
    const commit = last?.commit ?? lastCommit;
    // What was committed while nobody looked, or came from elsewhere, is no moment of now.
    const isNew = lastCommit !== null && commit !== lastCommit && now - last!.at < FRESH_MS;
    if (last && isNew) made = last;
    lastCommit = commit;
    const left = made && stillOpen(made, open, now, settings());
    if (left) candidates.push(left);
    const subjects = new Set(candidates.map((candidate) => candidate.subject));
    for (const gone of proposed) if (!subjects.has(gone)) interruption.withdraw(gone);
    proposed = subjects;
    for (const candidate of candidates) interruption.propose(candidate);
    if (isNew) interruption.boundary(workspace.path, 'commit');
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
