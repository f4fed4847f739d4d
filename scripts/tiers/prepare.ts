// What the browser and host tiers need, made while the first tiers run: the host's download, Chromium, the .vsix.
import { ensureInstalled, forBrowser } from '../../test/browser/harness/install.ts';
import { ensureHost } from '../../test/host/harness/setup.ts';
import type { HostKind } from './host.ts';
import { runQuietly } from './quietly.ts';

/** undefined: ready. Otherwise why the tier cannot run. */
export interface Readiness {
  readonly browser: Promise<Error | undefined>;
  readonly host: Promise<Error | undefined>;
}

export function prepare(
  wants: { readonly browser: boolean; readonly host: boolean },
  kind: HostKind,
): Readiness {
  const say = (line: string) => process.stderr.write(`  [preparing] ${line}\n`);
  const browser =
    wants.browser || (wants.host && kind === 'code-server')
      ? ensureInstalled(forBrowser, say)
      : Promise.resolve();
  const server = wants.host && kind === 'code-server' ? browser.then(() => ensureHost(say)) : browser;
  const vsix = wants.host ? packageExtension() : Promise.resolve();
  return { browser: reasonOf(browser), host: reasonOf(bothOf(server, vsix)) };
}

/** Runs one of our scripts quietly; its words are in the error when it fails. */
export async function runOwnScript(script: string, args: readonly string[] = []): Promise<void> {
  const { code, output } = await runQuietly(script, args);
  if (code !== 0) throw new Error(`${script} failed with exit code ${code}\n${output}`);
}

const packageExtension = () => runOwnScript('scripts/package.ts');

/** Waits for both, so that nothing is still under way when a failure is reported. */
async function bothOf(first: Promise<unknown>, second: Promise<unknown>): Promise<void> {
  await Promise.allSettled([first, second]);
  await first;
  await second;
}

const reasonOf = (work: Promise<unknown>): Promise<Error | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
