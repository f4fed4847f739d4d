// npm test [-- [--tier NAMES]... [--grep TEXT] [--host code-server|electron] [--no-coverage] [FILE]...]
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './runtime.mjs';
import { runChecks } from './tiers/check.ts';
import { checkCoverage, clearCoverage, rawCoverage } from './tiers/coverage.ts';
import { runSuiteInHost, runSuiteInHostAgain, suiteSource, vsixPath } from './tiers/host.ts';
import { interleaved, type Job, runInLanes } from './tiers/lanes.ts';
import { runMocha, runMochaAgain } from './tiers/mocha.ts';
import { dealtOut } from './tiers/parts.ts';
import { prepare, runOwnScript } from './tiers/prepare.ts';
import { keepScratchInMemory } from './tiers/scratch.ts';
import { type MochaTier, mochaTiers, parseSelection, type Selection } from './tiers/selection.ts';
import { broken, skippedTier, summary, type Tally, underCI } from './tiers/tally.ts';

const tierLimitMs = 30 * 60_000;

/** What of a tier is to run, as one mocha would. */
function runOf(
  { name, timeoutMs, measured, built }: MochaTier,
  selection: Selection,
  files: readonly string[],
  counted = selection.withCoverage,
) {
  const env = {
    PROGENY_VSIX: vsixPath,
    // The built service starts faster than its sources, which a hundred kills notice.
    ...(built && { PROGENY_TEST_COMPANION: path.join(root, 'dist', 'companion.js') }),
    ...(measured && counted && { NODE_V8_COVERAGE: rawCoverage(name) }),
  };
  return { tier: name, files, timeoutMs, limitMs: tierLimitMs, grep: selection.grep, env };
}

/** A tier in pieces: the suite inside the extension host, and the files, dealt out where there are many. */
function jobsOf(tier: MochaTier, selection: Selection, notReady: Error | undefined, alone: boolean): Job[] {
  const { name, parts, again } = tier;
  const { grep, hostKind } = selection;
  const files = selection.filesOf(tier);
  const suite = name === 'host' && selection.hostSuite && existsSync(path.join(root, suiteSource));
  if (files.length === 0 && !suite) return [async () => skippedTier(name, 'no test files yet')];
  if (notReady) return [async () => broken(name, notReady, Date.now())];
  const run = runOf(tier, selection, files);
  const jobs: Job[] = [];
  const inHost = again && underCI ? runSuiteInHostAgain : runSuiteInHost;
  if (suite) jobs.push(() => inHost(hostKind, grep, run.env));
  if (files.length === 0) return jobs;
  if (name === 'host' && hostKind === 'electron') {
    console.log(
      `  ${files.length} files drive the workbench from outside: they need the code-server host (Linux)`,
    );
    return jobs;
  }
  if (!parts || grep || files.length < parts.parts)
    return [...jobs, () => runMocha(run, alone ? 'now' : 'at its end')];
  for (const part of dealtOut(files, parts)) {
    const counted = part.counted && selection.withCoverage;
    jobs.push(() => runMocha(runOf(tier, selection, part.files, counted), 'at its end'));
  }
  return jobs;
}

/** Runs tiers beside one another, and what failed of them once more under CI. */
async function runTogether(
  tiers: readonly MochaTier[],
  selection: Selection,
  readiness: (tier: MochaTier) => Promise<Error | undefined>,
): Promise<readonly Tally[]> {
  heading(tiers.map(({ name }) => name).join(', '));
  const alone = tiers.length === 1;
  const jobs = await Promise.all(
    tiers.map(async (tier) => jobsOf(tier, selection, await readiness(tier), alone)),
  );
  const first = await runInLanes(interleaved(jobs), tiers[0]!.parts?.atOnce ?? 1);
  const tallies: Tally[] = [];
  for (const tally of first) {
    const tier = tiers.find(({ name }) => name === tally.name);
    const again = tier?.again && underCI;
    tallies.push(again ? await runMochaAgain(runOf(tier, selection, selection.filesOf(tier)), tally) : tally);
  }
  return tallies;
}

async function* runAll(selection: Selection): AsyncGenerator<Tally> {
  const { tiers, hostKind, withCoverage } = selection;
  const chosen = mochaTiers.filter(({ name }) => tiers.has(name));
  if (withCoverage) clearCoverage();
  const buildFailure = chosen.some(({ built }) => built) ? await build() : undefined;
  if (buildFailure) yield broken('build', buildFailure, Date.now());
  const wants = { browser: tiers.has('browser'), host: tiers.has('host') };
  const ready = buildFailure ? undefined : prepare(wants, hostKind);
  const readiness = async ({ name, built }: MochaTier) =>
    (built ? buildFailure : undefined) ??
    (await (name === 'host' ? ready?.host : name === 'browser' ? ready?.browser : undefined));
  if (tiers.has('check')) {
    heading('check');
    yield await runChecks();
  }
  for (const tier of chosen) {
    if (chosen.some(({ name }) => name === tier.beside)) continue;
    const beside = chosen.filter((each) => each.beside === tier.name);
    yield* await runTogether([tier, ...beside], selection, readiness);
  }
  if (!withCoverage) return;
  heading('coverage');
  if (hostKind === 'code-server') yield await checkCoverage();
  else console.log('  measured where the code-server host runs (Linux)');
}

const heading = (name: string) => console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}`);

const build = () =>
  runOwnScript('esbuild.mjs', ['--if-stale']).then(
    () => undefined,
    (error: Error) => error,
  );

keepScratchInMemory();
const tallies: Tally[] = [];
try {
  for await (const tally of runAll(parseSelection(process.argv.slice(2)))) {
    tallies.push(tally);
    if (tally.failed > 0 && tally.note) console.log(`\n  ✖ ${tally.name}: ${tally.note}`);
  }
} catch (error) {
  console.error(error);
  tallies.push(broken('runner', error, Date.now()));
}
console.log(summary(tallies));
process.exitCode = tallies.some(({ failed }) => failed > 0) ? 1 : 0;
