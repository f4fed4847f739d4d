import { auxiliaryOf, measuresOfText } from '../../../../companion/council/comment-measures.ts';
import { type FateMeasures, UNMEASURED } from '../../../../companion/council/fate-measures.ts';
import { type Comment, readComments } from './comments.ts';
import { type Fate, fatesOf, readPaths } from './fates.ts';
import { FileLog, folderOf } from './file-log.ts';
import { type Origin, readLineCounts, readOrigins } from './origins.ts';
import { type PastFate, ratesOf } from './past-fates.ts';
import { DAY, readLandings, readSnapshots, type Snapshot, YEAR } from './snapshots.ts';

/** A comment as it stood at a snapshot, what was known of it then, and whether it was done a year later. */
export interface Observation {
  /** The same for one comment at every snapshot. */
  readonly comment: number;
  /** Of the snapshot, ms. */
  readonly at: number;
  readonly where: string;
  readonly text: string;
  readonly fate: Fate['kind'];
  readonly measures: FateMeasures;
}

const MOST_SNAPSHOTS = 9;
/** Comments of one file at one snapshot; a file with more is a list, a catalogue or generated. */
const MOST_PER_FILE = 50;

/** Every comment at every yearly snapshot but the last, which only tells what became of those before it. */
export async function readObservations(folder: string): Promise<Observation[]> {
  const snapshots = await readSnapshots(folder, MOST_SNAPSHOTS);
  const landings = await readLandings(folder, snapshots);
  const log = await FileLog.read(folder, snapshots.at(-1)!.commit, landings);
  const observations: Observation[] = [];
  const past: PastFate[] = [];
  let before = await commentsAt(folder, snapshots[0]!);
  let ids = new Map<Comment, number>();
  let next = 0;
  for (let index = 0; index + 1 < snapshots.length; index++) {
    const [snapshot, later] = [snapshots[index]!, snapshots[index + 1]!];
    const after = await commentsAt(folder, later);
    const fates = fatesOf(before, after, await readPaths(folder, snapshot.commit, later.commit));
    const measure = await measurerAt(folder, { snapshot, index, log, comments: before, past });
    const known: PastFate[] = [];
    const heirs = new Map<Comment, number>();
    for (const [i, comment] of before.entries()) {
      const { kind, heir } = fates[i]!;
      const id = ids.get(comment) ?? next++;
      if (heir) heirs.set(heir, id);
      const measured = measure(comment);
      if (kind === 'deleted' || !measured) continue;
      const { measures, author } = measured;
      const where = `${comment.path}:${comment.line}`;
      observations.push({ comment: id, at: snapshot.at, where, text: comment.text, fate: kind, measures });
      known.push({
        snapshot: index,
        path: comment.path,
        author,
        ageDays: measures.ageDays!,
        done: kind === 'done',
      });
    }
    // Only now: what became of this snapshot's comments was not known at its date.
    past.push(...known);
    [before, ids] = [after, heirs];
  }
  return observations;
}

async function commentsAt(folder: string, { commit }: Snapshot): Promise<Comment[]> {
  const perFile = Map.groupBy(await readComments(folder, commit), ({ path }) => path);
  return [...perFile.values()].filter((comments) => comments.length <= MOST_PER_FILE).flat();
}

interface At {
  readonly snapshot: Snapshot;
  readonly index: number;
  readonly log: FileLog;
  readonly comments: readonly Comment[];
  readonly past: readonly PastFate[];
}

async function measurerAt(folder: string, { snapshot, index, log, comments, past }: At) {
  const inFile = Map.groupBy(comments, ({ path }) => path);
  const lineCounts = await readLineCounts(folder, snapshot.commit, [...inFile.keys()]);
  const origins = new Map<Comment, Origin>();
  for (const [path, some] of inFile) {
    const found = await readOrigins(folder, snapshot.commit, path, some, lineCounts.get(path) ?? Infinity);
    for (const comment of some) {
      const origin = found.get(comment.line);
      if (origin) origins.set(comment, origin);
    }
  }
  const born = Map.groupBy(origins.values(), ({ commit }) => commit);
  const yearAgo = snapshot.at - YEAR;
  const folders = log.folders(yearAgo, index);
  const repositoryChanges365 = log.since(yearAgo, index);
  const days = (at: number) => Math.max(0, (snapshot.at - at) / DAY);

  return (comment: Comment): { measures: FateMeasures; author: string } | null => {
    const origin = origins.get(comment);
    if (!origin) return null;
    const touches = log.of(comment.path, index);
    const year = touches.filter(({ at }) => at > yearAgo);
    const ofAuthor = log.by(origin.author, index);
    const others = origin.around.filter(({ commit }) => commit !== origin.commit);
    const ageDays = days(origin.at);
    const measures: FateMeasures = {
      ...UNMEASURED,
      ...measuresOfText(comment.text),
      ...ratesOf(past, { path: comment.path, author: origin.author, ageDays }),
      ageDays,
      idleDays: touches.length === 0 ? null : days(Math.max(...touches.map(({ at }) => at))),
      fileAgeDays: touches.length === 0 ? null : days(Math.min(...touches.map(({ at }) => at))),
      changes90: touches.filter(({ at }) => at > snapshot.at - 90 * DAY).length,
      changes365: year.length,
      changesSince: touches.filter(({ at }) => at > origin.at).length,
      folderChanges365: folders.get(folderOf(comment.path)) ?? 0,
      fileFresh: origin.all && origin.all.filter((at) => at > yearAgo).length / origin.all.length,
      nearbyFresh:
        origin.around.length === 0
          ? null
          : origin.around.filter(({ at }) => at > yearAgo).length / origin.around.length,
      nearbyDays: others.length === 0 ? null : days(Math.max(...others.map(({ at }) => at))),
      authorIdleDays: ofAuthor.length === 0 ? null : days(Math.max(...ofAuthor.map(({ at }) => at))),
      authorChanges365: ofAuthor.filter(({ at }) => at > yearAgo).length,
      authorHere365: year.filter(({ author }) => author === origin.author).length,
      hands365: new Set(year.map(({ author }) => author)).size,
      siblings: inFile.get(comment.path)!.length - 1,
      bornWith: born.get(origin.commit)!.length - 1,
      fileLines: lineCounts.get(comment.path) ?? null,
      auxiliary: auxiliaryOf(comment.path),
      repositoryChanges365,
    };
    return { measures, author: origin.author };
  };
}
