/** A browser session: the token lives in the tab and goes with it. */
export interface Session {
  token: string;
  workspace: string | null;
}

export type LoginResult =
  | { session: Session }
  | { session: null; reason: 'no-address' | 'code-refused' | 'offline' };

export interface LoginEdge {
  /** The fragment of the address, with its `#`. */
  hash: string;
  stored(): Session | null;
  store(session: Session): void;
  /** Takes the one-use code out of the address, so that it does not stay in the history; `view` stays. */
  clean(view: string): void;
  /** Trades the code for a token. Rejects when there is no companion; null when it refuses the code. */
  exchange(code: string): Promise<string | null>;
}

/** The parameters of a login address, `#code=...&workspace=...`; null where the fragment is something else. */
export function readLoginFragment(hash: string): { code: string; workspace: string | null } | null {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const code = parameters.get('code');
  return hash.startsWith('#/') || !code ? null : { code, workspace: parameters.get('workspace') };
}

/** The view that a login address asks for, `&view=globe`; the brief where it names none. */
export function viewIn(hash: string): string {
  const view = new URLSearchParams(hash.replace(/^#/, '')).get('view') ?? '';
  return /^[a-z]+$/.test(view) ? view : 'brief';
}

/**
 * Logs in with a code in the address, else goes on with the tab's session. A code that is refused (used, or
 * too old) does not end a session that the tab already has.
 */
export async function login(edge: LoginEdge): Promise<LoginResult> {
  const stored = edge.stored();
  const fragment = readLoginFragment(edge.hash);
  if (!fragment) return stored ? { session: stored } : { session: null, reason: 'no-address' };
  edge.clean(viewIn(edge.hash));
  let token: string | null;
  try {
    token = await edge.exchange(fragment.code);
  } catch {
    return stored ? { session: stored } : { session: null, reason: 'offline' };
  }
  if (token === null && !stored) return { session: null, reason: 'code-refused' };
  const session = {
    token: token ?? stored?.token ?? '',
    workspace: fragment.workspace ?? stored?.workspace ?? null,
  };
  edge.store(session);
  return { session };
}
