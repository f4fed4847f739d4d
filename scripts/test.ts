// npm test [-- [--tier NAMES]... [--grep TEXT] [--host code-server|electron] [--no-coverage] [FILE]...]
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './runtime.mjs';
import { runChecks } from './tiers/check.ts';
import { checkCoverage, clearCoverage, rawCoverage } from './tiers/coverage.ts';
import { runSuiteInHost, runSuiteInHostAgain, suiteSource, vsixPath } from './tiers/host.ts';
import { runMocha, runMochaAgain, runMochaParts, type Shown } from './tiers/mocha.ts';
import { prepare, runOwnScript } from './tiers/prepare.ts';
import { keepScratchInMemory } from './tiers/scratch.ts';
import { type MochaTier, mochaTiers, parseSelection, type Selection } from './tiers/selection.ts';
import { broken, skippedTier, summary, type Tally, underCI } from './tiers/tally.ts';

const tierLimitMs = 30 * 60_000;

/** The tests inside the extension host, then those that drive it from outside. */
async function runTier(
  tier: MochaTier,
  selection: Selection,
  notReady: Error | undefined,
  show: Shown = 'now',
): Promise<readonly Tally[]> {
  const { name, timeoutMs, measured, built, again, parts } = tier;
  const files = selection.filesOf(tier);
  const suite = name === 'host' && selection.hostSuite && existsSync(path.join(root, suiteSource));
  if (files.length === 0 && !suite) return [skippedTier(name, 'no test files yet')];
  if (notReady) return [broken(name, notReady, Date.now())];
  const env = {
    PROGENY_VSIX: vsixPath,
    // The built service starts faster than its sources, which a hundred kills notice.
    ...(built && { PROGENY_TEST_COMPANION: path.join(root, 'dist', 'companion.js') }),
    ...(measured && selection.withCoverage && { NODE_V8_COVERAGE: rawCoverage(name) }),
  };
  const { grep, hostKind } = selection;
  const twice = again && underCI;
  const inHost = twice ? runSuiteInHostAgain : runSuiteInHost;
  const tallies = suite ? [await inHost(hostKind, grep, env, show === 'now' ? undefined : show)] : [];
  if (files.length === 0) return tallies;
  if (name === 'host' && hostKind === 'electron') {
    console.log(
      `  ${files.length} files drive the workbench from outside: they need the code-server host (Linux)`,
    );
    return tallies;
  }
  const run = { tier: name, files, timeoutMs, limitMs: tierLimitMs, grep, env };
  const dealt = parts && !grep && files.length >= parts.parts;
  const first = await (dealt ? runMochaParts(run, parts) : runMocha(run, show));
  return [...tallies, twice ? await runMochaAgain(run, first, show) : first];
}

async function* runAll(selection: Selection): AsyncGenerator<Tally> {
  const { tiers, hostKind, withCoverage } = selection;
  const chosen = mochaTiers.filter(({ name }) => tiers.has(name));
  if (withCoverage) clearCoverage();
  const buildFailure = chosen.some(({ built }) => built) ? await build() : undefined;
  if (buildFailure) yield broken('build', buildFailure, Date.now());
  const wants = { browser: tiers.has('browser'), host: tiers.has('host') };
  const ready = buildFailure ? undefined : prepare(wants, hostKind);
  const run = async (tier: MochaTier, show?: Shown) => {
    const readiness =
      tier.name === 'host' ? ready?.host : tier.name === 'browser' ? ready?.browser : undefined;
    return runTier(tier, selection, (tier.built ? buildFailure : undefined) ?? (await readiness), show);
  };
  if (tiers.has('check')) {
    heading('check');
    yield await runChecks();
  }
  for (const tier of chosen) {
    if (chosen.some(({ name }) => name === tier.beside)) continue;
    const beside = chosen.filter((each) => each.beside === tier.name).map((each) => runBeside(each, run));
    heading(tier.name);
    yield* await run(tier);
    for (const each of beside) yield* await each.ended();
  }
  if (!withCoverage) return;
  heading('coverage');
  if (hostKind === 'code-server') yield await checkCoverage();
  else console.log('  measured where the code-server host runs (Linux)');
}

/** Runs a tier while another runs; `ended` shows what it printed, under its name. */
function runBeside(tier: MochaTier, run: (tier: MochaTier, show: Shown) => Promise<readonly Tally[]>) {
  const printed: string[] = [];
  const started = Date.now();
  const tallies = run(tier, (output) => printed.push(output)).catch((error: unknown) => [
    broken(tier.name, error, started),
  ]);
  return {
    async ended(): Promise<readonly Tally[]> {
      const result = await tallies;
      heading(tier.name);
      process.stdout.write(printed.join(''));
      return result;
    },
  };
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
