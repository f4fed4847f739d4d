import { clip, count, duration, fileName } from '../kernel/index.ts';
import type { Loop, LoopSource, LoopStatus, Settings } from '../protocol/index.ts';
import type { Candidate } from './candidate.ts';

const HOUR_MS = 60 * 60 * 1000;
const TITLE = 70;
const IN_FLIGHT: ReadonlySet<LoopStatus> = new Set(['open', 'stale']);
/** Threads that a person opened in so many words; what was found by looking is no promise. */
const SAID: ReadonlySet<LoopSource> = new Set(['whisper', 'manual', 'import']);

/** A commit of the user's own. */
export interface OwnCommit {
  readonly commit: string;
  readonly at: number;
  /** Some of the files that it changed, relative to the workspace. */
  readonly places: readonly { readonly file: string }[];
  /** All of them; absent where they are not known. */
  readonly files?: readonly string[];
}

/**
 * What a commit leaves open in the files that it changed: the thread that the user opened there longest ago, with its
 * other half where the thread has files that are not in the commit. Told for as long as a commit is news. Pure.
 *
 * `loops`: those of the workspace.
 */
export function stillOpen(
  { commit, at, places, files }: OwnCommit,
  loops: readonly Loop[],
  now: number,
  settings: Pick<Settings, 'interruption'>,
): Candidate | null {
  const changed = new Set(files ?? places.map(({ file }) => file));
  if (now - at >= settings.interruption.candidateHours * HOUR_MS) return null;
  const [oldest, ...others] = loops
    // What was noted within the hour is still in the user's head.
    .filter((loop) => IN_FLIGHT.has(loop.status) && SAID.has(loop.source) && at - loop.createdAt >= HOUR_MS)
    .map((loop) => ({ loop, ...split(loop, changed) }))
    .filter(({ inside }) => inside.length > 0)
    .sort((a, b) => a.loop.createdAt - b.loop.createdAt);
  if (!oldest) return null;
  const { loop, inside, outside } = oldest;
  const committed = `${fileName(inside[0]!)} is committed.`;
  const title = clip(loop.title, TITLE);
  const more = others.length > 0 ? ` ${count(others.length, 'more thread')} in these files.` : '';
  return {
    id: `insight:${loop.id}:${commit}`,
    subject: loop.id,
    workspace: loop.workspace,
    text:
      outside.length > 0 && files
        ? `${committed} The other half of "${title}" (${outside[0]}) is not.`
        : `${committed} Your thread there is still open: "${title}".`,
    why: `Open for ${duration(now - loop.createdAt)}; commit ${commit.slice(0, 7)} changed ${inside[0]}.${more}`,
    actions: [
      { id: 'show', label: 'Show' },
      { id: 'later', label: 'Later' },
      { id: 'not_useful', label: 'Not useful' },
    ],
    bypass: false,
  };
}

/** The files that a thread is anchored in: those of the commit, and the others. */
function split({ anchors }: Loop, changed: ReadonlySet<string>): { inside: string[]; outside: string[] } {
  const anchored = new Set(
    anchors.flatMap((anchor) => (anchor.kind === 'file' || anchor.kind === 'line' ? [anchor.file] : [])),
  );
  const [inside, outside]: [string[], string[]] = [[], []];
  for (const file of anchored) (changed.has(file) ? inside : outside).push(file);
  return { inside, outside };
}
