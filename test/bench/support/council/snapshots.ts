import { git, gitLine } from './git-plumbing.ts';

export const DAY = 24 * 60 * 60 * 1000;
export const YEAR = 365 * DAY;

/** The state of the default branch at a date. */
export interface Snapshot {
  readonly at: number;
  readonly commit: string;
}

/**
 * Snapshots a year apart, the oldest first; the newest is the head of the default branch. At most `most`; none from
 * before the repository was `YOUNGEST` old.
 */
export async function readSnapshots(folder: string, most: number): Promise<Snapshot[]> {
  const [commit = '', seconds] = (await gitLine(folder, ['log', '-1', '--format=%H %ct', 'HEAD'])).split(' ');
  const snapshots = [{ at: Number(seconds) * 1000, commit }];
  while (snapshots.length < most) {
    const at = snapshots[0]!.at - YEAR;
    const before = `--before=${Math.floor(at / 1000)}`;
    const found = await gitLine(folder, ['rev-list', '-1', '--first-parent', before, 'HEAD']);
    if (!found || found === snapshots[0]!.commit) break;
    snapshots.unshift({ at, commit: found });
  }
  return snapshots;
}

/** The first snapshot that a commit was part of, by commit: what was known at a snapshot is what had landed by then. */
export async function readLandings(
  folder: string,
  snapshots: readonly Snapshot[],
): Promise<Map<string, number>> {
  const landed = new Map<string, number>();
  for (const [index, { commit }] of snapshots.entries()) {
    const known = index === 0 ? [] : [`^${snapshots[index - 1]!.commit}`];
    const listed = (await git(folder, ['rev-list', commit, ...known])).toString('latin1');
    for (const sha of listed.split('\n')) if (sha) landed.set(sha, index);
  }
  return landed;
}
