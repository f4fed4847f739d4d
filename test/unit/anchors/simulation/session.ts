import { type Followed, follow, type LineAnchor, makeAnchor } from '../../../../companion/anchors/index.ts';
import { type Random, randomInt, seededRandom } from '../../../../companion/kernel/index.ts';
import * as blocks from './block-operations.ts';
import * as files from './file-operations.ts';
import * as edits from './line-operations.ts';
import type { Operation } from './site.ts';
import * as style from './style-operations.ts';
import type { TaggedFile, World } from './world.ts';

/** How often each operation happens: small edits all the time, upheavals now and then. */
export const OPERATIONS: readonly (readonly [weight: number, name: string, operation: Operation])[] = [
  [16, 'insert lines', edits.insertLines],
  [8, 'delete lines', edits.deleteLines],
  [8, 'replace lines', edits.replaceLines],
  [14, 'edit line', edits.editLine],
  [2, 'delete anchored line', edits.deleteAnchoredLine],
  [2, 'add header', edits.addHeader],
  [5, 'wrap block', blocks.wrapBlock],
  [5, 'move block', blocks.moveBlock],
  [3, 'nudge lines', blocks.nudgeLines],
  [2, 'delete block', blocks.deleteBlock],
  [4, 'add function', blocks.addFunction],
  [3, 'copy block', blocks.copyBlock],
  [3, 'comment out', blocks.commentOut],
  [5, 'rename identifier', blocks.renameIdentifier],
  [4, 'move file', files.moveFile],
  [3, 'move and edit file', files.moveAndEditFile],
  [4, 'move block to file', files.moveBlockToFile],
  [2, 'split file', files.splitFile],
  [1, 'copy file', files.copyFile],
  [1, 'delete file', files.deleteFile],
  [2, 'flip line ends', style.flipLineEnds],
  [2, 'tabs or spaces', style.tabsOrSpaces],
  [3, 'reformat', style.reformat],
  [3, 'wrap call', style.wrapCall],
];

const TOTAL_WEIGHT = OPERATIONS.reduce((sum, [weight]) => sum + weight, 0);

export interface Tally {
  /** The line exists and the anchor points at it. */
  right: number;
  /** The line exists and the anchor says lost. */
  missed: number;
  /** The line is gone and the anchor says lost. */
  gone: number;
  /** The line exists and the anchor points at another. */
  strayed: number;
  /** The line is gone and the anchor points at another. */
  clung: number;
}

export interface Result {
  readonly last: Tally;
  /** Summed over every time that the anchors were followed. */
  readonly all: Tally;
}

export type Follow = typeof follow;

export type Watch = (event: {
  anchor: LineAnchor;
  was: LineAnchor;
  truth: ReturnType<World['whereIs']>;
  verdict: keyof Tally;
  operations: string[];
  world: World;
  before: ReadonlyMap<string, TaggedFile>;
}) => void;

export interface Options {
  readonly seed: number;
  readonly anchors: number;
  readonly operations: number;
  readonly follow?: Follow;
  readonly watch?: Watch;
}

/** Lives through `operations` random changes of `world` and compares the anchors with the truth. */
export async function runSession(world: World, options: Options): Promise<Result> {
  const random = seededRandom(options.seed);
  const follower = options.follow ?? follow;
  const ids: number[] = [];
  let anchors: readonly LineAnchor[] = placeAnchors(world, random, options.anchors, ids);
  const anchored = new Set(ids);
  const site = { world, random, anchored };
  const all = emptyTally();
  let last = emptyTally();
  let done = 0;
  const catchUp = async (operations: string[], before: ReadonlyMap<string, TaggedFile>) => {
    const followed: Followed[] = await follower(anchors, world.source());
    last = emptyTally();
    for (const [i, { anchor }] of followed.entries()) {
      const truth = world.whereIs(ids[i]!);
      const verdict = judge(anchor, truth);
      last[verdict]++;
      all[verdict]++;
      options.watch?.({ anchor, was: anchors[i]!, truth, verdict, operations, world, before });
    }
    anchors = followed.map(({ anchor }) => anchor);
    world.endRound();
  };
  while (done < options.operations) {
    const left = options.operations - done;
    // Mostly a save after a few edits; at times a pull or a checkout, some of which are taken back.
    const batch = random.next() < 0.1 ? 10 + randomInt(random, 20) : 1 + randomInt(random, 4);
    const before = world.snapshot();
    const names: string[] = [];
    for (let n = Math.min(batch, left); n > 0; n--, done++) {
      const [, name, operation] = choose(random);
      names.push(name);
      operation(site);
    }
    await catchUp(names, before);
    if (batch > 5 && random.next() < 0.3) {
      const there = world.snapshot();
      world.restore(before);
      await catchUp(['checkout', ...names], there);
    }
  }
  return { last, all };
}

function placeAnchors(world: World, random: Random, count: number, ids: number[]): LineAnchor[] {
  const spots = world
    .paths()
    .flatMap((file) =>
      world
        .file(file)
        .lines.flatMap(({ id, text }, i) => (text.trim() === '' ? [] : [{ file, id, line: i + 1 }])),
    );
  const anchors: LineAnchor[] = [];
  while (anchors.length < count && spots.length > 0) {
    const [spot] = spots.splice(randomInt(random, spots.length), 1);
    ids.push(spot!.id);
    anchors.push(makeAnchor(world.text(spot!.file)!, spot!.line, spot!.file));
  }
  return anchors;
}

function judge(anchor: LineAnchor, truth: { file: string; line: number } | null): keyof Tally {
  if (anchor.lost) return truth === null ? 'gone' : 'missed';
  if (truth === null) return 'clung';
  return truth.file === anchor.file && truth.line === anchor.line ? 'right' : 'strayed';
}

function choose(random: Random): (typeof OPERATIONS)[number] {
  let roll = random.next() * TOTAL_WEIGHT;
  for (const operation of OPERATIONS) {
    roll -= operation[0];
    if (roll < 0) return operation;
  }
  return OPERATIONS[0]!;
}

export function emptyTally(): Tally {
  return { right: 0, missed: 0, gone: 0, strayed: 0, clung: 0 };
}
