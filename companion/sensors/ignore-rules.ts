import path from 'node:path';
import { isDenied } from '../kernel/index.ts';
import { exclusionPatterns } from './exclusions.ts';
import { type IgnoreFile, readIgnoreFile } from './ignore-file.ts';
import { IgnoreMatcher } from './ignore-matcher.ts';
import { isNeverRecorded } from './never-recorded.ts';
import type { FileChange } from './records.ts';

/** What is never recorded. Paths are relative to the workspace, with slashes; "" is the workspace itself. */
export interface IgnoreRules {
  ignoresFile(file: string): boolean;
  ignoresFolder(folder: string): boolean;
  /** Forgets what was read of ignore files; they are read again when next needed. */
  forget(): void;
}

interface IgnoreRulesOptions {
  readonly workspace: string;
  /** The top of the work tree that the workspace is in, or is; null where there is none. */
  readonly top: string | null;
  /** `settings.sensors.exclude`: globs, tied to the workspace where they hold a slash, which nothing overrides. */
  readonly exclude: readonly string[];
  /** Ignore files beside those of the work tree, least important first: the user's own, `info/exclude`. */
  readonly files?: readonly string[];
  readonly read?: (file: string) => IgnoreFile;
  readonly ignoreCase?: boolean;
}

/** What holds in a folder: null where nothing may be recorded, else the patterns of it and all above it. */
type Verdict = IgnoreMatcher | null;

/** Folders remembered; beyond it all are forgotten and found again. */
const MOST_FOLDERS = 20_000;

/**
 * The rules of a workspace, asked before anything is recorded or kept: the deny list first, then what is built
 * in, the user's exclusions, and `.gitignore` files with git's precedence (gitignore(5)).
 */
export function createIgnoreRules(options: IgnoreRulesOptions): IgnoreRules {
  const { workspace, exclude, files = [], read = readIgnoreFile } = options;
  const ignoreCase = options.ignoreCase ?? process.platform !== 'linux';
  const top = options.top ?? workspace;
  const inside = path.relative(top, workspace).split(path.sep).filter(Boolean);
  const excluded = IgnoreMatcher.empty(ignoreCase).with(exclusionPatterns(exclude));
  const verdicts = new Map<string, Verdict>();

  /** The patterns of a folder that itself is recorded. `whole` is its path from the top. */
  const enter = (above: IgnoreMatcher, whole: string): Verdict => {
    const found = read(path.join(top, whole, '.gitignore'));
    if (found === 'unreadable') return null;
    return found === 'none' ? above : above.with(found.text, whole);
  };

  const atWorkspace = (): Verdict => {
    const none = IgnoreMatcher.empty(ignoreCase);
    let own = none;
    for (const file of files) {
      const found = read(file);
      if (found !== 'none' && found !== 'unreadable') own = own.with(found.text);
    }
    let verdict = enter(own, '');
    for (let depth = 1; verdict && depth <= inside.length; depth++) {
      const folder = inside.slice(0, depth).join('/');
      // A workspace that git ignores was opened on purpose: only what stands inside it is judged.
      if (verdict.ignores(`${folder}/`)) return enter(none, inside.join('/'));
      verdict = enter(verdict, folder);
    }
    return verdict;
  };

  const verdictOf = (folder: string): Verdict => {
    const known = verdicts.get(folder);
    if (known !== undefined) return known;
    const verdict = folder === '' ? atWorkspace() : below(folder);
    if (verdicts.size >= MOST_FOLDERS) verdicts.clear();
    // The name of what may not be recorded is not kept either; finding it again is cheap.
    if (verdict) verdicts.set(folder, verdict);
    return verdict;
  };

  const below = (folder: string): Verdict => {
    const [parent, name] = split(folder);
    if (isUnrecorded(name)) return null;
    const above = verdictOf(parent);
    if (!above || judges(above, `${folder}/`)) return null;
    return enter(above, whole(folder));
  };

  const whole = (entry: string) => [...inside, entry].join('/');
  const judges = (matcher: IgnoreMatcher, entry: string) =>
    excluded.ignores(entry) || matcher.ignores(whole(entry));

  return {
    ignoresFile(file) {
      const [parent, name] = split(file);
      if (!isInside(file) || isUnrecorded(name)) return true;
      const verdict = verdictOf(parent);
      return verdict === null || judges(verdict, file);
    },
    ignoresFolder(folder) {
      if (folder === '') return false;
      const [parent, name] = split(folder);
      if (!isInside(folder) || isUnrecorded(name)) return true;
      const verdict = verdictOf(parent);
      return verdict === null || judges(verdict, `${folder}/`);
    },
    forget: () => verdicts.clear(),
  };
}

/** Of what is gone nobody knows whether it was a file or a folder: neither may be ignored then. */
export function mayRecord(rules: IgnoreRules, { path: name, type }: FileChange): boolean {
  return !rules.ignoresFile(name) && !(type === 'delete' && rules.ignoresFolder(name));
}

function isUnrecorded(name: string): boolean {
  return isDenied(name) || isNeverRecorded(name);
}

/** False for what is not a plain relative path: "..", an absolute path, an empty or doubled part. */
function isInside(entry: string): boolean {
  return !/(?:^|\/)(?:\.{0,2})(?:\/|$)/.test(entry) && !/^[A-Za-z]:[\\/]|^\\/.test(entry);
}

function split(entry: string): [parent: string, name: string] {
  const slash = entry.lastIndexOf('/');
  return slash < 0 ? ['', entry] : [entry.slice(0, slash), entry.slice(slash + 1)];
}
