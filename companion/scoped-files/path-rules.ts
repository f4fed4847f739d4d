import { isDenied } from '../kernel/index.ts';

/** Why a path is not touched, in words; `breach` as in `ScopeError`. */
export interface Refusal {
  readonly why: string;
  readonly breach: boolean;
}

const LONGEST_NAME = 255;
const LONGEST_PATH = 4096;
/** Code points that file systems (HFS+) or readers leave out. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;
/** Control characters, and those that turn the direction of text: a preview could not show such a name as it is. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for.
const UNSHOWABLE = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
/** Letters of other scripts that look like those of the denied names. */
const ALIKE: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  һ: 'h',
  і: 'i',
  ѵ: 'v',
  ѕ: 's',
  т: 't',
  п: 'n',
  р: 'p',
  м: 'm',
  к: 'k',
  у: 'y',
  ԁ: 'd',
  ո: 'n',
  ν: 'v',
  ι: 'i',
  τ: 't',
  ρ: 'p',
  κ: 'k',
  ε: 'e',
  ɡ: 'g',
  ı: 'i',
  ѡ: 'w',
  ԛ: 'q',
  '․': '.',
  '。': '.',
  '．': '.',
  '｡': '.',
  '∕': '/',
  '⁄': '/',
  '／': '/',
  '＼': '\\',
};
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)(?:\.|$)/i;
/** Names that Windows itself makes up for `.git` and its like. */
const SHORT_NAME = /^(?:git|ssh|aws|env|gnupg|netrc)~\d+$/i;

/**
 * Whether a relative path may be touched, by its text alone. Rules: design, section 11 (deny list `.git .ssh .env*
 * *.pem` wins); what git itself refuses in a tree (`core.protectHFS`, `core.protectNTFS`).
 */
export function refusalOf(path: string, platform: NodeJS.Platform = process.platform): Refusal | null {
  if (path === '') return conflict('An empty path names nothing. Name a file relative to the folder.');
  if (path.includes('\0')) return breach('It holds a NUL character, which cuts a path short.');
  if (!path.isWellFormed() || path.includes('\ufffd'))
    return conflict('Its name is no valid Unicode, so that it could not be written as it is.');
  if (Buffer.byteLength(path) > LONGEST_PATH) return conflict(`It is longer than ${LONGEST_PATH} bytes.`);
  if (/^[\\/]/.test(path)) return breach('It is absolute. Name it relative to the folder.');
  if (/^[a-z]:/i.test(path)) return breach('It names a drive. Name it relative to the folder.');
  const folded = foldName(path);
  const parts = folded.split(/[\\/]/);
  if (parts.includes('..')) return breach('It goes up by "..". Name it relative to the folder.');
  const denied = parts.find((part) => isDenied(trimmed(part)) || SHORT_NAME.test(trimmed(part)));
  if (denied !== undefined)
    return breach(
      `It touches ${JSON.stringify(trimmed(denied))}, which is on the deny list: secrets and repositories are left alone.`,
    );
  if (path.includes('\\')) return conflict('It holds a backslash. Separate folders by "/".');
  for (const name of path.split('/')) {
    const why = whyNotName(name, platform);
    if (why !== null) return conflict(why);
  }
  return null;
}

function whyNotName(name: string, platform: NodeJS.Platform): string | null {
  if (name === '' || name === '.') return 'It has an empty part or "." in it. Give it in its shortest form.';
  if (Buffer.byteLength(name) > LONGEST_NAME) return `A name in it is longer than ${LONGEST_NAME} bytes.`;
  if (UNSHOWABLE.test(name))
    return 'It holds control characters, or such that turn the direction of text: no preview could show it as it is.';
  if (platform !== 'win32') return null;
  if (/[<>:"|?*]/.test(name)) return 'It holds a character that Windows does not allow in names.';
  if (/[ .]$/.test(name)) return 'It ends with a dot or a space, which Windows leaves out.';
  return DEVICE.test(name) ? 'It is the name of a device.' : null;
}

/**
 * A name as the laxest file system, or a reader, would take it: case, normal form, unseen characters and letters that
 * look alike folded together. For comparing only.
 */
export function foldName(name: string): string {
  const plain = name.normalize('NFKC').replace(UNSEEN, '').toLowerCase();
  return [...plain].map((letter) => ALIKE[letter] ?? letter).join('');
}

/** As two names are the same where case and normal form do not count. */
export function foldCase(name: string): string {
  return name.normalize('NFC').toLowerCase().toUpperCase().normalize('NFC');
}

/** What Windows leaves out: dots and spaces at the end, and what follows a colon. */
function trimmed(part: string): string {
  return part.split(':')[0]!.replace(/[. ]+$/, '');
}

/** Where a link in the folder may lead: to a place inside of it that may itself be touched. */
export function linkRefusal(path: string, target: string): Refusal | null {
  const why = 'It would be a link that leads out of the folder, or to what the deny list names.';
  if (target === '' || target.includes('\0') || /^[\\/]|^[a-z]:/i.test(target)) return breach(why);
  const parts = path.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return breach(why);
  }
  if (parts.length === 0) return null;
  const refusal = refusalOf(parts.join('/'));
  return refusal?.breach ? breach(why) : refusal;
}

const breach = (why: string): Refusal => ({ why, breach: true });
const conflict = (why: string): Refusal => ({ why, breach: false });
