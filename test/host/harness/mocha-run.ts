import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { format } from 'node:util';
import type { Browser } from 'playwright-core';
import { bridgeExtension } from './bridge.ts';
import type { SuiteResult } from './inside.ts';
import { type HostOptions, startHost } from './server.ts';
import { openWorkbench } from './workbench.ts';

export interface SuiteRun {
  /** The bundled CommonJS module whose `run` VS Code calls, such as `out/test/host/index.cjs`. */
  readonly suite: string;
  /** The folder that is open meanwhile. */
  readonly folder: string;
  readonly host?: HostOptions;
  readonly grep?: string | undefined;
  /** Default five minutes. */
  readonly limitMs?: number;
}

export interface SuiteOutcome {
  /** undefined: the suite never reported, which is a failure whatever else it says. */
  readonly result: SuiteResult | undefined;
  /** What mocha printed, or why there is nothing. */
  readonly log: string;
}

/** Runs a mocha suite inside the extension host of a VS Code server, with the whole `vscode` API. */
export async function runInsideHost(browser: Browser, run: SuiteRun): Promise<SuiteOutcome> {
  const env: Record<string, string> = { ...run.host?.env, ...(run.grep && { PROGENY_GREP: run.grep }) };
  await using host = await startHost({ ...run.host, env, driver: true });
  const files = {
    PROGENY_TALLY: path.join(host.root, 'tally.json'),
    PROGENY_SUITE_LOG: path.join(host.root, 'suite.log'),
  };
  const console: string[] = [];
  const { promise: exited, resolve: exit } = Promise.withResolvers<string>();
  const remote = (file: string) => `vscode-remote://localhost:${host.port}${file}`;
  await using workbench = await openWorkbench(browser, host, run.folder, {
    payload: [
      ['extensionDevelopmentPath', remote(bridgeExtension)],
      ['extensionTestsPath', remote(path.resolve(run.suite))],
      ['skipWelcome', 'true'],
      ['extensionEnvironment', JSON.stringify({ ...env, ...files })],
    ],
    prepare: async (page) => {
      await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
        console.push(`${type}: ${format(...args)}`);
      });
      await page.exposeFunction('codeAutomationExit', (code: number) =>
        exit(`VS Code ended the run with code ${code}`),
      );
    },
  });
  const limitMs = run.limitMs ?? 300_000;
  const timer = new AbortController();
  const late = delay(limitMs, `the suite did not end within ${limitMs} ms`, { signal: timer.signal }).catch(
    () => '',
  );
  const ending = await Promise.race([exited, late]);
  timer.abort();
  await workbench.context.close();
  if (existsSync(files.PROGENY_TALLY)) {
    const log = readFileSync(files.PROGENY_SUITE_LOG, 'utf8').trimEnd();
    return { result: JSON.parse(readFileSync(files.PROGENY_TALLY, 'utf8')) as SuiteResult, log };
  }
  return { result: undefined, log: [ending, ...console.slice(-30), host.log().slice(-2000)].join('\n') };
}
