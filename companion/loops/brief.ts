import { count, listing } from '../kernel/index.ts';
import type { Brief, BriefLine, Evidence, Loop } from '../protocol/index.ts';
import { nextSteps } from './next-steps.ts';
import type { Scan, ScannedCommit } from './scan.ts';

const STEPS = 3;
const RECENT = 3;

export interface BriefInput {
  workspace: string;
  name: string;
  now: number;
  /** Null before the first reading. */
  scan: Scan | null;
  scanning: boolean;
  /** Open loops, nearest first. */
  loops: readonly Loop[];
  /** How many of them a brief shows. */
  shown: number;
  /** The last activity before this session; null where nothing is known. */
  lastActiveAt: number | null;
  /** Troubles of the moment, in words. */
  notes: readonly string[];
}

/**
 * "Where you are", from what is stored alone: no file is read and no program run here. Every line rests on
 * evidence. Pure.
 */
export function composeBrief(input: BriefInput): Brief {
  const { scan, now } = input;
  const loops = input.loops.slice(0, input.shown);
  const notes = [...input.notes, ...(scan?.notes ?? [])];
  const since = input.lastActiveAt ?? (scan?.last?.own ? scan.last.at : null);
  return {
    workspace: input.workspace,
    name: input.name,
    at: now,
    branch: scan?.branch ?? null,
    awayMs: since === null ? null : Math.max(0, now - since),
    last: scan?.last ? lastLine(scan.last, scan) : null,
    loops: [...loops],
    openLoops: input.loops.length,
    away: scan ? awayLines(scan) : [],
    next: scan ? nextSteps(scan, loops, STEPS) : [],
    coverage:
      input.scanning && !scan ? 'scanning' : notes.length > 0 ? 'partial' : scan ? 'fresh' : 'partial',
    notes: scan || input.scanning ? notes : [...notes, 'This folder has not been read yet.'],
  };
}

function lastLine(commit: ScannedCommit, scan: Scan): BriefLine {
  const branch = scan.branches.find((b) => b.commit === commit.commit)?.name;
  const who = commit.own ? '' : ` (${commit.author})`;
  const on = branch === undefined ? '' : `${branch}: `;
  const evidence: Evidence[] = [
    { commit: commit.commit },
    ...(branch === undefined ? [] : [{ branch }]),
    ...commit.places.slice(0, 3),
  ];
  return { text: `${on}${commit.subject}${who}`, at: commit.at, evidence };
}

function awayLines(scan: Scan): BriefLine[] {
  const { moved, defaultBranch } = scan;
  const lines: BriefLine[] = [];
  if (moved && moved.commits > 0 && moved.newest && defaultBranch !== null) {
    const who = listing(
      moved.authors.slice(0, 4).map(({ author, commits }) => `${author}: ${commits}`),
      3,
    );
    const touching = moved.overlaps
      .slice(0, 2)
      .map((o) => `${o.commit.slice(0, 7)} touches ${o.file}, which ${o.with} also changes`);
    lines.push({
      text: [`${defaultBranch} moved ${count(moved.commits, 'commit')} (${who})`, ...touching].join('; '),
      at: moved.newest.at,
      evidence: [
        { commit: moved.newest.commit },
        ...moved.overlaps.slice(0, 2).map(({ commit }) => ({ commit })),
      ],
    });
    return lines;
  }
  // Nothing is known of an absence: say what others did last, if anything.
  return scan.recent
    .filter((commit) => commit.commit !== scan.last?.commit && !commit.own)
    .slice(0, RECENT)
    .map((commit) => ({
      text: `${commit.author}: ${commit.subject}`,
      at: commit.at,
      evidence: [{ commit: commit.commit }],
    }));
}
