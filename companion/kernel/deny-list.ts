/**
 * Names whose content is never read, whatever the reason: secrets live there. "*" stands for any characters
 * but a slash; case does not matter; a folder of such a name denies all that lies in it.
 */
export const DENIED_NAMES: readonly string[] = [
  '.env*',
  '*.pem',
  '*.key',
  '*.p12',
  '*.pfx',
  '*.jks',
  '*.keystore',
  '*.kdbx',
  '*.ppk',
  'id_rsa*',
  'id_dsa*',
  'id_ecdsa*',
  'id_ed25519*',
  '.ssh',
  '.gnupg',
  '.aws',
  '.git',
  '.netrc',
  '_netrc',
  '.pgpass',
  '.git-credentials',
];

/** True for a path (separators of any platform) whose content must never be read. */
export const isDenied: (path: string) => boolean = nameMatcher(DENIED_NAMES);

/** Matches a path where any of its segments has one of `names`. */
export function nameMatcher(names: readonly string[]): (path: string) => boolean {
  const pattern = names.map((name) => name.split('*').map(literal).join('.*')).join('|');
  const segment = new RegExp(`^(?:${pattern})$`, 'is');
  return (path) => path.split(/[\\/]/).some((part) => segment.test(part));
}

function literal(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}
