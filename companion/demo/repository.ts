import type { PlannedCommit } from './history.ts';
import type { Project } from './life-types.ts';

/** Contents of a project's files, by path. */
export type Tree = ReadonlyMap<string, string>;

/** The files of a project as each of its commits leaves them. Pure. */
export class Trees {
  readonly #project: Project;
  readonly #commits: readonly PlannedCommit[];
  readonly #sets = new Map<number, ReadonlySet<number>>();

  constructor(project: Project, commits: readonly PlannedCommit[]) {
    this.#project = project;
    this.#commits = commits;
    for (const { mark, parent, merges } of commits)
      this.#sets.set(mark, new Set([...this.#of(parent), ...this.#of(merges), mark]));
  }

  /** Commits that one stands on, itself among them. */
  behind(mark: number): ReadonlySet<number> {
    return this.#of(mark);
  }

  /** What a file holds at a commit; null where it is not there. */
  file(mark: number, file: string): string | null {
    const base = this.#project.files[file];
    const added = this.#commits
      .filter((commit) => this.#of(mark).has(commit.mark))
      .flatMap(({ adds }) => adds.flatMap((each) => (each.file === file ? each.text : [])));
    return base === undefined && added.length === 0 ? null : (base ?? '') + added.join('');
  }

  all(mark: number): Tree {
    const behind = this.#of(mark);
    const files = new Set(Object.keys(this.#project.files));
    for (const { mark: each, adds } of this.#commits)
      if (behind.has(each)) for (const { file } of adds) files.add(file);
    return new Map([...files].sort().map((file) => [file, this.file(mark, file)!]));
  }

  /** Files in which a commit differs from its first parent. */
  changed({ mark, parent }: PlannedCommit): string[] {
    if (parent === null) return Object.keys(this.#project.files);
    const before = this.#of(parent);
    const fresh = this.#commits.filter((each) => this.#of(mark).has(each.mark) && !before.has(each.mark));
    return [...new Set(fresh.flatMap(({ adds }) => adds.map(({ file }) => file)))];
  }

  #of(mark: number | null): ReadonlySet<number> {
    return (mark === null ? undefined : this.#sets.get(mark)) ?? new Set();
  }
}

/** Branches with their tips; those that ended are gone. `pushed`: refs of the remote. */
export interface Refs {
  readonly branches: ReadonlyMap<string, number>;
  readonly pushed: ReadonlyMap<string, number>;
}

/** A history as `git fast-import` reads it. Pure. */
export function importStream(commits: readonly PlannedCommit[], trees: Trees, refs: Refs): string {
  const parts: string[] = [];
  const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  for (const commit of commits) {
    const { mark, author, at, branch, subject, parent, merges } = commit;
    const who = `${author.name} <${author.email}> ${Math.floor(at / 1000)} ${zoneOf(at)}`;
    parts.push(
      `commit refs/demo/${branch}\nmark :${mark}\nauthor ${who}\ncommitter ${who}\n${data(subject)}`,
    );
    if (parent !== null) parts.push(`from :${parent}\n`);
    if (merges !== null) parts.push(`merge :${merges}\n`);
    for (const file of trees.changed(commit))
      parts.push(`M 100644 inline ${file}\n${data(trees.file(mark, file)!)}`);
  }
  for (const branch of new Set(commits.map((commit) => commit.branch)))
    parts.push(`reset refs/demo/${branch}\nfrom ${NOTHING}\n\n`);
  for (const [branch, mark] of refs.branches) parts.push(`reset refs/heads/${branch}\nfrom :${mark}\n\n`);
  for (const [branch, mark] of refs.pushed)
    parts.push(`reset refs/remotes/origin/${branch}\nfrom :${mark}\n\n`);
  return `${parts.join('')}done\n`;
}

const NOTHING = '0'.repeat(40);

/** "+0200", as the clock of this machine has it then. */
function zoneOf(at: number): string {
  const minutes = -new Date(at).getTimezoneOffset();
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}${two(Math.abs(minutes) % 60)}`;
}
