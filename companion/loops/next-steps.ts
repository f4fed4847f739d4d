import { count, fileName, listing } from '../kernel/index.ts';
import type { Brief, Evidence, Loop } from '../protocol/index.ts';
import type { Scan } from './scan.ts';

type Step = Brief['next'][number];

/** The next concrete step of each loop that has one, nearest loop first; at most `limit`. Pure. */
export function nextSteps(scan: Scan, loops: readonly Loop[], limit: number): Step[] {
  const steps: Step[] = [];
  const operation = operationStep(scan);
  if (operation) steps.push(operation);
  for (const loop of loops) {
    if (steps.length >= limit) break;
    const text = stepFor(loop, scan);
    if (text) steps.push({ text, loopId: loop.id, evidence: stepEvidence(loop, scan) });
  }
  if (steps.length === 0 && scan.last) {
    const { places, subject, commit } = scan.last;
    const first = places[0];
    const where = first ? ` at ${fileName(first.file)}:${first.line}` : '';
    steps.push({
      text: `Nothing is open. Go on where you left off${where}: "${subject}".`,
      loopId: null,
      evidence: [{ commit }, ...places.slice(0, 1)],
    });
  }
  return steps.slice(0, limit);
}

function operationStep({ operation, uncommitted, branch }: Scan): Step | null {
  if (!operation) return null;
  const progress =
    operation.step !== null && operation.of !== null ? ` (step ${operation.step} of ${operation.of})` : '';
  const conflicts = uncommitted?.conflicts ? `; ${count(uncommitted.conflicts, 'file')} in conflict` : '';
  return {
    text: `Finish or abort the ${operation.kind}${progress}${conflicts}.`,
    loopId: null,
    evidence: [...(uncommitted?.places.slice(0, 3) ?? []), ...(branch !== null ? [{ branch }] : [])],
  };
}

function stepFor(loop: Loop, scan: Scan): string | null {
  const { facts } = loop;
  if (loop.source === 'todo') return todoStep(loop);
  if (loop.source === 'stash') return `Apply or drop the stash "${loop.title.replace(/^Stash: /, '')}".`;
  if (loop.source !== 'branch' && loop.source !== 'uncommitted') return null;
  const branch = loop.anchors.find((anchor) => anchor.kind === 'branch')?.branch ?? loop.title;
  const overlap = scan.moved?.overlaps.find((o) => o.with === branch);
  const rebase = overlap
    ? `then rebase: ${overlap.commit.slice(0, 7)} touches ${fileName(overlap.file)}, which ${branch} also changes`
    : '';
  if (facts.uncommittedFiles) {
    const files = scan.uncommitted?.files ?? [];
    const named = files.length > 0 && files.length <= 3 ? ` (${listing(files.map(fileName), 3)})` : '';
    return `Commit the ${count(facts.uncommittedFiles, 'file')} of ${branch}${named}${rebase ? `, ${rebase}` : ''}.`;
  }
  if (facts.unpushed)
    return `Push ${branch}: ${count(facts.unpushed, 'commit')} exist only on this disk${rebase ? `; ${rebase}` : ''}.`;
  if (facts.ahead && facts.behind && overlap)
    return `Rebase ${branch}: ${rebase.replace('then rebase: ', '')}.`;
  if (facts.ahead)
    return `Merge ${branch} or ask for a review: ${count(facts.ahead, 'commit')} ahead${facts.behind ? `, ${facts.behind} behind` : ''}.`;
  return null;
}

function todoStep(loop: Loop): string {
  const place = loop.anchors.find((anchor) => anchor.kind === 'line');
  const text = loop.title.replace(/^\S+ \S+ ?/, '');
  const where = place ? `${fileName(place.file)}:${place.line}` : loop.title;
  return `Do it or delete the note at ${where}${text ? `: "${text}"` : ''}.`;
}

function stepEvidence(loop: Loop, scan: Scan): Evidence[] {
  const branch = loop.anchors.find((anchor) => anchor.kind === 'branch')?.branch;
  const overlap = scan.moved?.overlaps.find((o) => o.with === branch);
  return [...loop.evidence.slice(0, 3), ...(overlap ? [{ commit: overlap.commit }] : [])];
}
