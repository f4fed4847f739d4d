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

/** "src/a.ts:41" to file and line. A name without a line is a file. */
export function parsePlace(place: string): { file: string; line?: number } {
  const match = /^(.+?):(\d+)$/.exec(place);
  return match ? { file: match[1] as string, line: Number(match[2]) } : { file: place };
}
