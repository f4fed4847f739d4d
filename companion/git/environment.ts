/**
 * Settings that stand above every configuration file of a repository (`git -c`), so that looking at it runs
 * none of its programs and its taste in output does not reach our parsers.
 */
const SETTINGS: readonly (readonly [string, string])[] = [
  // Programs that a repository may name.
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['log.showSignature', 'false'],
  ['protocol.allow', 'never'],
  ['safe.bareRepository', 'explicit'],
  // A submodule is a repository with a configuration of its own: never step into one.
  ['submodule.recurse', 'false'],
  ['status.submoduleSummary', 'false'],
  ['diff.submodule', 'short'],
  // `git diff` writes a refreshed index even where optional locks are off.
  ['diff.autoRefreshIndex', 'false'],
  // A file that git would read, and could wait for without end where it is a pipe.
  ['diff.orderFile', '/dev/null'],
  // The shape of the output.
  ['color.ui', 'false'],
  ['color.branch', 'false'],
  ['color.diff', 'false'],
  ['color.grep', 'false'],
  ['color.status', 'false'],
  ['diff.relative', 'false'],
  ['grep.column', 'false'],
  ['grep.fullName', 'true'],
  ['grep.threads', '2'],
  ['i18n.logOutputEncoding', 'UTF-8'],
  ['log.diffMerges', 'separate'],
  ['log.follow', 'false'],
  ['log.showRoot', 'true'],
];

/** What stands between `git` and the subcommand in every call. */
export const GUARD_ARGUMENTS: readonly string[] = [
  '--no-optional-locks',
  '--no-pager',
  ...SETTINGS.flatMap(([key, value]) => ['-c', `${key}=${value}`]),
];

/**
 * The environment of every call: the given one without anything that steers git, and with every door to a
 * network, a terminal and a password prompt shut. A partial clone would otherwise fetch what it lacks in the
 * middle of a `git diff`, by any program that its remote's address names.
 */
export function guardEnvironment(inherited: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(inherited).filter(
    ([name]) => !/^(?:GIT_|SSH_ASKPASS$|LC_ALL$|LANGUAGE$)/i.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_ASKPASS: '',
    GIT_NO_LAZY_FETCH: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}

/** Settings as environment: names that hold "=", which `-c` cannot express. git >= 2.31 reads it. */
export function settingsEnvironment(settings: readonly (readonly [string, string])[]): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { GIT_CONFIG_COUNT: String(settings.length) };
  for (const [i, [key, value]] of settings.entries()) {
    environment[`GIT_CONFIG_KEY_${i}`] = key;
    environment[`GIT_CONFIG_VALUE_${i}`] = value;
  }
  return environment;
}
