// Installs what the project needs: dependencies and the pinned Node. Plain JavaScript for Node 18, no imports
// from node_modules. Says everything on stderr, because `npm start -- --json` owns stdout.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findNode, pinnedNode, pinnedNodePath, root } from './runtime.mjs';

const modules = path.join(root, 'node_modules');
const stampFile = path.join(modules, '.progeny-setup');
const say = (line) => process.stderr.write(`${line}\n`);

/** Idempotent: a few milliseconds when there is nothing to do. Throws an `Error` that says what to do. */
export function setup() {
  if (Number(process.versions.node.split('.')[0]) < 18) {
    throw new Error(`Node ${process.versions.node} is too old to set up Progeny; install Node 18 or newer`);
  }
  const stamp = wantedStamp();
  if (read(stampFile) !== stamp && !installedMatchesLock()) installDependencies();
  if (!findNode()) installPinnedNode();
  if (read(stampFile) !== stamp) writeFileSync(stampFile, stamp);
}

/** The npm package that holds the Node binary (and its headers) of this machine. */
export function nodePackage() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform}-${process.arch}@${pinnedNode}`;
}

/** Runs npm with its output on stderr; throws when it fails. */
export function npm(args, options = {}) {
  const [command, first, shell] = npmCommand();
  const result = spawnSync(command, [...first, ...args], {
    cwd: root,
    env: npmEnvironment(),
    shell,
    stdio: ['ignore', 2, 2],
    ...options,
  });
  if (result.error) throw new Error(`could not run npm: ${result.error.message}; install npm beside Node`);
  if (result.status !== 0)
    throw new Error(`\`npm ${args.join(' ')}\` failed with exit code ${result.status} (its words are above)`);
}

/** What npm told this process about itself would lead another npm astray: which Node it runs on, which package it is in. */
export function npmEnvironment() {
  const misleading =
    /^(npm_(package|lifecycle)_.*|npm_(node_execpath|execpath|command)|npm_config_(user_agent|local_prefix|node_gyp|npm_version)|NODE|INIT_CWD)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !misleading.test(name)));
}

/** npm of the calling `npm run`, else the one beside Node, else the one on PATH; never through a shell if it can be helped. */
function npmCommand() {
  // The Node that runs this may lie in node_modules, which an install has just replaced.
  const node = [process.env.npm_node_execpath, process.execPath].find((file) => file && existsSync(file));
  if (!node) return ['npm', [], process.platform === 'win32'];
  const beside = path.join(path.dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  for (const cli of [process.env.npm_execpath, beside]) {
    if (cli && path.basename(cli) === 'npm-cli.js' && existsSync(cli)) return [node, [cli], false];
  }
  return ['npm', [], process.platform === 'win32'];
}

function installDependencies() {
  say(
    existsSync(modules)
      ? 'Dependencies changed: installing them (npm ci) ...'
      : 'Installing dependencies (npm ci), about a minute the first time ...',
  );
  const started = Date.now();
  // Windows cannot delete the program that runs, which lies in node_modules: install over it there.
  const inPlace = process.platform === 'win32' && process.execPath.startsWith(modules);
  npm([
    inPlace ? 'install' : 'ci',
    // Every native part lies in its package; what install scripts compile or download fails behind many firewalls.
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--include=dev',
    '--include=optional',
  ]);
  say(`Dependencies installed in ${seconds(started)}.`);
}

/** The `node` package fetches its binary in an install script, which is not run; this does the same. */
function installPinnedNode() {
  say(`Fetching Node ${pinnedNode} ...`);
  const started = Date.now();
  const scratch = path.join(modules, '.pinned-node');
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  writeFileSync(path.join(scratch, 'package.json'), '{"private":true}');
  npm(
    [
      'install',
      '--no-save',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      nodePackage(),
    ],
    { cwd: scratch },
  );
  const name = nodePackage().split('@')[0];
  const executable = path.basename(pinnedNodePath);
  const folder = path.join(scratch, 'node_modules', name);
  const source = [path.join(folder, 'bin', executable), path.join(folder, executable)].find(existsSync);
  if (!source)
    throw new Error(
      `the npm package ${nodePackage()} holds no ${executable}; install Node ${pinnedNode} or newer yourself`,
    );
  mkdirSync(path.dirname(pinnedNodePath), { recursive: true });
  copyFileSync(source, pinnedNodePath);
  chmodSync(pinnedNodePath, 0o755);
  rmSync(scratch, { recursive: true, force: true });
  if (process.platform !== 'win32') {
    const link = path.join(modules, '.bin', 'node');
    rmSync(link, { force: true });
    symlinkSync(path.join('..', 'node', 'bin', 'node'), link);
  }
  say(`Node ${pinnedNode} fetched in ${seconds(started)}.`);
}

/** True where npm already installed exactly what the lock file names (by hand, say), so that nothing is installed twice. */
function installedMatchesLock() {
  const wanted = parse(path.join(root, 'package-lock.json'))?.packages;
  const found = parse(path.join(modules, '.package-lock.json'))?.packages;
  if (!wanted || !found) return false;
  const names = Object.keys(wanted).filter((name) => name !== '' && !wanted[name].optional);
  const same = (name) =>
    found[name]?.version === wanted[name].version && found[name]?.integrity === wanted[name].integrity;
  return names.every(same) && Object.keys(found).every((name) => wanted[name]);
}

function wantedStamp() {
  const lock = read(path.join(root, 'package-lock.json'));
  if (lock === undefined)
    throw new Error('package-lock.json is missing; restore it with `git checkout package-lock.json`');
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch} node ${pinnedNode}\n`;
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function parse(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    setup();
  } catch (error) {
    say(`Set-up failed: ${error.message}`);
    process.exitCode = 1;
  }
}
