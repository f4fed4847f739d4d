import { wordsOf } from './drift/index.ts';
import type { Scan, StandingLoop } from './loops/index.ts';
import type { Anchor } from './protocol/index.ts';
import type { LoopStanding } from './timeline/index.ts';

const MOST_FILES = 60;
const MOST_WORDS = 40;
/** Words of the language of a line, not of what it is about. */
const KEYWORDS = new Set(
  `async await break case catch class const continue default def delete elif else enum except export extends false
  final finally fixme from func function hack implements import instanceof interface lambda let list map namespace
  new none null nil object override private protected public raise return self set static string struct super switch
  this throw throws todo true try typeof undefined using var void while with xxx yield`.split(/\s+/),
);
const IN_FLIGHT: ReadonlySet<string> = new Set(['proposed', 'open', 'stale']);

/**
 * The loops of a workspace with the branch that each is worked on, and what that names: a branch belongs to its own
 * loop, else to one whose anchors name it. The default branch belongs to none: what goes on there is anybody's. Pure.
 */
export function loopScopes(
  loops: readonly StandingLoop[],
  anchors: ReadonlyMap<string, readonly Anchor[]>,
  scan: Pick<Scan, 'branches' | 'uncommitted' | 'defaultBranch'>,
  digest: (word: string) => string,
): LoopStanding[] {
  const taken = new Set(
    loops.filter(({ status }) => IN_FLIGHT.has(status)).flatMap(({ key }) => ownBranch(key) ?? []),
  );
  return loops.map(({ id, key, status, touchedAt, facts }): LoopStanding => {
    const standing = { id, status, touchedAt, facts };
    const named = anchors.get(id) ?? [];
    const branch = ownBranch(key) ?? (key.startsWith('own:') ? namedBranch(named, taken) : null);
    if (branch === null || branch === scan.defaultBranch) return standing;
    const scanned = scan.branches.find(({ name }) => name === branch);
    const files = [
      ...named.flatMap((anchor) => ('file' in anchor ? anchor.file : [])),
      ...(scanned?.files ?? []),
      ...(scanned?.current ? (scan.uncommitted?.files ?? []) : []),
    ];
    const words = named.flatMap((anchor) => (anchor.kind === 'line' ? symbolsOf(anchor.text) : []));
    return {
      ...standing,
      scope: {
        branch,
        files: [...new Set(files)].slice(0, MOST_FILES),
        words: [...new Set(words)].slice(0, MOST_WORDS).map(digest),
      },
    };
  });
}

function ownBranch(key: string): string | null {
  return key.startsWith('branch:') ? key.slice('branch:'.length) : null;
}

function namedBranch(anchors: readonly Anchor[], taken: Set<string>): string | null {
  const found = anchors.find((anchor) => anchor.kind === 'branch' && !taken.has(anchor.branch));
  if (found?.kind !== 'branch') return null;
  taken.add(found.branch);
  return found.branch;
}

/** The names in a line that files may go by. */
function symbolsOf(line: string): string[] {
  return wordsOf(line).filter((word) => word.length > 3 && !KEYWORDS.has(word));
}
