import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** Options that every command understands. */
export const COMMON = {
  json: { type: 'boolean' },
  workspace: { type: 'string', short: 'w' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig;

/** What was typed cannot be understood; the message says what was received and what is expected. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface Arguments {
  values: Readonly<Record<string, string | boolean | undefined>>;
  words: readonly string[];
}

/** Reads the arguments of a command. Throws `UsageError`. */
export function readArguments(args: readonly string[], options: ParseArgsOptionsConfig): Arguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...COMMON, ...options },
      allowPositionals: true,
    });
    return { values: values as Arguments['values'], words: positionals };
  } catch (error) {
    throw new UsageError(
      error instanceof Error ? (error.message.split('. To specify')[0] ?? '') : String(error),
    );
  }
}

/** A text option or its default. */
export function text(args: Arguments, name: string): string | undefined {
  const value = args.values[name];
  return typeof value === 'string' ? value : undefined;
}

/** A whole number within `from` and `to`, or what it is where nothing was said. Throws `UsageError`. */
export function wholeNumber(
  args: Arguments,
  name: string,
  { from = 1, to = 1000, otherwise }: { from?: number; to?: number; otherwise: number },
): number {
  const given = text(args, name) ?? String(otherwise);
  const number = given.trim() === '' ? Number.NaN : Number(given);
  if (Number.isInteger(number) && number >= from && number <= to) return number;
  throw new UsageError(`--${name}: expected a number from ${from} to ${to}; received "${given}"`);
}

/** Throws `UsageError` where words were typed after a command whose usage has nothing but options in brackets. */
export function refuseStrayWords(usage: string, { words }: Arguments): void {
  let rest = usage;
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(/\[-[^[\]]*\]/g, '');
  }
  const name = rest.trim();
  if (name.includes(' ') || words.length === 0) return;
  throw new UsageError(`${name}: expected no words; received "${words.join(' ')}". Usage: progeny ${usage}`);
}

/** "src/a.ts:41" to file and line. A name without a line is a file. */
export function parsePlace(place: string): { file: string; line?: number } {
  const match = /^(.+?):(\d+)$/.exec(place);
  return match ? { file: match[1] as string, line: Number(match[2]) } : { file: place };
}
