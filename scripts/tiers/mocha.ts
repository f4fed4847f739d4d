import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../runtime.mjs';
import { broken, type Tally, underCI } from './tally.ts';

export interface MochaRun {
  readonly tier: string;
  readonly files: readonly string[];
  readonly timeoutMs: number;
  /** The whole tier is ended after this. */
  readonly limitMs: number;
  readonly grep?: string | undefined;
  readonly env?: Readonly<Record<string, string>>;
}

/** What a tier may take to end by itself after its last test; longer means that it leaks a timer, handle or process. */
const exitGraceMs = 10_000;

/** When what a run prints is shown: as it comes, or whole at its end. */
export type Shown = 'now' | 'at its end';

/** Runs mocha in a process of its own and trusts only what it wrote down: no result file is a failure. */
export async function runMocha(run: MochaRun, show: Shown = 'now'): Promise<Tally> {
  const { tier, files, timeoutMs, limitMs, grep, env } = run;
  const started = Date.now();
  const folder = mkdtempSync(path.join(tmpdir(), 'progeny-tally-'));
  const tallyFile = path.join(folder, 'tally.json');
  const args = [path.join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'), '--timeout', String(timeoutMs)];
  args.push('--reporter', path.join(root, 'scripts', 'tiers', 'tally-reporter.cjs'));
  if (grep) args.push('--grep', grep);
  if (underCI) args.push('--forbid-only', '--forbid-pending');
  const child = spawn(process.execPath, [...args, ...files], {
    cwd: root,
    stdio: show === 'now' ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    // A model server of whoever runs the tests is no part of them: nobody listens there.
    env: { ...process.env, OLLAMA_HOST: '127.0.0.1:9', ...env, PROGENY_TALLY: tallyFile },
  });
  const kept: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => kept.push(data));
  const ending = await endOf(child, tallyFile, limitMs);
  if (show !== 'now') process.stdout.write(Buffer.concat(kept));
  const ms = Date.now() - started;
  const written = existsSync(tallyFile) ? readFileSync(tallyFile, 'utf8') : undefined;
  rmSync(folder, { recursive: true, force: true });
  if (written === undefined) return broken(tier, `mocha ${ending} before it had a result`, started);
  const result = JSON.parse(written) as Pick<Tally, 'passed' | 'failed' | 'skipped' | 'failures'>;
  if (!grep && result.passed + result.failed + result.skipped.length === 0)
    return broken(tier, 'its files hold no test', started);
  const clean = ending === 'ended with exit code 0' || result.failed > 0;
  if (clean) return { name: tier, ...result, ms };
  return { name: tier, ...result, failed: 1, ms, note: `mocha ${ending}, though no test failed` };
}

/** What failed in a first run runs once more, each file by itself, and is flaky when it passes then. */
export async function runMochaAgain(run: MochaRun, first: Tally): Promise<Tally> {
  const failures = first.failures ?? [];
  const files = [...new Set(failures.map(({ file }) => file))];
  if (failures.length === 0 || !files.every((file) => run.files.includes(file))) return first;
  const mended = new Set<string>();
  let ms = first.ms;
  for (const file of files) {
    console.log(`\n  once more: ${file}`);
    const second = await runMocha({ ...run, files: [file] });
    ms += second.ms;
    if (second.failed === 0) mended.add(file);
  }
  const flaky = failures.filter(({ file }) => mended.has(file));
  return {
    ...first,
    ms,
    passed: first.passed + flaky.length,
    failed: first.failed - flaky.length,
    failures: failures.filter(({ file }) => !mended.has(file)),
    flaky,
    ...(flaky.length > 0 && { note: `${flaky.length} failed, then passed` }),
  };
}

/** Waits for the child, ends it when it overstays, and says how it ended. */
function endOf(child: ChildProcess, tallyFile: string, limitMs: number): Promise<string> {
  return new Promise((resolve) => {
    let overstay = '';
    const end = (reason: string) => {
      overstay = reason;
      child.kill('SIGKILL');
    };
    const limit = setTimeout(end, limitMs, `did not end within ${limitMs / 1000} s and was killed`);
    let grace: NodeJS.Timeout | undefined;
    const name = path.basename(tallyFile);
    const watcher = watch(path.dirname(tallyFile), (_, file) => {
      if (file === name)
        grace ??= setTimeout(
          end,
          exitGraceMs,
          `did not end within ${exitGraceMs / 1000} s of its last test: something leaks`,
        );
    });
    child.on('error', (error) => end(`did not start: ${error.message}`));
    child.on('close', (code, signal) => {
      clearTimeout(limit);
      clearTimeout(grace);
      watcher.close();
      resolve(overstay || `ended with ${signal ?? `exit code ${code}`}`);
    });
  });
}
