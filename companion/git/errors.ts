/** Why a repository could not be read. Callers branch on this; the message is for people. */
export type GitErrorKind =
  /** No git program on the PATH. */
  | 'git-missing'
  /** The git program is older than this room can keep safe. */
  | 'git-too-old'
  /** The folder does not exist, or is not a folder. */
  | 'folder-missing'
  /** The folder exists and no repository holds it. */
  | 'not-a-repository'
  /** A bare repository, or the inside of a `.git` folder: there is no work tree to tell about. */
  | 'no-work-tree'
  /** The repository's configuration points its work tree at some other folder. */
  | 'work-tree-elsewhere'
  /** The repository belongs to another user and git refuses it (safe.directory). */
  | 'dubious-ownership'
  /** A repository format that this git does not know. */
  | 'unsupported-repository'
  /** The repository's configuration names programs that cannot be switched off. */
  | 'unsafe-config'
  /** Objects, refs, index or configuration are damaged. */
  | 'corrupt'
  /** An object is not here: a partial clone has left it on the server (it is never fetched), or it is lost. */
  | 'object-missing'
  /** A commit, branch or ref that is not there (any more). */
  | 'unknown-revision'
  /** The repository was there when it was opened and is gone now. */
  | 'vanished'
  | 'timeout'
  | 'output-limit'
  /** Anything else that git refused; the message quotes it. */
  | 'failed';

/** A repository that could not be read. Cancellation is not one of these: it rejects with the signal's reason. */
export class GitError extends Error {
  override readonly name = 'GitError';
  readonly kind: GitErrorKind;

  constructor(kind: GitErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** True for a `GitError`, of `kind` where one is given. */
export function isGitError(error: unknown, kind?: GitErrorKind): error is GitError {
  return error instanceof GitError && (kind === undefined || error.kind === kind);
}
