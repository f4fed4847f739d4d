import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from '../runtime.mjs';
import { runQuietly } from './quietly.ts';
import type { Tally } from './tally.ts';

interface Check {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
}

const tsc = 'node_modules/typescript/bin/tsc';

const checks: readonly Check[] = [
  { name: 'types', program: tsc, args: ['--pretty', 'false', '-p', '.'] },
  { name: 'types of webviews', program: tsc, args: ['--pretty', 'false', '-p', 'webviews/tsconfig.json'] },
  {
    name: 'format and lint',
    program: 'node_modules/@biomejs/biome/bin/biome',
    args: ['ci', '--colors=off', '--max-diagnostics=50', '.'],
  },
];

/** Types, format and lint; each check is one pass or one failure, whose words are printed. */
export async function runChecks(): Promise<Tally> {
  const started = Date.now();
  const wanted = checks.filter(({ args }) =>
    args.every((arg) => !arg.endsWith('.json') || existsSync(path.join(root, arg))),
  );
  const results = await Promise.all(wanted.map(runCheck));
  const failed = results.filter((ok) => !ok).length;
  return { name: 'check', passed: results.length - failed, failed, skipped: [], ms: Date.now() - started };
}

async function runCheck({ name, program, args }: Check): Promise<boolean> {
  const { code, output } = await runQuietly(program, args);
  console.log(code === 0 ? `  ✔ ${name}` : `  ✖ ${name}\n${output.trimEnd()}`);
  return code === 0;
}
