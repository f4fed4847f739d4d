import { clip } from '../kernel/index.ts';
import { argvWords } from '../protocol/index.ts';
import { ENDED } from './rehearse.ts';
import type { Program, ProgramResult } from './types.ts';

/** How test runners say how many passed: mocha, jest and vitest, pytest, node, cargo, .NET. */
const PASSED: readonly RegExp[] = [
  /^\s*(\d+) passing\b/m,
  /^\s*Tests:?\s.*?\b(\d+) passed\b/m,
  /\b(\d+) passed\b.* in [\d.]+ ?s/m,
  /^(?:# |ℹ )pass (\d+)$/m,
  /^test result: ok\. (\d+) passed/m,
  /\bPassed:\s+(\d+)/,
];
const LINES = 15;

/** How the verification went: "npm test: 212 passed in 31 s". Pure. */
export function verifiedWords({ argv }: Program, result: ProgramResult): string {
  const name = clip(argvWords(argv), 120);
  const took = `${seconds(result.ms)} s`;
  if (result.ended === 'exit' && result.code === 0) {
    const passed = passedIn(result.output);
    return passed === null ? `${name}: ended well in ${took}` : `${name}: ${passed} passed in ${took}`;
  }
  const how = result.ended === 'exit' ? `failed with code ${result.code}` : ENDED[result.ended];
  const said = lastLines(result.output);
  return `${name} ${how} after ${took}${said === '' ? '' : `:\n${said}`}`;
}

/** How many tests passed, where the output tells. Pure. */
export function passedIn(output: string): number | null {
  const plain = withoutColours(output);
  for (const pattern of PASSED) {
    const found = [...plain.matchAll(new RegExp(pattern, 'gm'))];
    if (found.length > 0) return found.reduce((sum, match) => sum + Number(match[1]), 0);
  }
  return null;
}

function lastLines(output: string): string {
  const lines = withoutColours(output)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter(Boolean);
  return lines
    .slice(-LINES)
    .map((line) => line.slice(0, 300))
    .join('\n');
}

function withoutColours(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what terminals are told with
  return text.replace(/\x1b\[[\d;?]*[A-Za-z]/g, '');
}

function seconds(ms: number): string {
  return ms < 10_000 ? (ms / 1000).toFixed(1).replace(/\.0$/, '') : String(Math.round(ms / 1000));
}
