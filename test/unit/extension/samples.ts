import type { Loop, Status, WorkspaceState } from '../../../companion/protocol/index.ts';
import { NOW, sampleLoop, sampleStatus, sampleWorkspace } from '../../fixtures/samples.ts';

export { NOW };
export const HOUR = 3_600_000;
const HOME = '/home/ana/atlas';

export function workspace(part: Partial<WorkspaceState> = {}): WorkspaceState {
  return sampleWorkspace({ path: HOME, branch: 'fix/clock', openLoops: 2, topLoop: 'parser', ...part });
}

export function status(part: Partial<Status> = {}): Status {
  return sampleStatus({ workspaces: [workspace()], ...part });
}

export function loop(part: Partial<Loop> = {}): Loop {
  const [createdAt, touchedAt] = [NOW - 90 * HOUR, NOW - 62 * HOUR];
  const summary = '2 files uncommitted';
  return sampleLoop({ id: 'loop_0000000000000001', workspace: HOME, summary, createdAt, touchedAt, ...part });
}
