import { execFile } from 'node:child_process';
import { realpath, stat } from 'node:fs/promises';
import { namespaces } from './bubblewrap-arguments.ts';

/** Bubblewrap, or why there is none, in words. */
export type BubblewrapFound =
  | { readonly file: string; readonly version: string }
  | { readonly file: null; readonly why: string };

/** Only here: a `bwrap` of the workspace or of somebody's PATH would contain nothing. */
const PLACES = ['/usr/bin/bwrap', '/bin/bwrap', '/usr/local/bin/bwrap', '/run/current-system/sw/bin/bwrap'];
const TIMEOUT_MS = 5000;

export interface LookForBubblewrap {
  readonly platform?: NodeJS.Platform;
  readonly places?: readonly string[];
}

/** Looks for bubblewrap and tries once whether it works: many systems have it and do not let it. */
export async function findBubblewrap(options: LookForBubblewrap = {}): Promise<BubblewrapFound> {
  if ((options.platform ?? process.platform) !== 'linux')
    return { file: null, why: 'bubblewrap exists for Linux only' };
  let why = 'bubblewrap was not found (install the package "bubblewrap")';
  for (const place of options.places ?? PLACES) {
    const file = await realpath(place).catch(() => null);
    if (file === null) continue;
    const { uid, mode } = await stat(file);
    if (uid !== 0 || (mode & 0o022) !== 0) {
      why = `bubblewrap at ${place} can be changed by others than the administrator, and is not trusted`;
      continue;
    }
    const version = await tell(file, ['--version']);
    const tried = await tell(file, [
      ...namespaces(false),
      ...['--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc', '--tmpfs', '/tmp', '--tmpfs', '/run'],
      ...['--', file, '--version'],
    ]);
    if (version.ok && tried.ok) return { file, version: /[\d.]+/.exec(version.said)?.[0] ?? 'unknown' };
    why = `bubblewrap was found but does not work here (${tried.said.slice(0, 200) || 'it said nothing'})`;
  }
  return { file: null, why };
}

function tell(file: string, args: readonly string[]): Promise<{ ok: boolean; said: string }> {
  const { promise, resolve } = Promise.withResolvers<{ ok: boolean; said: string }>();
  const options = {
    env: {},
    cwd: '/',
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL' as const,
    maxBuffer: 65_536,
  };
  execFile(file, [...args], options, (error, output, complaint) => {
    resolve({ ok: error === null, said: `${output}${complaint}`.trim().split('\n')[0] ?? '' });
  });
  return promise;
}
