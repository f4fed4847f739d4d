import { spawn } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runQuietly } from '../../browser/harness/install.ts';
import { bridgeExtension, bridgeId } from './bridge.ts';
import { endProcesses, freePort, processesOf } from './processes.ts';
import { environmentFor, settingsFor } from './profile.ts';
import { ensureHost, type HostInstall } from './setup.ts';

/** Nobody else can reach it. */
const QUIET_CONFIG = 'auth: none\ncert: false\n';

export interface HostOptions {
  /** Packed extensions to install, as a user would. */
  readonly vsix?: readonly string[];
  /** Unpacked extension folders by id (`publisher.name-version`); linked in, nothing is copied. */
  readonly linked?: Readonly<Record<string, string>>;
  /** User settings, over the quiet ones below. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** `off`: every folder is trusted, the feature is off. `restricted`: folders open untrusted, without a prompt. Default off. */
  readonly trust?: 'off' | 'restricted';
  /** Lets `mocha-run.ts` start a suite in the extension host; toasts and modal dialogs are then suppressed. */
  readonly driver?: boolean;
  /** Runs after the extensions are installed and before the server starts. */
  readonly beforeStart?: (extensionsFolder: string) => void;
  /** Added to the server's environment, which the extension host and what it starts inherit. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Host extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Everything of this host lies here, its home and temporary folders included; removed on stop. */
  readonly root: string;
  readonly extensionsFolder: string;
  /** Where each extension host's bridge has its socket; see `connectBridge`. */
  readonly bridgeFolder: string;
  /** Milliseconds from spawn until the server answered. */
  readonly startMs: number;
  log(): string;
  stop(): Promise<void>;
}

const placesIn = (root: string) => [
  '--config',
  path.join(root, 'config.yaml'),
  '--user-data-dir',
  path.join(root, 'data'),
  '--extensions-dir',
  path.join(root, 'extensions'),
];

const installations = new Map<string, Promise<string>>();

/** The folder that holds an extension as VS Code itself installs it from a .vsix: once in this process, some seconds. */
function installed(install: HostInstall, vsix: string): Promise<string> {
  const known = installations.get(vsix);
  if (known) return known;
  const installing = (async () => {
    const root = mkdtempSync(path.join(tmpdir(), 'progeny-installed-'));
    process.on('exit', () => rmSync(root, { recursive: true, force: true }));
    const home = path.join(root, 'home');
    mkdirSync(home);
    writeFileSync(path.join(root, 'config.yaml'), QUIET_CONFIG);
    const args = [install.entry, ...placesIn(root), '--install-extension', vsix, '--force'];
    await runQuietly(install.node, args, { env: environmentFor(home) });
    const folder = path.join(root, 'extensions');
    // The list names its own place; each server makes one of what it finds.
    rmSync(path.join(folder, 'extensions.json'), { force: true });
    return folder;
  })();
  installations.set(vsix, installing);
  return installing;
}

/** Starts a VS Code server with a profile of its own on the loopback interface. Installs the host first where needed. */
export async function startHost(options: HostOptions = {}): Promise<Host> {
  const install = await ensureHost();
  const root = mkdtempSync(path.join(tmpdir(), 'progeny-host-'));
  const data = path.join(root, 'data');
  const extensionsFolder = path.join(root, 'extensions');
  const home = path.join(root, 'home');
  const bridgeFolder = path.join(root, 'bridges');
  for (const folder of [path.join(data, 'User'), extensionsFolder, home, bridgeFolder])
    mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(data, 'User', 'settings.json'),
    JSON.stringify(settingsFor(options.trust ?? 'off', options.settings), null, 2),
  );
  writeFileSync(path.join(root, 'config.yaml'), QUIET_CONFIG);
  // Linked before the server's first run: it writes its list of extensions from what it finds there.
  for (const [id, folder] of Object.entries({ [bridgeId]: bridgeExtension, ...options.linked })) {
    symlinkSync(folder, path.join(extensionsFolder, id), 'dir');
  }

  const env = {
    ...environmentFor(home),
    PATH: `${path.dirname(install.node)}${path.delimiter}${process.env.PATH}`,
    PROGENY_BRIDGES: bridgeFolder,
    ...options.env,
  };
  // As the links are: found there by the server's first run.
  for (const vsix of options.vsix ?? [])
    cpSync(await installed(install, vsix), extensionsFolder, { recursive: true });
  options.beforeStart?.(extensionsFolder);
  const port = await freePort();
  const args = [
    install.entry,
    ...placesIn(root),
    '--bind-addr',
    `127.0.0.1:${port}`,
    '--auth',
    'none',
    '--disable-telemetry',
  ];
  args.push('--disable-update-check', '--disable-getting-started-override', '--ignore-last-opened');
  if (options.trust !== 'restricted') args.push('--disable-workspace-trust');
  if (options.driver) args.push('--vscode-option', 'enable-smoke-test-driver');
  const logFile = path.join(root, 'server.log');
  const logHandle = openSync(logFile, 'w');
  const started = Date.now();
  const child = spawn(install.node, args, { stdio: ['ignore', logHandle, logHandle], env });
  closeSync(logHandle);
  const log = () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');
  const failed = new Promise<never>((_, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`the VS Code server ended with ${code}:\n${log()}`)));
  });
  failed.catch(() => {});

  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= (async () => {
      if (child.pid) await endProcesses(processesOf(child.pid, bridgeFolder), 8000);
      rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    })();
    return stopping;
  };
  try {
    await Promise.race([answers(port), failed]);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: `http://localhost:${port}`,
    port,
    root,
    extensionsFolder,
    bridgeFolder,
    startMs: Date.now() - started,
    log,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function answers(port: number): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const ok = await fetch(`http://127.0.0.1:${port}/healthz`)
      .then((response) => response.ok)
      .catch(() => false);
    if (ok) return;
    if (Date.now() > deadline)
      throw new Error(`the VS Code server did not answer on port ${port} within 30 s`);
    await delay(50);
  }
}
