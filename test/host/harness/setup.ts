import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder, withLock } from '../../../scripts/cache.ts';
import { pinnedNode } from '../../../scripts/runtime.mjs';
import { nodePackage, npmEnvironment } from '../../../scripts/setup.mjs';
import {
  ensureInstalled,
  forBrowser,
  forCompiling,
  runQuietly,
  type Say,
} from '../../browser/harness/install.ts';

/** code-server carries VS Code's own workbench and Node extension host: 4.139.1 is VS Code 1.139.1. */
export const codeServerVersion = '4.139.1';

export interface HostInstall {
  /** The Node binary that runs the server and the extension host. */
  readonly node: string;
  /** The server's entry script. */
  readonly entry: string;
}

const name = `host-${codeServerVersion}-node${pinnedNode}-${process.platform}-${process.arch}`;

/** Why this platform cannot run the host; undefined where it can. */
export function hostUnsupported(): string | undefined {
  return process.platform === 'linux'
    ? undefined
    : `the code-server host is set up on Linux only, not on ${process.platform}`;
}

/**
 * Installs the host into the per-user cache, once: two minutes, 800 MB. An interrupted install leaves nothing
 * that looks finished, and two at once wait for each other.
 */
export async function ensureHost(say: Say = () => {}): Promise<HostInstall> {
  const unsupported = hostUnsupported();
  if (unsupported) throw new Error(unsupported);
  await ensureInstalled(forBrowser, say);
  const folder = path.join(cacheFolder, name);
  if (!isWhole(folder)) {
    const onWait = (owner: number) => say(`waiting for process ${owner}, which installs the host ...`);
    await withLock(name, onWait, async () => {
      if (!isWhole(folder)) await install(folder, say);
    });
  }
  return installIn(folder);
}

/** code-server's install script fetches what the workbench imports: without it, the server starts and does nothing. */
function isWhole(folder: string): boolean {
  return existsSync(path.join(path.dirname(installIn(folder).entry), '../../lib/vscode/node_modules'));
}

async function install(folder: string, say: Say): Promise<void> {
  const started = Date.now();
  await ensureInstalled(forCompiling, say);
  const scratch = `${folder}.partial`;
  rmSync(scratch, { recursive: true, force: true });
  for (const part of ['node', 'server']) {
    mkdirSync(path.join(scratch, part), { recursive: true });
    writeFileSync(path.join(scratch, part, 'package.json'), '{"private":true}\n');
  }
  const options = ['--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  say(`fetching Node ${pinnedNode} for the VS Code host ...`);
  await runQuietly('npm', ['install', ...options, '--ignore-scripts', nodePackage()], {
    cwd: path.join(scratch, 'node'),
    env: npmEnvironment(),
  });
  say(`installing code-server ${codeServerVersion} (VS Code), about two minutes the first time ...`);
  const home = nodeHome(scratch);
  const env = {
    ...npmEnvironment(),
    PATH: `${home}/bin:${process.env.PATH}`,
    // The headers must be this Node's own: against others, native parts compile quietly and fail when loaded.
    npm_config_nodedir: home,
    // The project's own .npmrc, which `npm test` hands down, runs none.
    npm_config_ignore_scripts: 'false',
  };
  await runQuietly('npm', ['install', ...options, `code-server@${codeServerVersion}`], {
    cwd: path.join(scratch, 'server'),
    env,
  });
  const { node, entry } = installIn(scratch);
  await runQuietly(node, [entry, '--config', path.join(scratch, 'config.yaml'), '--version']);
  if (!isWhole(scratch))
    throw new Error(`code-server ${codeServerVersion} was installed without its workbench`);
  rmSync(folder, { recursive: true, force: true });
  renameSync(scratch, folder);
  say(`the VS Code host is ready after ${Math.round((Date.now() - started) / 1000)} s`);
}

const nodeHome = (folder: string) => path.join(folder, 'node', 'node_modules', nodePackage().split('@')[0]!);

const installIn = (folder: string): HostInstall => ({
  node: path.join(nodeHome(folder), 'bin', 'node'),
  entry: path.join(folder, 'server', 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
});
