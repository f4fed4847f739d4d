import type { Facts } from './facts.ts';
import type { RawPath, WorkTree } from './snapshot.ts';

/** Permission bits of files: what most have, and who has others. */
export interface Modes extends Pick<WorkTree, 'usual' | 'modes'> {
  /** Files that were changed so shortly before that another change could bear the same times. */
  readonly unsettled: ReadonlyMap<RawPath, Facts>;
}

export function modesOf(found: ReadonlyMap<RawPath, Facts>): Modes {
  const counts = new Map<number, number>();
  for (const facts of found.values())
    if (!isLink(facts)) counts.set(bits(facts), (counts.get(bits(facts)) ?? 0) + 1);
  const most = (executable: boolean, fallback: number) =>
    [...counts]
      .filter(([mode]) => ((mode & 0o100) !== 0) === executable)
      .sort((a, b) => b[1] - a[1])[0]?.[0] ?? fallback;
  const usual = { plain: most(false, 0o644), executable: most(true, 0o755) };
  return withModes({ usual, modes: {}, unsettled: new Map() }, found, new Set());
}

/** The same with what was looked at since; `gone` are no more. */
export function withModes(
  before: Modes,
  found: ReadonlyMap<RawPath, Facts>,
  gone: ReadonlySet<RawPath>,
): Modes {
  const { usual } = before;
  const modes: Record<RawPath, number> = { ...before.modes };
  const unsettled = new Map<RawPath, Facts>();
  for (const file of gone) delete modes[file];
  for (const [file, facts] of found) {
    const mode = bits(facts);
    if (isLink(facts) || mode === usual.plain || mode === usual.executable) delete modes[file];
    else modes[file] = mode;
    if (!facts.settled) unsettled.set(file, facts);
  }
  return { usual, modes, unsettled };
}

const bits = ({ mode }: Facts) => mode & 0o7777;
const isLink = ({ mode }: Facts) => (mode & 0o170000) === 0o120000;
