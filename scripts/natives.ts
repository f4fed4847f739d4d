// Collects the packages with native parts, for every platform that the .vsix serves, into one node_modules folder.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { natives } from './bundles.ts';
import { cacheFolder } from './cache.ts';
import { root } from './runtime.mjs';
import { npm } from './setup.mjs';

interface LockedPackage {
  readonly version: string;
  readonly integrity: string;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const modules = path.join(root, 'node_modules');
const served = { os: ['linux', 'darwin', 'win32'], cpu: ['x64', 'arm64'] };
/** Needed to compile a native part, never to run one. */
const buildOnly = ['node-addon-api'];
/** What a package needs at run time; sources, headers, types and documents stay behind. */
const leftBehind =
  /(^|\/)(node_modules|deps|src|scripts|test|tests|binding\.gyp)(\/|$)|\.(md|map|flow|d\.ts|[ch]pp|gyp)$/;

/** Fills `target` (a node_modules folder). Platform parts come from the npm registry and must match package-lock.json. */
export function collectNatives(target: string): void {
  const locked = lockedPackages();
  const done = new Set<string>();
  const queue = natives.map((name) => path.join(modules, name));
  for (let folder = queue.shift(); folder; folder = queue.shift()) {
    if (done.has(folder)) continue;
    done.add(folder);
    copyPackage(folder, path.join(target, path.relative(modules, folder)));
    const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
    const optional = Object.keys(manifest.optionalDependencies ?? {});
    for (const name of optional) addPlatformPackage(name, locked, target);
    for (const name of Object.keys(manifest.dependencies ?? {})) {
      if (!buildOnly.includes(name) && !optional.includes(name)) queue.push(resolvePackage(name, folder));
    }
  }
}

function lockedPackages(): Readonly<Record<string, LockedPackage>> {
  return JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
}

/** Where Node would find the package `name` when code in `from` requires it. */
function resolvePackage(name: string, from: string): string {
  for (let folder = from; folder.startsWith(root); folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name);
    if (existsSync(candidate)) return candidate;
  }
  throw new Error(
    `package ${name}, needed by ${path.relative(root, from)}, is not installed; run \`npm ci\``,
  );
}

function copyPackage(from: string, to: string): void {
  cpSync(from, to, {
    recursive: true,
    filter: (source) => !leftBehind.test(path.relative(from, source).replaceAll(path.sep, '/')),
  });
}

function addPlatformPackage(
  name: string,
  locked: Readonly<Record<string, LockedPackage>>,
  target: string,
): void {
  const entry = locked[`node_modules/${name}`];
  if (!entry)
    throw new Error(
      `package-lock.json lacks the optional package ${name}; run \`npm install --package-lock-only\``,
    );
  const serves = (wanted: readonly string[], offered: readonly string[] = []) =>
    offered.some((one) => wanted.includes(one));
  if (serves(served.os, entry.os) && serves(served.cpu, entry.cpu))
    copyPackage(fetchPackage(name, entry), path.join(target, name));
}

/** The unpacked package from the cache, fetched and verified the first time. */
function fetchPackage(name: string, { version, integrity }: LockedPackage): string {
  const folder = path.join(cacheFolder, 'packages', `${name.replace('/', '+')}@${version}`);
  if (existsSync(folder)) return path.join(folder, 'package');
  process.stderr.write(`  fetching ${name}@${version}\n`);
  const scratch = `${folder}.${process.pid}`;
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  npm(['pack', `${name}@${version}`, '--pack-destination', scratch, '--silent'], {
    stdio: ['ignore', 'ignore', 2],
  });
  const archive = readdirSync(scratch).find((file) => file.endsWith('.tgz'));
  if (!archive) throw new Error(`\`npm pack ${name}@${version}\` left no archive`);
  const digest = `sha512-${createHash('sha512')
    .update(readFileSync(path.join(scratch, archive)))
    .digest('base64')}`;
  if (digest !== integrity)
    throw new Error(`${name}@${version}: expected ${integrity} as in package-lock.json, received ${digest}`);
  execFileSync('tar', ['-xzf', archive], { cwd: scratch });
  rmSync(path.join(scratch, archive));
  renameSync(scratch, folder);
  return path.join(folder, 'package');
}
