import type { KnowledgeParts, Unseen } from './knowledge-of.ts';
import { composeBrief } from './loops/index.ts';
import type { Brief, BriefLine, Evidence, Loop } from './protocol/index.ts';
import type { Workspace } from './workspaces/index.ts';

/** A brief of those loops that are seen; lines that rest on what is not, or name it, are left out. */
export function briefSeen(
  workspace: Workspace,
  loops: readonly Loop[],
  unseen: Unseen,
  { clock, settings }: Pick<KnowledgeParts, 'clock' | 'settings'>,
): Brief {
  const brief = composeBrief({
    workspace: workspace.path,
    name: workspace.name,
    now: clock.now(),
    scan: workspace.scan,
    scanning: workspace.scanning,
    loops,
    shown: settings().loops.shown,
    lastActiveAt: workspace.session?.awayFrom ?? null,
    notes: workspace.notes,
  });
  const names = [...unseen.branches, ...unseen.titles].filter((name) => name.length > 2);
  const onShut = brief.branch !== null && unseen.branches.has(brief.branch);
  const isSeen = ({ text, evidence }: Pick<BriefLine, 'text' | 'evidence'>) =>
    !evidence.some((each) => isShut(each, unseen)) && !names.some((name) => text.includes(name));
  return {
    ...brief,
    branch: onShut ? null : brief.branch,
    // What was committed last on a branch that is not seen is not told either.
    last: brief.last && !onShut && isSeen(brief.last) ? brief.last : null,
    away: brief.away.filter(isSeen),
    next: brief.next.filter((step) => isSeen(step) && !(unseen.edits && /^Finish or abort/.test(step.text))),
  };
}

function isShut(evidence: Evidence, { branches, commits, places }: Unseen): boolean {
  if ('branch' in evidence) return branches.has(evidence.branch);
  if ('commit' in evidence)
    return [...commits].some((each) => each.startsWith(evidence.commit) || evidence.commit.startsWith(each));
  return places.has(`${evidence.file}:${evidence.line}`);
}
