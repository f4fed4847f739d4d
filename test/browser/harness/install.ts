import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from './chromium.ts';

/** Tells what is going on, one line at a time. */
export type Say = (line: string) => void;

/** Debian packages by what they bring; a machine of another kind must have these already. */
const needs: Readonly<Record<string, () => boolean>> = {
  chromium: () => findChromium() !== undefined,
  'fonts-dejavu-core': () => ['/usr/share/fonts', '/usr/local/share/fonts'].some(existsSync),
  'libkrb5-dev': () => existsSync('/usr/include/gssapi/gssapi.h') || existsSync('/usr/include/gssapi.h'),
  python3: () => existsSync('/usr/bin/python3') || existsSync('/usr/local/bin/python3'),
  make: () => existsSync('/usr/bin/make'),
  'g++': () => existsSync('/usr/bin/g++') || existsSync('/usr/bin/c++'),
};

/** What the browser tier needs. */
export const forBrowser = ['chromium', 'fonts-dejavu-core'];
/** What compiling the host's native parts needs. */
export const forCompiling = ['libkrb5-dev', 'python3', 'make', 'g++'];

/** Installs what is missing with apt where this is Debian and we are root; otherwise throws with the words to say. */
export async function ensureInstalled(packages: readonly string[], say: Say): Promise<void> {
  const missing = packages.filter((name) => !needs[name]?.());
  if (missing.length === 0 || (process.platform !== 'linux' && missing.every((name) => name !== 'chromium')))
    return;
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    throw new Error(
      `missing on this machine: ${missing.join(', ')}; install them (Debian: apt-get install ${missing.join(' ')})`,
    );
  }
  say(`installing ${missing.join(', ')} with apt-get ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runQuietly('apt-get', ['update', '-qq'], { env });
  await runQuietly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { env });
}

/** Runs a program without a shell; on failure throws with the last lines that it printed. */
export function runQuietly(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const add = (chunk: Buffer) => {
      output += chunk;
    };
    child.stdout.on('data', add);
    child.stderr.on('data', add);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(output);
      const tail = output.trimEnd().split('\n').slice(-30).join('\n');
      reject(new Error(`${command} ${args.join(' ')} ended with ${signal ?? `exit code ${code}`}:\n${tail}`));
    });
  });
}
