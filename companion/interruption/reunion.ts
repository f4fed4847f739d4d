import { count, duration } from '../kernel/index.ts';
import type { Loop, LoopStatus, Settings } from '../protocol/index.ts';
import type { Candidate } from './candidate.ts';

const HOUR_MS = 60 * 60 * 1000;
const TITLE = 60;
const IN_FLIGHT: ReadonlySet<LoopStatus> = new Set(['proposed', 'open', 'stale']);

/** The user's return to a workspace. */
export interface Return {
  readonly workspace: string;
  readonly workspaceId: string;
  /** How long the user had been away by then, in ms. */
  readonly awayMs: number;
  /** When the user came back: the start of this session. */
  readonly backAt: number;
}

/**
 * The reunion after `reunionHours` away (systems.md, section 1): what is in flight, once per absence, for as
 * long as it is still a return. A TODO is a note, not work in flight. Pure.
 *
 * `loops`: those of the workspace, nearest first.
 */
export function reunion(
  { workspace, workspaceId, awayMs, backAt }: Return,
  loops: readonly Loop[],
  now: number,
  settings: Pick<Settings, 'loops' | 'interruption'>,
): Candidate | null {
  const inFlight = loops.filter(({ status, source }) => IN_FLIGHT.has(status) && source !== 'todo');
  const [first] = inFlight;
  if (!first || awayMs < settings.loops.reunionHours * HOUR_MS) return null;
  if (now - backAt >= settings.interruption.candidateHours * HOUR_MS) return null;
  const more = inFlight.length > 1 ? `, and ${inFlight.length - 1} more` : '';
  return {
    id: `reunion:${workspaceId}:${backAt}`,
    subject: workspaceId,
    workspace,
    text: `Back after ${duration(awayMs)}. In flight: ${nameOf(first)}, ${first.summary}${more}.`,
    why: `Offered on return after ${duration(settings.loops.reunionHours * HOUR_MS)} or more; ${count(inFlight.length, 'open thread')}.`,
    actions: [
      { id: 'brief', label: 'Show brief' },
      { id: 'later', label: 'Later' },
      { id: 'not_useful', label: 'Not useful' },
    ],
    bypass: false,
  };
}

function nameOf({ source, title, anchors }: Loop): string {
  const branch = source === 'branch' && anchors.find(({ kind }) => kind === 'branch');
  if (branch && branch.kind === 'branch') return `\`${branch.branch}\``;
  const points = [...title];
  return points.length <= TITLE ? title : `${points.slice(0, TITLE - 1).join('')}…`;
}
