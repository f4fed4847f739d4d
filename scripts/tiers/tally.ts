/** A test that failed. */
export interface Failure {
  /** Path of its file, from the root. */
  readonly file: string;
  readonly title: string;
  readonly message: string;
}

/** The outcome of one tier. */
export interface Tally {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  /** Titles of skipped tests, or why the tier as a whole did not run. */
  readonly skipped: readonly string[];
  readonly ms: number;
  readonly failures?: readonly Failure[];
  /** Failed once, and passed when their file ran again by itself. */
  readonly flaky?: readonly Failure[];
  /** One line for the summary. */
  readonly note?: string;
}

/** Nothing may be skipped silently; under CI nothing may be skipped at all. */
export const underCI = process.env.CI === 'true';

/** What the parts of one tier came to, as one. */
export function mergeTallies(name: string, parts: readonly Tally[]): Tally {
  const sum = (key: 'passed' | 'failed' | 'ms') => parts.reduce((total, part) => total + part[key], 0);
  const notes = parts.flatMap(({ note }) => note ?? []);
  return {
    name,
    passed: sum('passed'),
    failed: sum('failed'),
    ms: sum('ms'),
    skipped: parts.flatMap(({ skipped }) => skipped),
    failures: parts.flatMap(({ failures }) => failures ?? []),
    ...(notes.length > 0 && { note: notes.join('; ') }),
  };
}

/** A tier that could not run counts as one failure, with its reason. */
export function broken(name: string, reason: unknown, started: number): Tally {
  const note = reason instanceof Error ? reason.message : String(reason);
  return { name, passed: 0, failed: 1, skipped: [], ms: Date.now() - started, note };
}

/** A tier that this machine cannot run: a failure under CI. */
export function skippedTier(name: string, reason: string): Tally {
  return { name, passed: 0, failed: underCI ? 1 : 0, skipped: [reason], ms: 0, note: `not run: ${reason}` };
}

/** What failed, in short, the table of all tiers, then the one line that says it all. */
export function summary(tallies: readonly Tally[]): string {
  const row = (cells: readonly string[]) =>
    `${cells[0]!.padEnd(10)}${cells
      .slice(1, 5)
      .map((cell) => cell.padStart(9))
      .join('')}  ${cells[5] ?? ''}`.trimEnd();
  const rows = tallies.map(({ name, passed, failed, skipped, ms, note }) =>
    row([
      name,
      `${passed}`,
      `${failed}`,
      `${skipped.length}`,
      `${(ms / 1000).toFixed(1)} s`,
      note?.split('\n')[0] ?? '',
    ]),
  );
  const sum = (key: 'passed' | 'failed') => tallies.reduce((total, tally) => total + tally[key], 0);
  const skipped = tallies.flatMap(({ name, skipped }) =>
    skipped.map((title) => `skipped in ${name}: ${title}`),
  );
  const head = row(['tier', 'passed', 'failed', 'skipped', 'time']);
  const told = (word: string, list: readonly Failure[] = []) =>
    list.map(
      ({ file, title, message }) => `${word}: ${title}\n  ${file}\n  ${message.replaceAll('\n', '\n  ')}\n`,
    );
  const failures = tallies.flatMap(({ failures, flaky }) => [
    ...told('failed', failures),
    ...told('failed, then passed', flaky),
  ]);
  return [
    '',
    ...failures,
    head,
    ...rows,
    ...skipped,
    '',
    `${sum('passed')} passed, ${sum('failed')} failed`,
  ].join('\n');
}
