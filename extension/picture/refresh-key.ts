import type { Status } from '../../companion/protocol/index.ts';

/** Equal for two statuses between which no loop can have changed. */
export function refreshKey({ instance, workspaces }: Status): string {
  const parts = workspaces.map(({ path, branch, openLoops, topLoop, scannedAt, scanning }) => [
    path,
    branch,
    openLoops,
    topLoop,
    scannedAt,
    scanning,
  ]);
  return JSON.stringify([instance, parts]);
}
