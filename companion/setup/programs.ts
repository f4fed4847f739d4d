import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';

/** How detection looks at the machine; tests give their own. Nothing here goes through a shell. */
export interface Programs {
  /** The absolute path of a program, or null. */
  find(name: string): Promise<string | null>;
  /** What it printed (both streams), or null where it failed. Rejects when the signal aborts. */
  run(file: string, args: readonly string[], signal: AbortSignal): Promise<string | null>;
}

const MOST_BYTES = 256 * 1024;

/** Only absolute entries of the PATH count: a relative one would find a program that lies in a repository. */
export function systemPrograms(environment: NodeJS.ProcessEnv = process.env): Programs {
  const key = Object.keys(environment).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const folders = (environment[key] ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const windows = process.platform === 'win32';
  return {
    async find(name) {
      for (const folder of folders) {
        const file = path.join(folder, windows ? `${name}.exe` : name);
        const there = await access(file, constants.X_OK).then(
          () => true,
          () => false,
        );
        if (there) return file;
      }
      return null;
    },
    run(file, args, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<string | null>();
      const options = { signal, killSignal: 'SIGKILL', maxBuffer: MOST_BYTES, windowsHide: true } as const;
      const child = execFile(file, [...args], options, (error, stdout, stderr) => {
        if (signal.aborted) reject(signal.reason);
        else resolve(error ? null : `${stdout}${stderr}`);
      });
      child.stdin?.end();
      return promise;
    },
  };
}
