import { GitError } from './errors.ts';
import type { Repository } from './repository.ts';

/** A full object name, a full ref name ("refs/heads/x") or "HEAD": never an option, never an expression. */
export type Revision = string;

const OBJECT_NAME = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
// The characters of git's check-ref-format, so that no ref can read as an option, a range or a path.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const FULL_REF = /^refs\/[^\u0000-\u0020~^:?*[\\\u007f]+$/;

export function isObjectName(text: string): boolean {
  return OBJECT_NAME.test(text);
}

/** The revision itself, checked. Throws `GitError` unknown-revision on anything that is not one. */
export function checkRevision(revision: Revision): Revision {
  const isRef = FULL_REF.test(revision) && !revision.includes('..') && !revision.includes('@{');
  if (revision === 'HEAD' || isRef || isObjectName(revision)) return revision;
  throw new GitError(
    'unknown-revision',
    `${JSON.stringify(revision)} is not a revision. Give "HEAD", a full ref such as "refs/heads/main" or a full object name.`,
  );
}

/** git knows the empty tree without having it: what a repository without a commit is compared with. */
export function emptyTree(repository: Pick<Repository, 'objectFormat'>): string {
  return repository.objectFormat === 'sha256'
    ? '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321'
    : '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
}

/** Seconds as git writes them to milliseconds; 0 for a time that no calendar holds. */
export function toMilliseconds(seconds: string): number {
  const ms = Number(seconds) * 1000;
  return Number.isFinite(ms) && Math.abs(ms) <= 8.64e15 ? ms : 0;
}
