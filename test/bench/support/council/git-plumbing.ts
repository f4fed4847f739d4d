import { execFile } from 'node:child_process';

const MOST_BYTES = 2 * 1024 ** 3;

/** What git writes, as bytes. Never with a shell, a prompt, a pager or the user's configuration. */
export function git(
  folder: string,
  args: readonly string[],
  accept: readonly number[] = [0],
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      ['-C', folder, ...args],
      {
        encoding: 'buffer',
        maxBuffer: MOST_BYTES,
        env: {
          ...process.env,
          ...{ LC_ALL: 'C', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
          ...{ GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0' },
        },
      },
      (error, stdout) => {
        if (error && !accept.includes(Number(error.code))) reject(error);
        else resolve(stdout);
      },
    );
  });
}

export async function gitLine(folder: string, args: readonly string[]): Promise<string> {
  return (await git(folder, args)).toString('utf8').trim();
}
