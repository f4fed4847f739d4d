import { isDenied } from '../kernel/index.ts';
import { isGitError } from './errors.ts';
import { invoke } from './invoke.ts';
import { splitFields } from './nul-fields.ts';
import type { Repository } from './repository.ts';
import { checkRevision, type Revision } from './revision.ts';
import type { RunLimits } from './run.ts';
import { decodePath } from './text.ts';

/** A committed file. `lossy` says that some of its bytes are not UTF-8 and were replaced. */
export type FileText =
  | { readonly kind: 'text'; readonly text: string; readonly lossy: boolean }
  | { readonly kind: 'missing' | 'binary' | 'too-large' | 'denied' | 'not-a-file' };

const LARGEST = 1024 * 1024;
/** git's own test: a NUL among the first bytes. */
const BINARY_PROBE = 8_000;

/** The text of `path` as committed in `revision`, no filter run. Throws `GitError`. */
export async function readFileAt(
  repository: Repository,
  revision: Revision,
  path: string,
  options: Pick<RunLimits, 'signal'> & { readonly maxBytes?: number } = {},
): Promise<FileText> {
  const { maxBytes = LARGEST, signal } = options;
  if (isDenied(path)) return { kind: 'denied' };
  const args = ['ls-tree', '-z', '-l', '--full-tree', checkRevision(revision), '--', path] as const;
  const before = ['--literal-pathspecs'];
  const listed = await invoke(repository, args, { signal, before }).catch((error: unknown) => {
    if (isGitError(error, 'unknown-revision')) return null;
    throw error;
  });
  const entry = listed ? findEntry(listed.output, path) : null;
  if (!entry) return { kind: 'missing' };
  if (entry.type !== 'blob' || entry.mode === '120000') return { kind: 'not-a-file' };
  if (entry.size > maxBytes) return { kind: 'too-large' };
  const { output } = await invoke(repository, ['cat-file', 'blob', entry.object], {
    signal,
    maxBytes: maxBytes + 1,
  });
  if (output.subarray(0, BINARY_PROBE).includes(0)) return { kind: 'binary' };
  const exact = output.length <= 16_384 ? decodePath(output) : null;
  const text = exact ?? output.toString('utf8');
  return { kind: 'text', text, lossy: exact === null && text.includes('\ufffd') };
}

/** "100644 blob <object> <size padded><TAB>path" */
function findEntry(
  output: Buffer,
  path: string,
): { mode: string; type: string; object: string; size: number } | null {
  for (const field of splitFields(output)) {
    const tab = field.indexOf(0x09);
    if (decodePath(field.subarray(tab + 1)) !== path) continue;
    const [mode = '', type = '', object = '', size = ''] = field.toString('latin1', 0, tab).split(/ +/);
    return { mode, type, object, size: Number(size) || 0 };
  }
  return null;
}
