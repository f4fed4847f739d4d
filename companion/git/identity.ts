import { invoke } from './invoke.ts';
import { splitFields } from './nul-fields.ts';
import type { Repository } from './repository.ts';
import type { RunLimits } from './run.ts';
import { cleanText } from './text.ts';

/** Who commits here, as the configuration says. */
export interface Identity {
  readonly name: string | null;
  readonly email: string | null;
  /** All addresses of this person in lower case: the configured one and the one that `.mailmap` gives it. */
  readonly emails: ReadonlySet<string>;
}

/** Reads `user.*`, above it `author.*`, of this repository's configuration (with the user's own). Throws `GitError`. */
export async function readIdentity(
  repository: Repository,
  limits: Pick<RunLimits, 'signal'> = {},
): Promise<Identity> {
  const pattern = '^(user|author)\\.(name|email)$';
  const { output } = await invoke(repository, ['config', '-z', '--get-regexp', pattern], {
    ...limits,
    accept: [0, 1],
  });
  const settings = parseSettings(output);
  const name = settings.get('author.name') || settings.get('user.name') || null;
  const email = settings.get('author.email') || settings.get('user.email') || null;
  const emails = new Set<string>();
  if (email !== null) {
    emails.add(email.toLowerCase());
    const mapped = await mappedEmail(repository, name ?? '', email, limits.signal);
    if (mapped !== null) emails.add(mapped.toLowerCase());
  }
  return { name, email, emails };
}

/** Whoever wrote a commit or a line. */
export interface Author {
  readonly author: string;
  readonly email: string;
}

/**
 * True where this person wrote it: by one of their addresses, or, since people change addresses over the years,
 * by their whole name. A name of one word is too common to tell.
 */
export function isOwn(identity: Identity, { author, email }: Author): boolean {
  if (identity.emails.has(email.toLowerCase())) return true;
  const name = wholeName(identity);
  return name !== null && author.trim().toLowerCase() === name.toLowerCase();
}

/** The configured name where it has more than one word. */
export function wholeName({ name }: Identity): string | null {
  return name !== null && /\S\s+\S/.test(name) ? name.trim() : null;
}

/** "key<LF>value" each; the last of a key counts, as for git. Pure. */
export function parseSettings(output: Buffer): Map<string, string> {
  const settings = new Map<string, string>();
  for (const field of splitFields(output)) {
    const text = field.toString('utf8');
    const end = text.indexOf('\n');
    if (end > 0) settings.set(text.slice(0, end), cleanText(text.slice(end + 1), 320));
  }
  return settings;
}

async function mappedEmail(
  repository: Repository,
  name: string,
  email: string,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const input = Buffer.from(`${name} <${email}>\n`);
  const { output } = await invoke(repository, ['check-mailmap', '--stdin'], {
    signal,
    input,
    accept: [0, 128],
  });
  return /<([^<>]*)>\s*$/.exec(output.toString('utf8'))?.[1] ?? null;
}
