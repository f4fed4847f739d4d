import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { CompanionClient } from '../../../companion/client/index.ts';
import { openSocket, readDiscovery } from '../../../companion/client/node.ts';
import { FLAT, launchChromium } from '../../browser/harness/chromium.ts';
import { type Bridge, connectBridge } from '../harness/bridge.ts';
import { type Host, type HostOptions, startHost } from '../harness/server.ts';
import { openWorkbench, screenshot } from '../harness/workbench.ts';
import { type FakeCompanion, startFakeCompanion } from './fake-companion.ts';
import { makeRepository } from './repository.ts';

/** The extension unpacked: this folder itself, or PROGENY_EXTENSION. */
const unpacked = process.env.PROGENY_EXTENSION ?? path.resolve(import.meta.dirname, '../../..');

/** A part of the window, in CSS pixels. */
export type Clip = { x: number; y: number; width: number; height: number };

export interface Stage extends AsyncDisposable {
  readonly host: Host;
  readonly page: Page;
  readonly bridge: Bridge;
  /** A folder with a git repository that has something open. */
  readonly repository: string;
  readonly dataDirectory: string;
  /** The companion as a client of its own sees it; connects, and connects again, by itself. */
  readonly client: CompanionClient;
  /** The process of the running companion, or null. */
  companion(): Promise<number | null>;
  /** Saves a picture of the window for the documents, where PROGENY_SCREENSHOTS names a folder. */
  picture(name: string, part?: Clip): Promise<void>;
}

export interface StageOptions extends HostOptions {
  /** Makes the folder that is opened. Default: a repository that has something open. */
  readonly project?: (folder: string) => void;
  /** A companion that the test drives, in the place of the real one. */
  readonly companion?: (dataDirectory: string) => Promise<FakeCompanion>;
  /** What WebGL draws is measured: the browser is as people have it, and slower here. */
  readonly measured?: boolean;
}

/** A stage whose companion is a fake: what the extension says and does can be seen and provoked. */
export async function openStageWithFake(
  options: HostOptions & { protocol?: { min: number; max: number }; measured?: boolean } = {},
): Promise<Stage & { fake: FakeCompanion }> {
  let fake: FakeCompanion | undefined;
  const { protocol, ...host } = options;
  const companion = async (dataDirectory: string) => {
    fake = await startFakeCompanion({ dataDirectory, ...(protocol && { protocol }) });
    return fake;
  };
  const stage = await openStage({ ...host, companion });
  if (!fake) throw new Error('no fake companion was started');
  return Object.assign(stage, { fake });
}

/**
 * A repository, a data directory and a VS Code with the extension as users get it: the .vsix of PROGENY_VSIX,
 * or an unpacked folder during development.
 */
export async function openStage({
  companion,
  project,
  measured,
  ...options
}: StageOptions = {}): Promise<Stage> {
  const folder = mkdtempSync(path.join(tmpdir(), 'progeny-stage-'));
  const repository = path.join(folder, 'atlas');
  const dataDirectory = path.join(folder, 'data');
  if (project) project(repository);
  else makeRepository(repository, Date.now());
  const vsix = process.env.PROGENY_VSIX;
  const extension = vsix ? { vsix: [vsix] } : { linked: { 'progeny-dev.progeny-0.1.0': unpacked } };
  const owned = new AsyncDisposableStack();
  owned.defer(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
  owned.defer(() => endCompanion(dataDirectory));
  try {
    const fake = await companion?.(dataDirectory);
    if (fake) owned.defer(() => fake.stop());
    const host = owned.use(
      await startHost({ ...extension, ...options, env: { ...options.env, PROGENY_DATA_DIR: dataDirectory } }),
    );
    const browser: Browser = owned.use(await launchChromium(measured ? {} : { args: [FLAT] }));
    const { page } = await openWorkbench(browser, host, repository, { prepare: patient });
    const bridge = owned.use(await connectBridge(host, { limitMs: 90_000 }));
    const client = new CompanionClient({
      open: async () => {
        const found = await readDiscovery(dataDirectory);
        if (!found) throw new Error('no companion');
        return openSocket(found);
      },
      kind: 'test',
      version: '0.1.0',
    });
    owned.defer(() => client.dispose());
    owned.defer(() => bridge.takeCoverage().catch(() => {}));
    return {
      host,
      page,
      bridge,
      repository,
      dataDirectory,
      client,
      companion: async () => (await readDiscovery(dataDirectory))?.pid ?? null,
      async picture(name, part) {
        const target = process.env.PROGENY_SCREENSHOTS;
        if (!target) return;
        mkdirSync(target, { recursive: true });
        const file = path.join(target, `${name}.png`);
        if (part) await page.screenshot({ path: file, clip: part, animations: 'disabled', caret: 'hide' });
        else await screenshot(page, file);
      },
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    };
  } catch (error) {
    await owned.disposeAsync();
    throw error;
  }
}

/** These tests share a small machine with others: what takes seconds alone may take a minute. */
async function patient(page: Page): Promise<void> {
  page.setDefaultNavigationTimeout(120_000);
  page.setDefaultTimeout(60_000);
}

/** Ends the companion gently, so that it leaves its coverage. */
async function endCompanion(dataDirectory: string): Promise<void> {
  const found = await readDiscovery(dataDirectory);
  if (!found) return;
  process.kill(found.pid, 'SIGTERM');
  for (const end = Date.now() + 8000; Date.now() < end && (await readDiscovery(dataDirectory)); )
    await delay(50);
  if (await readDiscovery(dataDirectory)) process.kill(found.pid, 'SIGKILL');
}

/** Waits until `look` gives a value that is neither null, undefined nor false; `what` names it in the failure. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  limitMs = 60_000,
): Promise<T> {
  let last: unknown;
  for (const end = Date.now() + limitMs; Date.now() < end; await delay(100)) {
    try {
      last = await look();
    } catch (error) {
      last = error;
    }
    if (last && !(last instanceof Error)) return last as T;
  }
  throw new Error(
    `not within ${limitMs / 1000} s: ${what} (last: ${last instanceof Error ? last.message : last})`,
  );
}
