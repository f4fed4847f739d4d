import { type FateMeasure, type FateMeasures, UNMEASURED } from './council/index.ts';
import * as git from './git/index.ts';
import { count, duration } from './kernel/index.ts';
import type { LoopStore } from './loops/index.ts';
import type { Loop, Proposal } from './protocol/index.ts';
import type { Timeline } from './timeline/index.ts';

const DAY = 24 * 60 * 60 * 1000;
const QUARTER = 90 * DAY;
const YEAR = 365 * DAY;
const MOST_COMMITS = 5000;
const PATIENCE_MS = 5000;
const OPEN = 1000;

export interface FateSources {
  readonly loops: Pick<LoopStore, 'list'>;
  readonly timeline: Pick<Timeline, 'read'>;
  readonly program: git.GitProgram | Error;
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
  const history = await historyOf(loop, files, sources, signal);
  const work = workOn(loop, files, sources);
  const others = sources.loops.list({ workspace: loop.workspace, limit: OPEN });
  return {
    ...UNMEASURED,
    ageDays: days(now - (facts.writtenAt ?? loop.createdAt)),
    idleDays: days(now - Math.max(loop.touchedAt, work.editedAt)),
    ...history,
    changesSince: facts.changesSince ?? null,
    broken: loop.source === 'todo' ? Number(/^FIXME\b/.test(loop.title)) : null,
    words: loop.title.split(/\s+/).filter(Boolean).length,
    links: loop.anchors.filter(({ kind }) => kind === 'link').length,
    siblings:
      files.size === 0
        ? null
        : others.filter(
            (other) => other.id !== loop.id && [...filesOf(other)].some((file) => files.has(file)),
          ).length,
    auxiliary: files.size === 0 ? null : Number([...files].every((file) => AUXILIARY.test(file))),
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
  };
}

const AUXILIARY = /(^|\/)(tests?|__tests__|specs?|fixtures?|examples?|docs?|benchmarks?|testdata|e2e)(\/|$)/i;

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
  ['siblings', (n) => `${count(n, 'other thread')} in the same files`],
  ['failingTests', (n) => `${count(n, 'test run')} failed last`],
  ['current', (n) => (n === 1 ? 'checked out now' : 'not checked out')],
];

/** Workspace files that it is about. */
function filesOf({ anchors, evidence }: Pick<Loop, 'anchors' | 'evidence'>): Set<string> {
  return new Set(
    [...anchors, ...evidence].flatMap((each: object) => ('file' in each ? [each.file as string] : [])),
  );
}

/** How often its files were changed; nothing where there is no repository, or it cannot be read soon. */
async function historyOf(
  { workspace }: Loop,
  files: ReadonlySet<string>,
  { program, now }: FateSources,
  signal?: AbortSignal,
): Promise<Partial<FateMeasures>> {
  if (program instanceof Error || files.size === 0) return {};
  const limits = [AbortSignal.timeout(PATIENCE_MS), ...(signal ? [signal] : [])];
  const within = { signal: AbortSignal.any(limits) };
  try {
    const repository = await git.openRepository(program, workspace, within);
    const asked = { since: now - YEAR, maxCommits: MOST_COMMITS, timesOf: files, ...within };
    const churn = await git.readChurn(repository, asked);
    const times = [...new Set([...files].flatMap((file) => churn.files.get(file)?.times ?? []))];
    return {
      changes365: times.length,
      changes90: times.filter((at) => at >= now - QUARTER).length,
      repositoryChanges365: churn.commits,
    };
  } catch {
    signal?.throwIfAborted();
    return {};
  }
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
