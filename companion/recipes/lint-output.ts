import { relativeTo, type Where } from './paths-in-output.ts';

/** Something that a tool found and did not fix. `file` as in the folder, or null where it lies outside of it. */
export interface Finding {
  readonly file: string | null;
  readonly line: number | null;
  readonly words: string;
}
export interface LintOutput {
  /** How many problems were fixed; null where the tool does not tell. */
  readonly fixed: number | null;
  readonly left: readonly Finding[];
}

/** Escapes of colours and links, which some tools write whatever one asks. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\))/g;
const GITHUB = /^::(error|warning|notice) (.*?)::(.*)$/;
/** What ESLint ends with. */
const STYLISH_SUM = /^✖ (\d+) problems? \(\d+ errors?, \d+ warnings?\)/;
const STYLISH = /^\s+(\d+):(\d+)\s+(error|warning)\s+(.*?)(?:\s{2,}(\S+))?$/;
/** `path:line:column: words`, of Ruff, Stylelint, RuboCop, gofmt, rustc. */
const UNIX = /^(.+?):(\d+):(?:\d+:?)?\s+(.*)$/;
const PRETTIER = /^\[(?:error|warn)\] (.+?): (\w*Error: .*?)(?: \((\d+):\d+\))?$/;
const BLACK = /^error: cannot (?:format|parse):? (.+?):(?:(\d+):\d+|\s(.+))$/;

/** Lines of an output, without colours. No line that is read is longer than this: a program of others wrote it. */
export function plainLines(output: string): string[] {
  const lines = output.replace(ESCAPES, '').replace(/\r\n?/g, '\n').split('\n');
  return lines.map((line) => (line.length > LONGEST_LINE ? line.slice(0, LONGEST_LINE) : line));
}
const LONGEST_LINE = 4000;

/**
 * What a fixer's output says, in the formats that `fixers.ts` asks for. Where a count came before the fix, the fix is
 * what stands after it. Pure.
 */
export function readLintOutput(output: string, where: Where = { roots: [], folder: '' }): LintOutput {
  const { before, lines } = splitCount(plainLines(output));
  const left: Finding[] = [];
  let stylish: string | null = null;
  let told: number | null = null;
  const add = (path: string, line: string | undefined, words: string): void => {
    left.push({
      file: relativeTo(path, where),
      line: line === undefined ? null : Number(line) || null,
      words: words.trim(),
    });
  };
  for (const line of lines) {
    told = fixedOf(line) ?? told;
    const github = GITHUB.exec(line);
    if (github) {
      const fields = githubFields(github[2]!);
      if (github[1] !== 'notice')
        add(
          fields.file ?? '',
          fields.line,
          `${fields.title ? `${fields.title}: ` : ''}${decode(github[3]!)}`,
        );
      continue;
    }
    const problem = STYLISH.exec(line);
    if (problem && stylish !== null) {
      add(stylish, problem[1], `${problem[5] ? `${problem[5]}: ` : ''}${problem[4]}`);
      continue;
    }
    const broken = PRETTIER.exec(line);
    if (broken) {
      add(broken[1]!, broken[3], broken[2]!);
      continue;
    }
    const black = BLACK.exec(line);
    if (black) {
      add(black[1]!, black[2], black[3] ?? 'it cannot be parsed');
      continue;
    }
    const unix = UNIX.exec(line);
    if (unix && !/^\s/.test(line) && !/\[Corrected\]/.test(line) && !/^\s*at /.test(line))
      add(unix[1]!, unix[2], unix[3]!);
    // ESLint names a file on a line of its own.
    if (!/^\s/.test(line)) stylish = /[\\/.]/.test(line) && !/\s{2,}|:$/.test(line) ? line : null;
  }
  const fixed = told ?? (before === null ? null : Math.max(0, before - left.length));
  return { fixed, left };
}

/** Where the counting ends, and how much it found. */
function splitCount(lines: readonly string[]): { before: number | null; lines: readonly string[] } {
  const stylish = lines.findIndex((line) => STYLISH_SUM.test(line));
  if (stylish >= 0)
    return { before: Number(STYLISH_SUM.exec(lines[stylish]!)![1]), lines: lines.slice(stylish + 1) };
  let before: number | null = null;
  let end = 0;
  for (const [i, line] of lines.entries()) {
    const found = /^Found (\d+) (?:errors?|warnings?|infos?)\.$/.exec(line);
    if (!found || lines.slice(0, i).some((each) => GITHUB.test(each))) continue;
    before = (before ?? 0) + Number(found[1]);
    end = i + 1;
  }
  return { before, lines: lines.slice(end) };
}

/** What the tool itself says that it fixed. */
function fixedOf(line: string): number | null {
  const ruff = /^(?:Found \d+ errors? \((\d+) fixed|Fixed (\d+) errors?:)/.exec(line);
  const rubocop = /(\d+) offenses? corrected/.exec(line);
  const found = ruff?.[1] ?? ruff?.[2] ?? rubocop?.[1];
  return found === undefined ? null : Number(found);
}

export function githubFields(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').map((field) => {
      const at = field.indexOf('=');
      return [field.slice(0, at).trim(), decode(field.slice(at + 1))];
    }),
  );
}

export function decode(text: string): string {
  return text.replace(
    /%(0A|0D|25|3A|2C)/gi,
    (all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)) || all,
  );
}
