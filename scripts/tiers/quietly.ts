import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from '../runtime.mjs';

/** Runs one of our scripts, or a tool's, without a word; gives its exit code and all that it wrote. */
export function runQuietly(
  script: string,
  args: readonly string[] = [],
): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, script), ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
