import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from '../runtime.mjs';
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

function runCheck({ name, program, args }: Check): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, program), ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      console.log(code === 0 ? `  ✔ ${name}` : `  ✖ ${name}\n${output.trimEnd()}`);
      resolve(code === 0);
    });
  });
}
