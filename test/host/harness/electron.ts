import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  downloadAndUnzipVSCode,
  resolveCliArgsFromVSCodeExecutablePath,
  runTests,
} from '@vscode/test-electron';
import { bridgeExtension } from './bridge.ts';
import type { SuiteResult } from './inside.ts';
import type { SuiteOutcome, SuiteRun } from './mocha-run.ts';

/**
 * The same suite in VS Code's desktop build, which is downloaded: for machines that may. `version` is a VS Code
 * version, `stable` by default. Linux needs a display (`xvfb-run`).
 */
export async function runInsideElectron(run: SuiteRun, version = 'stable'): Promise<SuiteOutcome> {
  const root = mkdtempSync(path.join(tmpdir(), 'progeny-electron-'));
  const files = {
    PROGENY_TALLY: path.join(root, 'tally.json'),
    PROGENY_SUITE_LOG: path.join(root, 'suite.log'),
  };
  const profile = [
    '--user-data-dir',
    path.join(root, 'data'),
    '--extensions-dir',
    path.join(root, 'extensions'),
  ];
  try {
    const vscodeExecutablePath = await downloadAndUnzipVSCode(version);
    const [cli, ...cliArgs] = resolveCliArgsFromVSCodeExecutablePath(vscodeExecutablePath, {
      reuseMachineInstall: true,
    });
    for (const vsix of run.host?.vsix ?? []) {
      const shell = process.platform === 'win32';
      execFileSync(cli!, [...cliArgs, ...profile, '--install-extension', vsix], { stdio: 'inherit', shell });
    }
    const ending = await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: bridgeExtension,
      extensionTestsPath: path.resolve(run.suite),
      extensionTestsEnv: { ...run.host?.env, ...files, ...(run.grep && { PROGENY_GREP: run.grep }) },
      launchArgs: [
        run.folder,
        ...profile,
        '--disable-workspace-trust',
        '--skip-welcome',
        '--skip-release-notes',
      ],
    }).then(
      (code) => `VS Code ended the run with code ${code}`,
      (error: unknown) => String(error),
    );
    if (!existsSync(files.PROGENY_TALLY)) return { result: undefined, log: ending };
    const log = readFileSync(files.PROGENY_SUITE_LOG, 'utf8').trimEnd();
    return { result: JSON.parse(readFileSync(files.PROGENY_TALLY, 'utf8')) as SuiteResult, log };
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
