// Lines of companion/ and extension/ that the tests ran, in whatever process and from whatever bundle.
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformSync } from 'esbuild';
import { root, run } from '../runtime.mjs';
import { broken, type Tally } from './tally.ts';

const folder = path.join(root, 'coverage');
const rawFolder = path.join(folder, 'raw');
const readyFolder = path.join(folder, 'ready');
const measured = ['companion', 'extension'];
/** Per cent of lines in each measured folder. */
const bar = 80;

/** Where a tier's processes leave what V8 counted. */
export const rawCoverage = (tier: string): string => path.join(rawFolder, tier);

export function clearCoverage(): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Reports the tiers' coverage and holds it against the bar: one pass or failure for each measured folder. */
export async function checkCoverage(): Promise<Tally> {
  const started = Date.now();
  if (!existsSync(rawFolder)) return broken('coverage', 'no tier left any coverage', started);
  prepare();
  const c8 = path.join(root, 'node_modules', 'c8', 'bin', 'c8.js');
  const options = [
    'report',
    '--temp-directory',
    readyFolder,
    '--reports-dir',
    folder,
    '--exclude-after-remap',
    '--all',
  ];
  for (const reporter of ['json-summary', 'lcovonly', 'html']) options.push('--reporter', reporter);
  for (const name of measured) options.push('--src', name, '--include', `${name}/**/*.ts`);
  for (const file of ['**/*.d.ts', ...withoutCode()]) options.push('--exclude', file);
  if ((await run(process.execPath, [c8, ...options], { cwd: root })) !== 0)
    return broken('coverage', 'c8 failed', started);
  return judge(started);
}

interface Counts {
  readonly total: number;
  readonly covered: number;
}

function judge(started: number): Tally {
  const report = JSON.parse(readFileSync(path.join(folder, 'coverage-summary.json'), 'utf8')) as Record<
    string,
    { lines: Counts }
  >;
  const files = Object.entries(report).map(([file, { lines }]) => ({
    file: path.relative(root, file),
    lines,
  }));
  const percents = measured.map((name) => {
    const own = files.filter(({ file }) => file.startsWith(name + path.sep)).map(({ lines }) => lines);
    const total = own.reduce((sum, lines) => sum + lines.total, 0);
    const covered = own.reduce((sum, lines) => sum + lines.covered, 0);
    return { name, percent: total === 0 ? 100 : (100 * covered) / total };
  });
  const failed = percents.filter(({ percent }) => percent < bar).length;
  const words = percents.map(({ name, percent }) => `${name}/ ${percent.toFixed(1)} %`).join(', ');
  const note = `lines: ${words}; at least ${bar} % each`;
  if (failed > 0)
    printWorst(files.filter(({ file }) => measured.some((name) => file.startsWith(name + path.sep))));
  return {
    name: 'coverage',
    passed: percents.length - failed,
    failed,
    skipped: [],
    ms: Date.now() - started,
    note,
  };
}

function printWorst(files: ReadonlyArray<{ readonly file: string; readonly lines: Counts }>): void {
  const missing = ({ lines }: { readonly lines: Counts }) => lines.total - lines.covered;
  console.log('  most lines without a test:');
  for (const entry of [...files].sort((a, b) => missing(b) - missing(a)).slice(0, 15)) {
    console.log(
      `  ${String(missing(entry)).padStart(6)} of ${String(entry.lines.total).padEnd(6)} ${entry.file}`,
    );
  }
}

/** Files of types only: never loaded, nothing to cover. */
function withoutCode(): readonly string[] {
  const files = globSync(
    measured.map((name) => `${name}/**/*.ts`),
    { cwd: root },
  );
  return files.filter((file) => {
    const { code } = transformSync(readFileSync(path.join(root, file), 'utf8'), { loader: 'ts' });
    return code.trim() === '';
  });
}

interface Report {
  readonly result: readonly { readonly url: string }[];
}

/**
 * Copies the raw reports, keeping our own scripts. An extension that a host ran from its installed .vsix has
 * another path there: the same bundle, with its source map, lies in `dist`.
 */
function prepare(): void {
  rmSync(readyFolder, { recursive: true, force: true });
  mkdirSync(readyFolder, { recursive: true });
  const installed = /^file:\/\/\/.*\/progeny-dev\.progeny-[^/]+\/dist\//;
  const dist = `${pathToFileURL(path.join(root, 'dist')).href}/`;
  const own = [dist, ...measured.map((name) => `${pathToFileURL(path.join(root, name)).href}/`)];
  const isOurs = (url: string) =>
    own.some((start) => url.startsWith(start)) &&
    !url.includes('/node_modules/') &&
    existsSync(fileURLToPath(url));
  for (const tier of readdirSync(rawFolder)) {
    for (const file of readdirSync(path.join(rawFolder, tier))) {
      const report = parse(path.join(rawFolder, tier, file));
      const moved = (report?.result ?? []).map((script) => ({
        ...script,
        url: script.url.replace(installed, dist),
      }));
      const result = moved.filter(({ url }) => isOurs(url));
      if (result.length === 0) continue;
      const ready = { result, 'source-map-cache': sourceMaps({ result }) };
      writeFileSync(path.join(readyFolder, `${tier}-${file}`), JSON.stringify(ready));
    }
  }
}

/**
 * The source maps of bundles, with absolute paths: c8 resolves relative ones against the working directory, then
 * drops every uncovered range as outside the project and calls the whole bundle covered.
 */
function sourceMaps({ result }: Report): Readonly<Record<string, unknown>> {
  const maps = result.flatMap(({ url }) => {
    const file = `${fileURLToPath(url)}.map`;
    if (!existsSync(file)) return [];
    const map = JSON.parse(readFileSync(file, 'utf8')) as { readonly sources: readonly string[] };
    const sources = map.sources.map((source) => path.resolve(path.dirname(file), source));
    return [[url, { data: { ...map, sources } }] as const];
  });
  return Object.fromEntries(maps);
}

/** A process that was killed while it wrote leaves half a report. */
function parse(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return undefined;
  }
}
