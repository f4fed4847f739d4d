import { type ChildProcess, spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { GUARD_ARGUMENTS } from './environment.ts';
import { GitError } from './errors.ts';
import type { GitCall, GitProgram } from './run.ts';

/** The only place that starts git: an argument vector, no shell. Throws `GitError` where it cannot be started. */
export function startGit(program: GitProgram, call: GitCall): ChildProcess {
  let child: ChildProcess;
  try {
    child = spawn(program.file, [...GUARD_ARGUMENTS, ...(call.before ?? []), ...call.args], {
      cwd: call.folder,
      env: { ...program.environment, ...call.environment },
      stdio: [call.input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
  } catch (error) {
    // Some failures of the system are thrown and others are events.
    throw error instanceof Error && 'syscall' in error ? explainStart(error, program, call) : error;
  }
  // A git that ends before it has read everything closes the pipe; its exit code tells what happened.
  child.stdin?.on('error', () => {});
  child.stdin?.end(call.input);
  return child;
}

/** The system reports a missing working directory and a missing program alike. */
export function explainStart(error: Error, program: GitProgram, call: GitCall): GitError {
  const code = 'code' in error ? error.code : undefined;
  const folder = JSON.stringify(call.folder);
  const facts = statSync(call.folder, { throwIfNoEntry: false });
  if (!facts) return new GitError('folder-missing', `The folder ${folder} is not there. Check its path.`);
  if (!facts.isDirectory()) {
    return new GitError('folder-missing', `${folder} is not a folder. Give the folder of a repository.`);
  }
  if (code === 'ENOENT' || code === 'EACCES') {
    const file = JSON.stringify(program.file);
    return new GitError(
      'git-missing',
      `${file} could not be started (${code}). Install git and put it on the PATH.`,
    );
  }
  return new GitError('failed', `git could not be started: ${error.message}.`);
}
