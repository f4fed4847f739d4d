// npm run bench -- NAME [--json] [args]: runs test/bench/NAME.ts, whose default export gives rows of flat fields.
import { execFileSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, runScript } from './runtime.mjs';

/** One figure a field. */
export type BenchRow = Readonly<Record<string, string | number | boolean>>;
export type Bench = (args: readonly string[]) => Promise<readonly BenchRow[]>;

const [name, ...rest] = process.argv.slice(2);
const json = rest.includes('--json');
const args = rest.filter((arg) => arg !== '--json');
const file = path.join(root, 'test', 'bench', `${name}.ts`);

if (!name || name.startsWith('-') || !existsSync(file)) {
  const names = globSync('test/bench/*.ts', { cwd: root }).map((bench) => path.basename(bench, '.ts'));
  console.error(
    `usage: npm run bench -- NAME [--json] [args]\nbenchmarks: ${names.sort().join(', ') || 'none yet'}`,
  );
  process.exit(name ? 1 : 0);
}

if ((await runScript('esbuild.mjs', ['--if-stale'])) !== 0) process.exit(1);
// Measured is what users run.
process.env.PROGENY_TEST_COMPANION ??= path.join(root, 'dist', 'companion.js');
const { default: bench } = (await import(pathToFileURL(file).href)) as { readonly default: Bench };
const rows = await bench(args);
if (json) console.log(JSON.stringify({ bench: name, commit: commit(), rows }));
else console.table(rows);

/** The commit that is checked out, marked when files differ from it; `unknown` outside a repository. */
function commit(): string {
  try {
    const git = (...words: string[]) =>
      execFileSync('git', words, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    return git('rev-parse', 'HEAD') + (git('status', '--porcelain', '--untracked-files=no') ? '-dirty' : '');
  } catch {
    return 'unknown';
  }
}
