// Finds the pinned Node and runs programs under it. Plain JavaScript for Node 18: it runs before anything is installed.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** The exact version of Node that package.json pins, such as `24.21.0`. */
export const pinnedNode = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).devDependencies
  .node;

const executable = process.platform === 'win32' ? 'node.exe' : 'node';

/** Where the pinned Node lies once `npm ci` has run. */
export const pinnedNodePath = path.join(root, 'node_modules', 'node', 'bin', executable);

const majorOf = (version) => Number(version.split('.')[0]);

/**
 * A Node new enough to run this project: this process where it is, else the pinned one; undefined before set-up. The
 * program of this process may be gone: an install replaces the pinned one, which `npm run` finds first.
 */
export function findNode() {
  if (majorOf(process.versions.node) >= majorOf(pinnedNode) && existsSync(process.execPath))
    return process.execPath;
  return existsSync(pinnedNodePath) ? pinnedNodePath : undefined;
}

/** Runs a script under that Node with this process's stdio; resolves to its exit code. */
export function runScript(script, args = [], options = {}) {
  const node = findNode();
  if (!node) throw new Error(`Node ${pinnedNode} is not installed; run \`node scripts/setup.mjs\` first`);
  const env = { ...process.env, ...options.env, PATH: withBinaries(process.env.PATH) };
  return run(node, [path.resolve(root, script), ...args], { ...options, env });
}

const withBinaries = (searchPath = '') =>
  [path.join(root, 'node_modules', 'node', 'bin'), path.join(root, 'node_modules', '.bin'), searchPath].join(
    path.delimiter,
  );

/**
 * Runs a program with inherited stdio and waits for it, whatever signal comes. A terminal sends Ctrl-C to
 * every process of the group, so there SIGINT is only waited out; otherwise it is forwarded. `npm` hands a signal
 * to a shell that dies of it without a word to us: that our parent is gone then counts as SIGTERM.
 */
export function run(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  const atTerminal = [0, 1, 2].some((descriptor) => isatty(descriptor));
  const onSignal = (signal) => {
    if (!(signal === 'SIGINT' && atTerminal)) child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, onSignal);
  const parent = process.ppid;
  const orphaned = () => process.env.npm_lifecycle_event && process.ppid !== parent && child.kill('SIGTERM');
  const watch = setInterval(orphaned, 500);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  }).finally(() => {
    clearInterval(watch);
    for (const signal of signals) process.off(signal, onSignal);
  });
}
