import type { Loop } from '../protocol/index.ts';
import { isOpen } from './listed.ts';

/** A clean-up that the weekly review proposes. Nothing happens without the user. */
export interface ReviewProposal {
  loopId: string;
  /** `convert`: make a decision, an issue or a task of it, and close the loop. */
  action: 'close' | 'defer' | 'convert';
  title: string;
  /** What it rests on, in words. */
  why: string;
  idleMs: number;
}

/** systems.md, section 5: at most three clean-up proposals. */
const MOST = 3;
const DAY = 24 * 60 * 60 * 1000;

/** At most three proposals, for the open loops that were idle longest and for at least `staleDays`. Pure. */
export function reviewProposals(loops: readonly Loop[], now: number, staleDays: number): ReviewProposal[] {
  return loops
    .filter((loop) => isOpen(loop) && now - loop.touchedAt >= staleDays * DAY)
    .sort((a, b) => a.touchedAt - b.touchedAt || (a.id < b.id ? -1 : 1))
    .slice(0, MOST)
    .map((loop) => propose(loop, now - loop.touchedAt));
}

function propose(loop: Loop, idleMs: number): ReviewProposal {
  const days = Math.floor(idleMs / DAY);
  const idle = `untouched for ${days} ${days === 1 ? 'day' : 'days'}`;
  const { uncommittedFiles = 0, unpushed = 0, ahead = 0, conflicts = 0 } = loop.facts;
  const proposal = { loopId: loop.id, title: loop.title, idleMs };
  if (uncommittedFiles + unpushed + ahead + conflicts > 0 || loop.source === 'stash')
    return { ...proposal, action: 'defer', why: `${idle}, but it holds work that is nowhere else yet` };
  if (loop.source === 'todo' || loop.source === 'whisper')
    return {
      ...proposal,
      action: 'convert',
      why: `${idle}; a note that nobody took up, and no work hangs on it`,
    };
  return { ...proposal, action: 'close', why: `${idle}, and no work hangs on it` };
}
