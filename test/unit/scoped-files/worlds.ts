import { createHash } from 'node:crypto';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { ApplyJournal, ChangeSet, FileEdit, FileState } from '../../../companion/agency/index.ts';

/** What a file is: its text, `x:` before it for an executable one, `->` before a link's target. */
export type Tree = Readonly<Record<string, string>>;

export function lay(root: string, tree: Tree): void {
  for (const [name, text] of Object.entries(tree)) {
    const at = path.join(root, name);
    mkdirSync(path.dirname(at), { recursive: true });
    if (text.startsWith('->')) symlinkSync(text.slice(2), at);
    else {
      writeFileSync(at, text);
      chmodSync(at, text.startsWith('x:') ? 0o755 : 0o644);
    }
  }
}

/** Everything below a folder, folders with a slash at their end. */
export function look(root: string, folder = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(path.join(root, folder)).sort()) {
    const below = path.posix.join(folder, name);
    const facts = lstatSync(path.join(root, below));
    if (facts.isDirectory()) Object.assign(found, { [`${below}/`]: '' }, look(root, below));
    else if (facts.isSymbolicLink()) found[below] = `->${readlinkSync(path.join(root, below))}`;
    else if (facts.isFile()) {
      const text = readFileSync(path.join(root, below), 'utf8');
      found[below] = text;
      if (((facts.mode & 0o100) !== 0) !== text.startsWith('x:')) found[below] = `wrong mode: ${text}`;
    } else found[below] = 'special';
  }
  return found;
}

const bytesOf = (text: string) => Buffer.from(text.startsWith('->') ? text.slice(2) : text);

function stateOf(text: string | undefined): FileState | null {
  if (text === undefined) return null;
  const bytes = bytesOf(text);
  return {
    mode: text.startsWith('->') ? '120000' : text.startsWith('x:') ? '100755' : '100644',
    digest: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
  };
}

/** The change set between two trees. */
export function changesOf(before: Tree, after: Tree): ChangeSet {
  const bytes = new Map<string, Buffer>();
  for (const text of [...Object.values(before), ...Object.values(after)])
    bytes.set(stateOf(text)!.digest, bytesOf(text));
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const edits = names.flatMap((name): FileEdit[] =>
    before[name] === after[name]
      ? []
      : [{ path: name, before: stateOf(before[name]), after: stateOf(after[name]) }],
  );
  return { edits, load: async (digest) => bytes.get(digest) ?? assertNever(digest) };
}

function assertNever(digest: string): never {
  throw new Error(`nobody asked for ${digest} before`);
}

export function journal(signal = new AbortController().signal): ApplyJournal & { readonly lines: string[] } {
  const lines: string[] = [];
  return {
    signal,
    lines,
    writing: (name) => void lines.push(`writing ${name}`),
    written: (name) => void lines.push(`written ${name}`),
  };
}

/** Files alone: folders are told by what is in them. */
export function files(tree: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(tree).filter(([name]) => !name.endsWith('/')));
}
