/**
 * Folders that programs fill and files that editors make for a moment, whatever a repository says: nothing in
 * them is a person's work. `.progeny` is our own.
 */
const BUILT_IN = new Set([
  '.git',
  '.hg',
  '.svn',
  '.jj',
  '.progeny',
  'node_modules',
  'bower_components',
  '__pycache__',
  '.venv',
  '.tox',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.gradle',
  '.next',
  '.nuxt',
  '.turbo',
  '.parcel-cache',
  '.cache',
  '.vscode-test',
  '.Trash',
  '.DS_Store',
  'Thumbs.db',
  'desktop.ini',
  '4913',
]);

/** Names of the files that Vim, Emacs, JetBrains, GNOME, sed, and atomic writers in general make and rename. */
const TEMPORARY =
  /^(?:.*~|\.#.*|#.*#|\..*\.sw[a-z]|.*\.swp|\.goutputstream-.*|.*___jb_(?:tmp|old)___|.*\.crswap|sed[A-Za-z0-9]{6}|\..*\.tmp|.*\.tmp[-.]?[0-9a-f]{4,}|.*\.tmp\.\d+\.\d+)$/s;

/** True for a single name, of a file or a folder, that is never recorded. */
export function isNeverRecorded(name: string): boolean {
  return BUILT_IN.has(name) || TEMPORARY.test(name);
}
