import type { ProcessRow, ProcessTable } from './process-table.ts';

/** By what the processes of one program are known, wherever they went. */
export interface Signs {
  /** The process that was started; null: only the other signs count. */
  readonly root: number | null;
  /** `NAME=value` (or its beginning) in the environment. */
  readonly assignment: string;
  /** A hard limit that is inherited for good, and that nobody else has; null where it could not be set. */
  readonly limit: number | null;
}

const keyOf = ({ pid, began }: ProcessRow): string => `${pid}@${began}`;
/** Processes known to be somebody else's are looked at again every so many times, for pids are used again. */
const LOOK_AGAIN = 10;

/**
 * All that a program started, beyond its process group: children of known ones, members of their sessions and groups,
 * and whoever carries the assignment or the limit. A process that was seen once is known for good, whoever its parent
 * is by now.
 */
export class Family {
  readonly #table: ProcessTable;
  readonly #signs: Signs;
  readonly #known = new Set<string>();
  readonly #sessions = new Set<number>();
  readonly #groups = new Set<number>();
  #strangers = new Set<number>();
  #looks = 0;

  constructor(table: ProcessTable, signs: Signs) {
    this.#table = table;
    this.#signs = signs;
  }

  /** Those of them that live now. */
  async living(options: { all?: boolean } = {}): Promise<ProcessRow[]> {
    if (options.all || this.#looks++ % LOOK_AGAIN === 0) this.#strangers = new Set();
    const rows = await this.#table.rows((pid) => this.#strangers.has(pid));
    const spared = ancestors(rows);
    const candidates = rows.filter(({ pid }) => !spared.has(pid));
    // One who is known makes others known: a child may stand before its parent in the list.
    for (let found = true; found; ) {
      found = false;
      const pids = new Set(candidates.filter((row) => this.#known.has(keyOf(row))).map(({ pid }) => pid));
      for (const row of candidates) {
        if (this.#known.has(keyOf(row)) || !this.#belongs(row, pids)) continue;
        this.#take(row);
        pids.add(row.pid);
        found = true;
      }
    }
    for (const row of candidates) if (!this.#known.has(keyOf(row))) this.#strangers.add(row.pid);
    return candidates.filter((row) => this.#known.has(keyOf(row)) && !row.ended);
  }

  #belongs(row: ProcessRow, family: ReadonlySet<number>): boolean {
    if (row.pid === this.#signs.root || family.has(row.parent)) return true;
    if (this.#sessions.has(row.session) || this.#groups.has(row.group)) return true;
    if (row.ended) return false;
    return (
      this.#table.hasInEnvironment(row.pid, this.#signs.assignment) ||
      (this.#signs.limit !== null && this.#table.limitOf(row.pid) === this.#signs.limit)
    );
  }

  #take(row: ProcessRow): void {
    this.#known.add(keyOf(row));
    // Only a session or a group that one of them leads is theirs alone.
    if (row.session === row.pid) this.#sessions.add(row.session);
    if (row.group === row.pid) this.#groups.add(row.group);
  }
}

/** This process and those that it stems from: never ended, whatever they look like. */
function ancestors(rows: readonly ProcessRow[]): Set<number> {
  const parents = new Map(rows.map(({ pid, parent }) => [pid, parent]));
  const spared = new Set([0, 1]);
  for (
    let pid: number | undefined = process.pid;
    pid !== undefined && !spared.has(pid);
    pid = parents.get(pid)
  )
    spared.add(pid);
  return spared;
}
