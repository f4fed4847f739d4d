import { clip, count, listing } from '../kernel/index.ts';
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
/** How they name what failed: TAP, node's own, mocha, jest, pytest, go, cargo. */
const FAILED: readonly RegExp[] = [
  /^\s*not ok \d+ (?:- )?((?:(?!# (?:TODO|SKIP)).)+)$/gm,
  /^\s*✖ (?!failing tests:)(.+?)(?: \([\d.]+m?s\))?$/gm,
  /^ {2}\d+\) (.+)$/gm,
  /^\s*● (.+)$/gm,
  /^FAILED (\S+)/gm,
  /^\s*--- FAIL: (\S+)/gm,
  /^test (\S+) \.\.\. FAILED$/gm,
];
const NAMED = 3;
/** Lines that say nothing of what failed: calls of the runner itself, the frame of TAP. */
const NOISE =
  /^\s*(?:at .*|.*\(?node:internal\/.*|.*\(node:\w+:\d+:\d+\)|\.\.\.|---|# .*|\s*duration_ms: .*|\d+\.\.\d+)$/;
const LINES = 15;
/** A name with fewer lines, its own included, is a line of a summary. */
const TELLS = 3;

/** How the verification went: "npm test: 212 passed in 31 s". Pure. */
export function verifiedWords({ argv }: Program, result: ProgramResult): string {
  const name = clip(argvWords(argv), 120);
  const took = `${seconds(result.ms)} s`;
  if (result.ended === 'exit' && result.code === 0) {
    const passed = passedIn(result.output);
    return passed === null ? `${name}: ended well in ${took}` : `${name}: ${passed} passed in ${took}`;
  }
  const how = result.ended === 'exit' ? `failed with code ${result.code}` : ENDED[result.ended];
  const failed = failedIn(result.output);
  const said = toldLines(result.output, failed[0] ?? null);
  const which = failed.length === 0 ? '' : ` in ${count(failed.length, 'test')}: ${listing(failed, NAMED)}`;
  return `${name} ${how} after ${took}${which}${said === '' ? '' : `:\n${said}`}`;
}

/** The names of the tests that failed, where the output tells; those of the first way of telling that fits. Pure. */
export function failedIn(output: string): string[] {
  const plain = withoutColours(output);
  for (const pattern of FAILED) {
    const names = [...plain.matchAll(pattern)].map((match) => clip(match[1]!.trim(), 100));
    if (names.length > 0) return [...new Set(names)];
  }
  return [];
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

/** What it said of the first test that failed, where it told more after its name; else its last lines. */
function toldLines(output: string, failed: string | null): string {
  const lines = withoutColours(output)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !NOISE.test(line));
  const named = failed === null ? -1 : lines.findLastIndex((line) => line.includes(failed));
  const told = named >= 0 && lines.length - named >= TELLS ? lines.slice(named, named + LINES) : lines;
  return told
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
