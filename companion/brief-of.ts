import type { Clock } from './kernel/index.ts';
import { composeBrief, type LoopStore } from './loops/index.ts';
import type { Brief, Settings } from './protocol/index.ts';
import type { Workspaces } from './workspaces/index.ts';

export interface BriefParts {
  workspaces: Workspaces;
  loops: LoopStore;
  clock: Clock;
  settings(): Settings;
}

/** Where the user is in an open folder. Throws `not_found`. */
export async function briefOf(
  folder: string,
  { workspaces, loops, clock, settings }: BriefParts,
): Promise<Brief> {
  const workspace = await workspaces.get(folder);
  return composeBrief({
    workspace: workspace.path,
    name: workspace.name,
    now: clock.now(),
    scan: workspace.scan,
    scanning: workspace.scanning,
    loops: loops.list({ workspace: workspace.path, limit: 1000 }),
    shown: settings().loops.shown,
    lastActiveAt: workspace.session?.awayFrom ?? null,
    notes: workspace.notes,
  });
}
