import { auxiliaryOf, type FateMeasure, type FateMeasures, UNMEASURED } from './council/index.ts';
import { type FoundComment, findComment, measuresOfComment, readCommentOrigin } from './fate-comment.ts';
import { readFateHistory } from './fate-history.ts';
import * as git from './git/index.ts';
import { count, duration } from './kernel/index.ts';
import type { LoopStore } from './loops/index.ts';
import type { Loop, Proposal } from './protocol/index.ts';
import type { Timeline } from './timeline/index.ts';

const DAY = 24 * 60 * 60 * 1000;
const QUARTER = 90 * DAY;
const PATIENCE_MS = 5000;
const OPEN = 1000;

export interface FateSources {
  readonly loops: Pick<LoopStore, 'list'>;
  readonly timeline: Pick<Timeline, 'read'>;
  readonly program: git.GitProgram | Error;
  /** The text of a file of a folder; null where it cannot be read. */
  readText(folder: string, file: string): Promise<string | null>;
  /** How far a loop has left its scope by its newest rating, 0-1; null where there is none. */
  drift(loop: string): number | null;
  /** The id of a folder. */
  idOf(workspace: string): string | null;
  readonly now: number;
}

/** What is known of a loop now: from its last scan, the other loops, the history of its files, and the work on them. */
export async function gatherFate(
  loop: Loop,
  sources: FateSources,
  signal?: AbortSignal,
): Promise<FateMeasures> {
  const { now } = sources;
  const { facts } = loop;
  const files = filesOf(loop);
  const comment = await commentOf(loop, sources);
  const past = await pastOf(loop, files, comment, sources, signal);
  const work = workOn(loop, files, sources);
  const others = sources.loops.list({ workspace: loop.workspace, limit: OPEN });
  const there = others.filter(
    (other) => other.id !== loop.id && [...filesOf(other)].some((file) => files.has(file)),
  );
  const said = loop.source === 'todo' ? measuresOfComment(loop, comment) : {};
  return {
    ...UNMEASURED,
    ageDays: days(now - (facts.writtenAt ?? loop.createdAt)),
    idleDays: days(now - Math.max(loop.touchedAt, work.editedAt)),
    changesSince: facts.changesSince ?? null,
    words: loop.title.split(/\s+/).filter(Boolean).length,
    links: loop.anchors.filter(({ kind }) => kind === 'link').length,
    siblings: files.size === 0 ? null : there.length,
    auxiliary: files.size === 0 ? null : Number([...files].every((file) => auxiliaryOf(file) === 1)),
    ...said,
    ...past,
    ...(said.siblings != null && {
      siblings: said.siblings + there.filter(({ source }) => source !== 'todo').length,
    }),
    ...(past.bornWith != null && { bornWith: past.bornWith + bornElsewhere(loop, files, others) }),
    uncommittedFiles: facts.uncommittedFiles ?? null,
    uncommittedLines:
      facts.insertions === undefined && facts.deletions === undefined
        ? null
        : (facts.insertions ?? 0) + (facts.deletions ?? 0),
    ahead: facts.ahead ?? null,
    behind: facts.behind ?? null,
    unpushed: facts.unpushed ?? null,
    conflicts: facts.conflicts ?? null,
    current: facts.current === undefined ? null : Number(facts.current),
    failingTests: work.failing,
    priority: { low: 0, normal: 0.5, high: 1 }[loop.priority],
    drift: sources.drift(loop.id),
  };
}

/** Measures of which nothing is worth telling, too. */
const EVEN_NONE: ReadonlySet<FateMeasure> = new Set(['idleDays', 'current', 'changes90']);

/** The measures that a person understands at a glance, in words; what was not measured, or is not there, is left out. Pure. */
export function fateWords(measures: FateMeasures): Proposal['measured'] {
  return WORDS.flatMap(([name, words]) => {
    const value = measures[name];
    return value === null || (value === 0 && !EVEN_NONE.has(name))
      ? []
      : [{ name, value, words: words(value) }];
  });
}

const WORDS: readonly (readonly [FateMeasure, (value: number) => string])[] = [
  ['idleDays', (n) => `idle for ${duration(n * DAY)}`],
  ['ageDays', (n) => `${duration(n * DAY)} old`],
  ['ahead', (n) => `${count(n, 'commit')} of its own`],
  ['behind', (n) => `${count(n, 'commit')} behind`],
  ['uncommittedFiles', (n) => `${count(n, 'file')} uncommitted`],
  ['uncommittedLines', (n) => `${count(n, 'line')} not committed`],
  ['unpushed', (n) => `${count(n, 'commit')} on this machine only`],
  ['conflicts', (n) => `${count(n, 'file')} in conflict`],
  ['changesSince', (n) => `its file changed ${count(n, 'time')} since`],
  ['changes90', (n) => `${count(n, 'commit')} to its files in 90 days`],
  ['changes365', (n) => `${count(n, 'commit')} to them in a year`],
  ['fileLines', (n) => `a file of ${count(n, 'line')}`],
  ['nearbyDays', (n) => `the lines around it last changed ${duration(n * DAY)} ago`],
  ['authorIdleDays', (n) => `who wrote it last committed ${duration(n * DAY)} ago`],
  ['hands365', (n) => `${count(n, 'person', 'people')} at its files in a year`],
  ['bornWith', (n) => `noted together with ${count(n, 'other')}`],
  ['siblings', (n) => `${count(n, 'other thread')} in the same files`],
  ['drift', (n) => `${Math.round(100 * n)} % away from its scope`],
  ['failingTests', (n) => `${count(n, 'test run')} failed last`],
  ['current', (n) => (n === 1 ? 'checked out now' : 'not checked out')],
];

/** Workspace files that it is about. */
function filesOf({ anchors, evidence }: Pick<Loop, 'anchors' | 'evidence'>): Set<string> {
  return new Set(
    [...anchors, ...evidence].flatMap((each: object) => ('file' in each ? [each.file as string] : [])),
  );
}

/**
 * What the repository tells of its past; nothing where there is none, and of what cannot be read soon the rest. Rejects
 * only with the reason of the signal.
 */
async function pastOf(
  { workspace, anchors, source }: Loop,
  files: ReadonlySet<string>,
  comment: FoundComment | null,
  { program, now }: FateSources,
  signal?: AbortSignal,
): Promise<Partial<FateMeasures>> {
  if (program instanceof Error) return {};
  const limits = [AbortSignal.timeout(PATIENCE_MS), ...(signal ? [signal] : [])];
  const within = { now, signal: AbortSignal.any(limits) };
  const unlessCancelled = () => {
    signal?.throwIfAborted();
    return null;
  };
  const repository = await git.openRepository(program, workspace, within).catch(unlessCancelled);
  if (!repository) return {};
  const origin = comment ? readCommentOrigin(repository, comment, within).catch(unlessCancelled) : null;
  const author = Promise.resolve(origin).then((found) => found?.author ?? null);
  const own = source === 'branch' ? anchors.find(({ kind }) => kind === 'branch') : undefined;
  const branch = own?.kind === 'branch' ? own.branch : null;
  const asked = { ...within, files, author };
  const [history, written] = await Promise.all([
    readFateHistory(repository, { ...asked, branch })
      .catch((error: unknown) => {
        // A branch that is gone has left its files.
        const gone = branch !== null && git.isGitError(error, 'unknown-revision');
        return gone ? readFateHistory(repository, { ...asked, branch: null }) : Promise.reject(error);
      })
      .catch(unlessCancelled),
    origin,
  ]);
  return { ...history, ...written?.measures };
}

/** Where the comment of a loop stands now; null for no comment, or one that is gone. */
async function commentOf(
  { source, anchors, workspace }: Loop,
  { readText }: FateSources,
): Promise<FoundComment | null> {
  const at = source === 'todo' ? anchors.find(({ kind }) => kind === 'line') : undefined;
  if (at?.kind !== 'line' || at.lost) return null;
  const content = await readText(workspace, at.file);
  return content === null ? null : findComment(at, content);
}

/** Other to-do comments elsewhere that the commits of this one opened. */
function bornElsewhere({ evidence, id }: Loop, files: ReadonlySet<string>, others: readonly Loop[]): number {
  const commits = new Set(evidence.flatMap((each) => ('commit' in each ? [each.commit] : [])));
  return others.filter(
    (other) =>
      other.id !== id &&
      other.source === 'todo' &&
      ![...filesOf(other)].some((file) => files.has(file)) &&
      other.evidence.some((each) => 'commit' in each && commits.has(each.commit)),
  ).length;
}

/** When its files were last worked on, and whether the last tests failed while it is the current work. */
function workOn(
  { workspace, facts }: Loop,
  files: ReadonlySet<string>,
  { timeline, idOf, now }: FateSources,
): { editedAt: number; failing: number | null } {
  const id = idOf(workspace);
  if (id === null) return { editedAt: 0, failing: null };
  const events = timeline.read({ workspace: id, kinds: ['edit', 'test'], since: now - QUARTER });
  const edits = events.filter((event) => event.kind === 'edit' && files.has(event.file));
  const tests = events.filter((event) => event.kind === 'test');
  const latest = new Map(tests.map((event) => [event.kind === 'test' ? event.name : '', event]));
  const failed = [...latest.values()].filter((event) => event.kind === 'test' && !event.passed).length;
  return { editedAt: edits.at(-1)?.at ?? 0, failing: facts.current && latest.size > 0 ? failed : null };
}

function days(ms: number): number {
  return Math.max(0, ms) / DAY;
}
