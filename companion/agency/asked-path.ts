import { isDenied } from '../kernel/index.ts';

/** Characters that a person does not see and that some file systems leave out of a name. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/gu;
const DRIVE = /^[a-z]:/i;
/** The short names that Windows gives to names of ours: `GIT~1`. */
const SHORT_GIT = /^git~\d+$/i;

/**
 * Why a path that a step asks for can be no path of its folder, in words; null where it may be one. It looks at the
 * letters alone, in the strictest reading of any platform; `scoped-files` asks the file system itself. Pure.
 */
export function wrongPath(path: string): string | null {
  const shown = JSON.stringify(path.length > 60 ? `${path.slice(0, 60)}…` : path);
  if (path === '') return 'The path is empty.';
  if (/\p{Cc}/u.test(path)) return `The path ${shown} holds a control character.`;
  if (/^[\\/]/.test(path) || DRIVE.test(path))
    return `The path ${shown} is absolute; expected one inside the folder.`;
  const segments = path.split(/[\\/]/);
  if (segments.some((segment) => segment === '' || /^\.+$/.test(segment.trim())))
    return `The path ${shown} has an empty or a dotted part; expected a plain path inside the folder.`;
  const plain = segments.map(plainName);
  if (isDenied(plain.join('/')) || plain.some((segment) => SHORT_GIT.test(segment)))
    return `The path ${shown} is on the deny list: keys, \`.env\` files and \`.git\` are never touched.`;
  return null;
}

/** A name as the most lenient file system would read it. */
function plainName(name: string): string {
  const seen = name.normalize('NFKC').replace(UNSEEN, '');
  // NTFS leaves out dots and spaces at the end, and what follows a colon is a stream of the same file.
  return (seen.split(':')[0] ?? '').replace(/[. ]+$/, '');
}

/** Why a name can be no branch that a run makes or deletes; null where it may be one (`git check-ref-format`). Pure. */
export function wrongBranch(name: string): string | null {
  const shown = JSON.stringify(name.slice(0, 60));
  if (name.startsWith('-')) return `The branch ${shown} would be read as an option of git.`;
  const wrong =
    /[\p{Cc} ~^:?*[\\]|\.\.|@\{|\/\/|^\/|\/$|\.$|^@$|^HEAD$|^refs\/|(?:^|\/)\.|\.lock(?:\/|$)/u.test(name);
  return wrong ? `${shown} is no name of a branch.` : null;
}
