import { settingsEnvironment } from './environment.ts';
import { GitError } from './errors.ts';
import { splitFields } from './nul-fields.ts';
import { atLeast } from './program.ts';
import { type GitProgram, type RunLimits, runGit } from './run.ts';
import { decodePath } from './text.ts';

/** More than any real set-up names; beyond it the environment of a process could not hold the answer. */
const MOST_FILTERS = 500;

/** What switches the filters of one repository off: arguments before the subcommand, or environment. */
export interface FilterGuard {
  readonly names: readonly string[];
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Names of all filters (clean, smudge, process) that the configuration defines, null where one cannot be
 * written down. `output` is that of `git config -z --name-only --get-regexp`. Pure.
 */
export function filterNames(output: Buffer): string[] | null {
  const names = new Set<string>();
  for (const field of splitFields(output)) {
    const key = decodePath(field);
    if (key === null) return null;
    // A name may hold dots; it ends at the last one.
    const end = key.lastIndexOf('.');
    if (end > 'filter.'.length - 1) names.add(key.slice('filter.'.length, end));
  }
  return [...names];
}

/** Settings that leave every filter without a program and without a complaint about it. */
export function filterOverrides(names: readonly string[]): [string, string][] {
  return names.flatMap((name): [string, string][] => [
    [`filter.${name}.clean`, ''],
    [`filter.${name}.smudge`, ''],
    [`filter.${name}.process`, ''],
    [`filter.${name}.required`, 'false'],
  ]);
}

/**
 * Comparing the work tree with a commit runs the "clean" program of every file that an attribute assigns to a
 * filter. The names are read (which runs nothing) and each is overridden. Read anew for each
 * reading: a cache could miss a change in an included file. Throws `GitError` unsafe-config where that cannot be done.
 */
export async function guardFilters(
  program: GitProgram,
  folder: string,
  environment: NodeJS.ProcessEnv,
  limits: RunLimits,
): Promise<FilterGuard> {
  const { output } = await runGit(program, {
    ...limits,
    folder,
    environment,
    args: ['config', '-z', '--name-only', '--get-regexp', '^filter\\.'],
    accept: [0, 1],
  });
  const names = filterNames(output);
  if (names === null) throw unsafe(folder, 'a filter whose name is not UTF-8');
  if (names.length > MOST_FILTERS) throw unsafe(folder, `${names.length} filters, more than ${MOST_FILTERS}`);
  const overrides = filterOverrides(names);
  if (overrides.every(([key]) => !key.includes('='))) {
    return { names, args: overrides.flatMap(([key, value]) => ['-c', `${key}=${value}`]), environment: {} };
  }
  if (!atLeast(program, 2, 31))
    throw unsafe(folder, 'a filter with "=" in its name, and git is older than 2.31');
  return { names, args: [], environment: settingsEnvironment(overrides) };
}

function unsafe(folder: string, what: string): GitError {
  return new GitError(
    'unsafe-config',
    `The git configuration of ${JSON.stringify(folder)} names ${what}; they could not be switched off, so nothing was read. Remove them from its configuration.`,
  );
}
