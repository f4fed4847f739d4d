import type { WorkEvent } from '../timeline/index.ts';
import { confidenceOf, HOUR, MOST_EVIDENCE, type Sighting } from './pattern.ts';

interface Version {
  readonly at: number;
  /** Another branch brings another content: to be back from there is no return. */
  readonly branch: string | null;
  readonly size: number;
}

/** Sizes after edits of the last hour, by file. */
export type Versions = Readonly<Record<string, readonly Version[]>>;

const MOST_FILES = 100;
const MOST_VERSIONS = 40;
/** Going back once is to correct oneself. */
const RETURNS = 3;
const WAY_OUT = 2;

export function edit(state: Versions, event: WorkEvent | null): Versions {
  if (event?.kind !== 'edit' || event.size === null) return state;
  const { file, at, size, branch } = event;
  const recent = (versions: readonly Version[]) => versions.filter((each) => each.at > at - HOUR);
  const versions = [...recent(state[file] ?? []), { at, branch, size }].slice(-MOST_VERSIONS);
  const others = Object.entries(state).filter(
    ([name, known]) => name !== file && known.at(-1)!.at > at - HOUR,
  );
  return { ...Object.fromEntries(others.slice(-MOST_FILES + 1)), [file]: versions };
}

/**
 * Files that go back to a size that they had within the hour, after another one, again and again: edits that are
 * taken back (systems.md, section 1, edit-revert churn). Pure.
 */
export function churnedFiles(state: Versions, now: number): Sighting[] {
  return Object.entries(state).flatMap(([file, all]) => {
    if (all.length < RETURNS + 1) return [];
    const versions = all.filter(({ at }) => at > now - HOUR);
    const back = versions.filter(({ branch, size }, i) => {
      const earlier = versions.slice(0, i).filter((each) => each.branch === branch);
      return earlier.at(-1)?.size !== size && earlier.some((each) => each.size === size);
    });
    if (back.length < WAY_OUT) return [];
    return [
      {
        subject: file,
        firm: back.length >= RETURNS,
        since: versions[0]!.at,
        confidence: confidenceOf(back.length, RETURNS),
        evidence: () =>
          back.map(({ at, size }) => ({ at, kind: 'revert', file, n: size })).slice(-MOST_EVIDENCE),
      },
    ];
  });
}
