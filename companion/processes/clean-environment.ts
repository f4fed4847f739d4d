import path from 'node:path';

/** What a program may know of the user's environment. Tokens, proxies, preloads and steering of tools are not here. */
const KEPT = new Set([
  'HOME',
  'USER',
  'LOGNAME',
  'LANG',
  'LANGUAGE',
  'TZ',
  'TMPDIR',
  // Windows cannot start most programs without these.
  'SYSTEMROOT',
  'SYSTEMDRIVE',
  'WINDIR',
  'PATHEXT',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'PROGRAMDATA',
  'PROGRAMFILES',
  'PROGRAMFILES(X86)',
  'TEMP',
  'TMP',
  'NUMBER_OF_PROCESSORS',
  'PROCESSOR_ARCHITECTURE',
]);
/** Where tool chains lie: absolute places outside of the folder, nothing else. */
const PLACES = new Set([
  'JAVA_HOME',
  'GOROOT',
  'GOPATH',
  'CARGO_HOME',
  'RUSTUP_HOME',
  'NVM_DIR',
  'VOLTA_HOME',
  'PNPM_HOME',
  'PYENV_ROOT',
  'RBENV_ROOT',
  'ASDF_DATA_DIR',
  'DOTNET_ROOT',
  'ANDROID_HOME',
  'XDG_CACHE_HOME',
  'XDG_DATA_HOME',
  'XDG_CONFIG_HOME',
]);
/** Said to every program: nobody is there to answer, and nobody looks at colours. */
const SAID = {
  CI: '1',
  TERM: 'dumb',
  NO_COLOR: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  npm_config_update_notifier: 'false',
  npm_config_fund: 'false',
  npm_config_audit: 'false',
} as const;

/**
 * The environment of a program: a short list of what is taken over, the rest is not. `folders` are those that the
 * program works in: nothing is looked up in them by name.
 */
export function cleanEnvironment(
  inherited: NodeJS.ProcessEnv,
  folders: readonly string[],
): NodeJS.ProcessEnv {
  const clean: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(inherited)) {
    const known = name.toUpperCase();
    if (value === undefined || value.includes('\0')) continue;
    if (KEPT.has(known) || /^LC_[A-Z]+$/.test(name)) clean[name] = value;
    else if (PLACES.has(known) && isOutside(value, folders)) clean[name] = value;
  }
  return { ...clean, ...SAID, PATH: cleanPath(inherited, folders).join(path.delimiter) };
}

/** Absolute folders of the PATH that do not lie in `folders`; a relative one would find what lies in the workspace. */
export function cleanPath(inherited: NodeJS.ProcessEnv, folders: readonly string[]): string[] {
  const key = Object.keys(inherited).find((name) => name.toUpperCase() === 'PATH');
  const entries = (key === undefined ? '' : (inherited[key] ?? '')).split(path.delimiter);
  return [...new Set(entries)].filter((entry) => !entry.includes('\0') && isOutside(entry, folders));
}

function isOutside(place: string, folders: readonly string[]): boolean {
  return path.isAbsolute(place) && !folders.some((folder) => isWithin(folder, place));
}

/** Whether `place` is `folder` or lies below it, going by the text of the paths. */
export function isWithin(folder: string, place: string): boolean {
  const below = path.relative(folder, place);
  return below === '' || (below !== '..' && !below.startsWith(`..${path.sep}`) && !path.isAbsolute(below));
}
