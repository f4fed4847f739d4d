// Bundled into the suite and run in the extension host: mocha there, and a result file that outlives the host.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** The counts of a run, as `scripts/tiers/tally-reporter.cjs` writes them. */
export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
  readonly failures: ReadonlyArray<{ readonly title: string; readonly message: string }>;
}

/**
 * What `run` of a suite's `index.ts` does: `export const run = () => runSuite([() => import('./x.test.ts')])`.
 * Rejects when a test failed. The results go to the file $PROGENY_TALLY and, line by line, to $PROGENY_SUITE_LOG.
 */
export async function runSuite(files: ReadonlyArray<() => Promise<unknown>>): Promise<void> {
  process.setSourceMapsEnabled(true);
  const grep = process.env.PROGENY_GREP;
  const mocha = new Mocha({ ui: 'bdd', timeout: 120_000, ...(grep && { grep }) });
  mocha.suite.emit('pre-require', globalThis, 'suite', mocha);
  for (const load of files) await load();
  await new Promise<void>((resolve, reject) => {
    const lines: string[] = [];
    const skipped: string[] = [];
    const failures: { title: string; message: string }[] = [];
    const runner = mocha.run((failed) => {
      const result: SuiteResult = { passed: runner.stats?.passes ?? 0, failed, skipped, failures };
      write(process.env.PROGENY_SUITE_LOG, `${lines.join('\n')}\n`);
      write(process.env.PROGENY_TALLY, JSON.stringify(result));
      if (process.env.NODE_V8_COVERAGE) process.getBuiltinModule('node:v8').takeCoverage();
      if (failed > 0) reject(new Error(`${failed} tests failed in the extension host`));
      else resolve();
    });
    runner.on('pass', (test) => lines.push(`  ✔ ${test.fullTitle()} (${test.duration ?? 0} ms)`));
    runner.on('pending', (test) => skipped.push(test.fullTitle()));
    runner.on('fail', (test, error: Error) => {
      lines.push(`  ✖ ${test.fullTitle()}\n${error.stack ?? error.message}`);
      failures.push({ title: test.fullTitle(), message: error.message });
    });
  });
}

function write(file: string | undefined, text: string): void {
  if (file) writeFileSync(file, text);
}
