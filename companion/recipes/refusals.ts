import { GitError } from '../git/index.ts';
import { ProgenyError } from '../protocol/index.ts';

/** An option that is missing or cannot be used. */
export function badOption(option: string, words: string): ProgenyError {
  return new ProgenyError('bad_input', `${option}: ${words}`, { fields: [`options.${option}`] });
}

/** An option that asks for what no run may have: a run that an agent asked for so costs trust. */
export function notAllowed(option: string, words: string): ProgenyError {
  return new ProgenyError('forbidden', `${option}: ${words}`, { fields: [`options.${option}`] });
}

/** The folder or the repository does not stand so that it could be done. */
export function notNow(words: string): ProgenyError {
  return new ProgenyError('conflict', words);
}

/** What git said, for the caller. Passes on what is no error of git's. */
export async function inGit<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    if (error.kind === 'folder-missing' || error.kind === 'vanished')
      throw new ProgenyError('workspace_gone', error.message);
    throw notNow(lockWords(error.message) ?? error.message);
  }
}

function lockWords(message: string): string | null {
  return /\.lock': File exists|Unable to create '[^']*\.lock'/.test(message)
    ? 'Another git is at work in this repository (a lock file is there). Wait until it has ended, or remove the lock if none runs.'
    : null;
}
