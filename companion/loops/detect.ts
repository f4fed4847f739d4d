import { clip, fileName } from '../kernel/index.ts';
import type { Anchor, Evidence, LoopFacts, LoopSource } from '../protocol/index.ts';
import { Closeness, diverse, recency, todoScore } from './rank.ts';
import type { Scan, ScannedBranch, ScannedStash, ScannedTodo, Uncommitted } from './scan.ts';

const DAY = 24 * 60 * 60 * 1000;

/** A thread of work that the repository shows. `key` is the same for the same thread at every scan. */
export interface Proposal {
  key: string;
  title: string;
  source: LoopSource;
  anchors: Anchor[];
  evidence: Evidence[];
  facts: LoopFacts;
  rank: number;
  createdAt: number;
  touchedAt: number;
}

export interface DetectOptions {
  /** At most this many proposals. */
  limit: number;
  /** A TODO of somebody else counts only in files touched within this many days. */
  todoTouchedDays: number;
}

/**
 * The open threads that a scan shows, nearest to the current work first (systems.md, section 5). Pure.
 * "Now" for what was touched lately is the newest sign of life, so that a repository which slept for a year
 * is judged as of its last day.
 */
export function detect(scan: Scan, now: number, options: DetectOptions): Proposal[] {
  const alive = Math.min(
    now,
    Math.max(scan.recent[0]?.at ?? 0, scan.last?.at ?? 0, scan.uncommitted?.touchedAt ?? 0) || now,
  );
  const threads = [
    ...branchProposals(scan, now),
    ...scan.stashes.map((stash) => stashProposal(stash, now)),
  ].sort(byRank);
  const todos = todoProposals(scan, alive, options).slice(0, options.limit);
  // Threads of work come before notes, but leave the notes some room.
  const kept = threads.slice(0, Math.max(options.limit - Math.min(todos.length, 5), 0));
  return [...kept, ...todos].sort(byRank).slice(0, options.limit);
}

function branchProposals(scan: Scan, now: number): Proposal[] {
  const proposals: Proposal[] = [];
  const current = scan.branches.find((branch) => branch.current);
  for (const branch of scan.branches) {
    if (branch.name === scan.defaultBranch || !branch.own) continue;
    const uncommitted = branch.current ? scan.uncommitted : null;
    if (branch.ahead === 0 && !uncommitted && !branch.current) continue;
    proposals.push(branchProposal(branch, uncommitted, now));
  }
  const placed = proposals.some((proposal) => proposal.facts.current);
  if (scan.uncommitted && !placed) proposals.push(uncommittedProposal(scan.uncommitted, scan, current, now));
  else if (!scan.uncommitted && current?.name === scan.defaultBranch && (current?.unpushed ?? 0) > 0) {
    proposals.push(unpushedProposal(current as ScannedBranch, now));
  }
  return proposals;
}

function branchProposal(branch: ScannedBranch, uncommitted: Uncommitted | null, now: number): Proposal {
  const touchedAt = Math.max(branch.touchedAt, uncommitted?.touchedAt ?? 0);
  const near = branch.current ? 0.85 + 0.15 * recency(touchedAt, now) : 0.45 + 0.38 * recency(touchedAt, now);
  return {
    key: `branch:${branch.name}`,
    title: branch.name,
    source: 'branch',
    anchors: [{ kind: 'branch', branch: branch.name }, ...fileAnchors(uncommitted?.files ?? branch.files)],
    evidence: [
      { branch: branch.name },
      { commit: branch.commit },
      ...(uncommitted?.places ?? []).slice(0, 3),
    ],
    facts: { ...branchFacts(branch), ...(uncommitted && uncommittedFacts(uncommitted)) },
    rank: near,
    createdAt: branch.touchedAt,
    touchedAt,
  };
}

function uncommittedProposal(
  work: Uncommitted,
  scan: Scan,
  current: ScannedBranch | undefined,
  now: number,
): Proposal {
  const where = scan.branch ?? 'a detached HEAD';
  const touchedAt = work.touchedAt ?? now;
  const branchEvidence: Evidence[] =
    scan.branch !== null && scan.commit !== null ? [{ branch: scan.branch }] : [];
  return {
    key: `uncommitted:${scan.branch ?? 'HEAD'}`,
    title: `Uncommitted work on ${where}`,
    source: 'uncommitted',
    anchors: [
      ...(scan.branch ? [{ kind: 'branch', branch: scan.branch } as const] : []),
      ...fileAnchors(work.files),
    ],
    evidence: [...work.places.slice(0, 5), ...branchEvidence],
    facts: { ...(current && branchFacts(current)), ...uncommittedFacts(work), current: true },
    rank: 0.8 + 0.2 * recency(touchedAt, now),
    createdAt: work.since ?? touchedAt,
    touchedAt,
  };
}

function unpushedProposal(branch: ScannedBranch, now: number): Proposal {
  return {
    key: `unpushed:${branch.name}`,
    title: `Unpushed commits on ${branch.name}`,
    source: 'branch',
    anchors: [{ kind: 'branch', branch: branch.name }],
    evidence: [{ branch: branch.name }, { commit: branch.commit }],
    facts: branchFacts(branch),
    rank: 0.6 + 0.2 * recency(branch.touchedAt, now),
    createdAt: branch.unpushedSince ?? branch.touchedAt,
    touchedAt: branch.touchedAt,
  };
}

function stashProposal(stash: ScannedStash, now: number): Proposal {
  return {
    key: `stash:${stash.commit}`,
    title: `Stash: ${clip(stash.message || stash.name, 80)}`,
    source: 'stash',
    anchors: [{ kind: 'stash', commit: stash.commit, name: stash.name }],
    evidence: [{ commit: stash.commit }],
    facts: { uncommittedFiles: stash.files },
    rank: 0.2 + 0.4 * recency(stash.at, now),
    createdAt: stash.at,
    touchedAt: stash.at,
  };
}

/** Notes of the user, or of anyone in files that still live; best first, spread over files and folders. */
function todoProposals(scan: Scan, alive: number, options: DetectOptions): Proposal[] {
  const closeness = closenessOf(scan, alive);
  const horizon = alive - options.todoTouchedDays * DAY;
  const counted = scan.todos.filter((todo) => todo.own || (todo.fileTouchedAt ?? alive) >= horizon);
  const scored = counted.map((todo) => ({ todo, score: todoScore(todo, closeness.of(todo.file), alive) }));
  scored.sort(
    (a, b) => b.score - a.score || a.todo.file.localeCompare(b.todo.file) || a.todo.line - b.todo.line,
  );
  const told = diverse(scored, scored.length, 1, ({ todo }) => todo.text.toLowerCase());
  const spread = diverse(told, told.length, 1, ({ todo }) => todo.file);
  return diverse(spread, options.limit, 4, ({ todo }) =>
    todo.file.slice(0, Math.max(0, todo.file.lastIndexOf('/'))),
  ).map(({ todo, score }) => todoProposal(todo, score, alive));
}

function todoProposal(todo: ScannedTodo, score: number, alive: number): Proposal {
  return {
    key: todoKey(todo),
    title: `${todo.tag} ${fileName(todo.file)}:${todo.line} ${clip(todo.text, 90)}`.trim(),
    source: 'todo',
    anchors: [{ kind: 'line', file: todo.file, line: todo.line, text: todo.text, lost: false }],
    evidence: [{ file: todo.file, line: todo.line }, ...(todo.commit ? [{ commit: todo.commit }] : [])],
    facts: {
      ...(todo.dating !== 'unknown' && { changesSince: todo.changesSince }),
      ...(todo.writtenAt !== null && { writtenAt: todo.writtenAt }),
      ...(todo.author !== null && { author: todo.author }),
    },
    rank: 0.1 + 0.4 * Math.min(1, score * 1.4),
    createdAt: todo.writtenAt ?? alive,
    touchedAt: todo.fileTouchedAt ?? alive,
  };
}

function closenessOf(scan: Scan, alive: number): Closeness {
  const closeness = new Closeness();
  for (const file of scan.uncommitted?.files ?? []) closeness.touch(file, 0.9);
  for (const branch of scan.branches) {
    const weight = (branch.current ? 0.8 : 0.4) * recency(branch.touchedAt, alive);
    if (branch.own) for (const file of branch.files) closeness.touch(file, weight);
  }
  for (const todo of scan.todos) {
    if (todo.fileTouchedAt !== null) closeness.touch(todo.file, 0.5 * recency(todo.fileTouchedAt, alive));
  }
  return closeness;
}

function branchFacts(branch: ScannedBranch): LoopFacts {
  return {
    ...(branch.ahead !== null && { ahead: branch.ahead }),
    ...(branch.behind !== null && { behind: branch.behind }),
    ...(branch.unpushed !== null && { unpushed: branch.unpushed }),
    ...(branch.unpushedSince !== null && { unpushedSince: branch.unpushedSince }),
    ...(branch.current && { current: true }),
  };
}

function uncommittedFacts(work: Uncommitted): LoopFacts {
  return {
    uncommittedFiles: work.total,
    insertions: work.insertions,
    deletions: work.deletions,
    ...(work.since !== null && { uncommittedSince: work.since }),
    ...(work.conflicts > 0 && { conflicts: work.conflicts }),
  };
}

function fileAnchors(files: readonly string[]): Anchor[] {
  return files.slice(0, 10).map((file) => ({ kind: 'file', file }));
}

function byRank(a: Proposal, b: Proposal): number {
  return b.rank - a.rank || b.touchedAt - a.touchedAt || a.key.localeCompare(b.key);
}

/** Keys of all threads that exist, also of those that no proposal shows. */
export function presentKeys(scan: Scan): Set<string> {
  const keys = new Set<string>();
  for (const branch of scan.branches) {
    const isDefault = branch.name === scan.defaultBranch;
    if (!isDefault && (branch.ahead !== 0 || branch.current)) keys.add(`branch:${branch.name}`);
    if (isDefault && branch.current && (branch.unpushed ?? 0) > 0 && !scan.uncommitted)
      keys.add(`unpushed:${branch.name}`);
  }
  for (const stash of scan.stashes) keys.add(`stash:${stash.commit}`);
  for (const todo of scan.todos) keys.add(todoKey(todo));
  if (scan.uncommitted) keys.add(`uncommitted:${scan.branch ?? 'HEAD'}`);
  return keys;
}

function todoKey(todo: ScannedTodo): string {
  return `todo:${todo.file}:${todo.text.toLowerCase().replace(/\s+/g, ' ')}`;
}
