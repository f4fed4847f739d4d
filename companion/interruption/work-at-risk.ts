import { count, duration } from '../kernel/index.ts';
import type { Loop, LoopStatus, Settings } from '../protocol/index.ts';
import type { Candidate } from './candidate.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
const IN_FLIGHT: ReadonlySet<LoopStatus> = new Set(['proposed', 'open', 'stale']);

/**
 * One candidate for each loop with work that a broken disk would take (systems.md, section 1: uncommitted too
 * long, or unpushed too long where a remote exists). What the user deferred or settled is let be. Pure.
 */
export function workAtRisk(
  loops: readonly Loop[],
  now: number,
  { loops: s }: Pick<Settings, 'loops'>,
): Candidate[] {
  return loops.flatMap((loop) => {
    if (!IN_FLIGHT.has(loop.status)) return [];
    const { uncommittedFiles = 0, uncommittedSince, unpushed = 0, unpushedSince } = loop.facts;
    const files = aged(uncommittedFiles, uncommittedSince, now, s.uncommittedRiskHours * HOUR_MS);
    // Counted only where a remote exists; without one there is nowhere to push to.
    const commits = aged(unpushed, unpushedSince, now, s.unpushedRiskDays * DAY_MS);
    if (!files && !commits) return [];
    const what = [files && count(files.n, 'file'), commits && count(commits.n, 'commit')].filter(Boolean);
    const why = [
      files && `Uncommitted for ${duration(files.age)} (at risk from ${duration(files.limit)} on)`,
      commits && `Not pushed for ${duration(commits.age)} (at risk from ${duration(commits.limit)} on)`,
    ].filter(Boolean);
    const one = (files?.n ?? 0) + (commits?.n ?? 0) === 1;
    const age = duration(Math.max(files?.age ?? 0, commits?.age ?? 0));
    return [
      {
        id: `work_at_risk:${loop.id}:${Math.floor(now / WEEK_MS)}`,
        subject: loop.id,
        workspace: loop.workspace,
        text: `${what.join(' and ')}${place(loop)} ${one ? 'exists' : 'exist'} only on this disk (${age}).`,
        why: `${why.join('. ')}.`,
        actions: [
          { id: 'show', label: 'Show' },
          { id: 'later', label: 'Later' },
        ],
        bypass: true,
      },
    ];
  });
}

function aged(n: number, since: number | undefined, now: number, limit: number) {
  if (n === 0 || since === undefined || now - since < limit) return null;
  return { n, age: now - since, limit };
}

function place(loop: Loop): string {
  const anchor = loop.anchors.find(({ kind }) => kind === 'branch');
  return anchor?.kind === 'branch' ? ` in \`${anchor.branch}\`` : '';
}
