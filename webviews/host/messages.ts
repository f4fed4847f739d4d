import { type AskerPlace, readAskerPlace } from '../model/asker-place.ts';
import type { Target } from '../model/target.ts';

/**
 * What the webview says to the extension. `id` numbers the socket: each `open` takes the next one, and what
 * belongs to an older socket is ignored on both sides.
 */
export type FromWebview =
  | { type: 'ready' }
  | { type: 'socket'; id: number; state: 'open' | 'closed' }
  | { type: 'frame'; id: number; data: string }
  /** One message of frames has been put in: the next may come. */
  | { type: 'taken'; id: number }
  /** The view that the page shows now. */
  | { type: 'at'; view: string }
  /** What the page wants to find again; the editor loses it where it makes the page anew in another group. */
  | { type: 'kept'; state: Kept }
  | { type: 'open'; workspace: string; target: Target }
  /** The countdown of this preview is on the page's screen; said about once a second while it is. */
  | { type: 'sees'; run: string; digest: string }
  /** Keep a text as a file: the extension asks the user where. */
  | { type: 'save'; name: string; text: string }
  | { type: 'start' };

/** A page's own state: small JSON, by key. */
export type Kept = Readonly<Record<string, unknown>>;

/** What the extension says to the webview. The first `context` answers `ready`; it never holds a token. */
export type ToWebview =
  | { type: 'context'; workspace: string | null; route?: string; state?: Kept }
  /** Where the active editor is; null outside the folder's files. */
  | { type: 'place'; place: AskerPlace | null }
  | { type: 'socket'; id?: number; state: 'open' }
  | { type: 'socket'; id?: number; state: 'closed'; problem?: string }
  /** In the order in which they came. */
  | { type: 'frames'; id?: number; data: readonly string[] };

/** Reads a message of the extension; null for anything else (the editor and its tools post messages, too). */
export function parseToWebview(message: unknown): ToWebview | null {
  if (typeof message !== 'object' || message === null) return null;
  const { type, id, state, data, workspace, route, problem, place } = message as Record<string, unknown>;
  const numbered = typeof id === 'number' ? { id } : {};
  if (type === 'frames' && Array.isArray(data) && data.every((frame) => typeof frame === 'string'))
    return { type, ...numbered, data };
  if (type === 'socket' && state === 'open') return { type, ...numbered, state };
  if (type === 'socket' && state === 'closed') {
    return { type, ...numbered, state, ...(typeof problem === 'string' && { problem }) };
  }
  if (type === 'place') return { type, place: readAskerPlace(place) };
  if (type !== 'context' || !(workspace === null || typeof workspace === 'string')) return null;
  const kept = readKept(state);
  return { type, workspace, ...(typeof route === 'string' && { route }), ...(kept && { state: kept }) };
}

/** A page's state as it came over; null for what is none. */
export function readKept(received: unknown): Kept | null {
  return typeof received === 'object' && received !== null && !Array.isArray(received)
    ? (received as Kept)
    : null;
}
