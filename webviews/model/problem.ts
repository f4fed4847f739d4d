/** What went wrong, in the words that the user reads, and what to do about it. */
export interface Problem {
  kind: 'gone' | 'unknown' | 'read_only' | 'busy' | 'offline' | 'refused' | 'defect';
  title: string;
  text: string;
}

const TITLES: Partial<Record<string, Pick<Problem, 'kind' | 'title'>>> = {
  workspace_gone: { kind: 'gone', title: 'This folder is not there any more' },
  not_found: { kind: 'unknown', title: 'The companion does not know this' },
  read_only: { kind: 'read_only', title: 'Nothing can be saved right now' },
  rate_limited: { kind: 'busy', title: 'Too many requests at once' },
  timeout: { kind: 'busy', title: 'It took too long' },
  shutting_down: { kind: 'offline', title: 'The companion is stopping' },
  not_connected: { kind: 'offline', title: 'The companion is not connected' },
  unauthorized: { kind: 'refused', title: 'The companion did not let this page in' },
  forbidden: { kind: 'refused', title: 'This is not permitted here' },
  hello_required: { kind: 'refused', title: 'The companion did not let this page in' },
  bad_input: { kind: 'refused', title: 'The companion could not accept that' },
  conflict: { kind: 'refused', title: 'It has changed in the meantime' },
};

/** Reads whatever a call rejected with: the contract's error where it is one, else a defect. */
export function problemOf(error: unknown): Problem {
  const { code, message } = (typeof error === 'object' && error !== null ? error : {}) as {
    code?: unknown;
    message?: unknown;
  };
  const known = typeof code === 'string' ? TITLES[code] : undefined;
  const text = typeof message === 'string' && message !== '' ? message : 'No reason was given.';
  return { ...(known ?? { kind: 'defect', title: 'Something broke in the companion' }), text };
}

/** True for a call that was given up on purpose. */
export function isCancelled(error: unknown): boolean {
  return error instanceof DOMException
    ? error.name === 'AbortError'
    : (error as { code?: unknown })?.code === 'cancelled';
}
