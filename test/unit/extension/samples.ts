import type { Loop, Status, WorkspaceState } from '../../../companion/protocol/index.ts';

export const NOW = Date.UTC(2025, 10, 24, 9, 12);
export const HOUR = 3_600_000;

export function workspace(part: Partial<WorkspaceState> = {}): WorkspaceState {
  return {
    path: '/home/ana/atlas',
    name: 'atlas',
    kind: 'git',
    sensing: true,
    branch: 'fix/clock',
    openLoops: 2,
    topLoop: 'parser',
    scannedAt: NOW,
    scanning: false,
    ...part,
  };
}

export function status(part: Partial<Status> = {}): Status {
  return {
    state: 'FULL',
    version: '0.1.0',
    instance: 'inst_1',
    pid: 42,
    startedAt: NOW - HOUR,
    now: NOW,
    dataDirectory: '/home/ana/.local/share/progeny',
    clients: 1,
    seq: 7,
    workspaces: [workspace()],
    health: [],
    pausedUntil: null,
    ...part,
  };
}

export function loop(part: Partial<Loop> = {}): Loop {
  return {
    id: 'loop_0000000000000001',
    workspace: '/home/ana/atlas',
    title: 'fix/clock',
    summary: '2 files uncommitted',
    context: '',
    source: 'branch',
    status: 'open',
    priority: 'normal',
    private: false,
    anchors: [],
    evidence: [],
    facts: {},
    rank: 0.5,
    createdAt: NOW - 90 * HOUR,
    touchedAt: NOW - 62 * HOUR,
    deferUntil: null,
    parentId: null,
    ...part,
  };
}
