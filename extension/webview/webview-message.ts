import { type FromWebview, readKept } from '../../webviews/host/messages.ts';
import type { Target } from '../../webviews/model/target.ts';

/** More than any text that the app makes. */
const LONGEST_TEXT = 10_000_000;

/** Reads what a webview sent; null for anything that is none of its messages. */
export function parseWebviewMessage(received: unknown): FromWebview | null {
  if (typeof received !== 'object' || received === null) return null;
  const { type, id, state, data, workspace, target, run, digest, name, text, view } = received as Record<
    string,
    unknown
  >;
  if (type === 'ready' || type === 'start') return { type };
  if (type === 'open') {
    const place = parseTarget(target);
    return place && typeof workspace === 'string' ? { type, workspace, target: place } : null;
  }
  if (type === 'sees')
    return typeof run === 'string' && typeof digest === 'string' ? { type, run, digest } : null;
  if (type === 'save')
    return isFileName(name) && typeof text === 'string' && text.length <= LONGEST_TEXT
      ? { type, name, text }
      : null;
  if (type === 'at') return typeof view === 'string' ? { type, view } : null;
  if (type === 'kept') {
    const kept = readKept(state);
    return kept && { type, state: kept };
  }
  if (typeof id !== 'number') return null;
  if (type === 'taken') return { type, id };
  if (type === 'socket' && (state === 'open' || state === 'closed')) return { type, id, state };
  return type === 'frame' && typeof data === 'string' ? { type, id, data } : null;
}

function parseTarget(received: unknown): Target | null {
  if (typeof received !== 'object' || received === null) return null;
  const { kind, file, line, commit, branch, url } = received as Record<string, unknown>;
  if (kind === 'file' && typeof file === 'string' && file !== '') {
    return { kind, file, line: typeof line === 'number' && Number.isSafeInteger(line) ? line : null };
  }
  if (kind === 'commit' && typeof commit === 'string' && /^[0-9a-f]{4,64}$/.test(commit))
    return { kind, commit };
  if (kind === 'branch' && typeof branch === 'string' && branch !== '') return { kind, branch };
  return kind === 'link' && typeof url === 'string' ? { kind, url } : null;
}

/** A name and no path, for the dialog that asks where. */
function isFileName(name: unknown): name is string {
  return typeof name === 'string' && /^[\p{L}\p{N} _-]{1,100}\.(md|txt|json|csv)$/u.test(name);
}
