import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchChromium } from '../../test/browser/harness/chromium.ts';
import type { SuiteOutcome, SuiteRun } from '../../test/host/harness/mocha-run.ts';
import { hostUnsupported } from '../../test/host/harness/setup.ts';
import { root } from '../runtime.mjs';
import { broken, type Tally } from './tally.ts';

/** `code-server`: VS Code's server and workbench from npm. `electron`: VS Code's desktop build, downloaded. */
export type HostKind = 'code-server' | 'electron';

export function hostKind(asked = process.env.PROGENY_HOST): HostKind {
  if (asked === 'electron' || asked === 'code-server') return asked;
  if (asked) throw new Error(`host: received ${asked}, expected code-server or electron`);
  return hostUnsupported() ? 'electron' : 'code-server';
}

/** The .vsix that `npm run package` makes of this version. */
export const vsixPath = path.join(
  root,
  `progeny-${JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version}.vsix`,
);

export const suiteSource = 'test/host/suite/index.ts';
const suite = path.join(root, 'out', 'test', 'host', 'index.cjs');

/** As `runSuiteInHost`; where it failed it runs once more, and what then passes is named. */
export async function runSuiteInHostAgain(...run: Parameters<typeof runSuiteInHost>): Promise<Tally> {
  const first = await runSuiteInHost(...run);
  if (first.failed === 0) return first;
  const second = await runSuiteInHost(...run);
  const ms = first.ms + second.ms;
  if (second.failed > 0) return { ...first, ms };
  return { ...second, ms, flaky: first.failures ?? [], note: `${first.failed} failed, then passed` };
}

/** Runs the suite that lives inside the extension host, against the installed .vsix. */
export async function runSuiteInHost(
  kind: HostKind,
  grep: string | undefined,
  env: Record<string, string>,
): Promise<Tally> {
  const started = Date.now();
  const name = 'host suite';
  if (!existsSync(suite)) return broken(name, `${suiteSource} was not built`, started);
  const folder = mkdtempSync(path.join(tmpdir(), 'progeny-suite-'));
  try {
    const run: SuiteRun = { suite, folder, grep, host: { vsix: [vsixPath], env } };
    const { result, log } = kind === 'electron' ? await inElectron(run) : await inCodeServer(run);
    console.log(`${log}\n`);
    if (!result) return broken(name, 'the suite ended without a result', started);
    if (!grep && result.passed + result.failed === 0) return broken(name, 'the suite holds no test', started);
    const failures = result.failures.map((each) => ({ file: suiteSource, ...each }));
    return { name, ...result, failures, ms: Date.now() - started };
  } catch (error) {
    return broken(name, error, started);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function inCodeServer(run: SuiteRun): Promise<SuiteOutcome> {
  const { runInsideHost } = await import('../../test/host/harness/mocha-run.ts');
  await using browser = await launchChromium();
  return await runInsideHost(browser, run);
}

async function inElectron(run: SuiteRun): Promise<SuiteOutcome> {
  const { runInsideElectron } = await import('../../test/host/harness/electron.ts');
  return runInsideElectron(run, process.env.PROGENY_VSCODE_VERSION);
}
