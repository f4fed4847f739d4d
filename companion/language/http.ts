import { ProviderError } from './provider.ts';

const MOST_OF_AN_ERROR = 300;
/** Nobody is there, or refuses the connection. */
const ABSENT =
  /ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|EAI_AGAIN/;

/**
 * One request. It follows no redirect: what was meant for this machine must not leave it by the answer of a server.
 * Throws `ProviderError`, or the reason of the signal.
 */
export async function request(
  who: string,
  url: string,
  init: RequestInit & { signal: AbortSignal },
): Promise<Response> {
  const response = await fetch(url, { ...init, redirect: 'error' }).catch((error: unknown) => {
    throw broken(who, error, init.signal);
  });
  if (response.ok) return response;
  const said = saidBy(await response.text().catch(() => ''));
  const status = `${response.status} ${response.statusText}`.trim();
  const words = `${who} answered ${status}${said && `: ${said}`}.`;
  if (response.status === 404 && /model/i.test(said)) throw new ProviderError('no_model', words);
  const passing = response.status >= 500 || response.status === 429 || response.status === 408;
  throw new ProviderError(passing ? 'failed' : 'refused', words);
}

/** What a failure of the connection means. */
export function broken(who: string, error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof ProviderError) return error;
  const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
  const detail = cause?.code ?? cause?.message ?? message;
  return ABSENT.test(detail)
    ? new ProviderError('unreachable', `${who} does not answer (${detail}).`)
    : new ProviderError('interrupted', `${who} broke off (${detail}).`);
}

/** The server's own words, which come as text, as `{error}` or as `{error: {message}}`. */
function saidBy(body: string): string {
  let said: unknown = body;
  try {
    const { error } = JSON.parse(body) as { error?: unknown };
    said = (error as { message?: unknown } | undefined)?.message ?? error ?? body;
  } catch {
    // Plain text: taken as it is.
  }
  const text = typeof said === 'string' ? said : JSON.stringify(said);
  return text.replace(/\s+/g, ' ').trim().replace(/\.$/, '').slice(0, MOST_OF_AN_ERROR);
}
