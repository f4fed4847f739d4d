import { type ProcedureMeta, ProgenyError } from '../protocol/index.ts';
import type { Caller } from './caller.ts';
import type { RateLimiter } from './rate-limit.ts';

/** Decides, before any handler runs, whether this caller may make this call now. Throws a wire error if not. */
export function assertAdmitted(
  procedure: readonly string[],
  meta: ProcedureMeta,
  caller: Caller,
  limiter: RateLimiter,
): void {
  const name = procedure.join('.');
  if (!caller.permissions.has(meta.permission)) {
    if (caller.permissions.size === 1) {
      throw new ProgenyError(
        'unauthorized',
        `"${name}" needs the token of this companion. Read the discovery file or log in again.`,
      );
    }
    throw new ProgenyError(
      'forbidden',
      `"${name}" needs the permission "${meta.permission}", which this token does not hold.`,
    );
  }
  if (caller.connection && !caller.connection.client && name !== 'system.hello') {
    throw new ProgenyError(
      'hello_required',
      `The first call on a connection is "system.hello"; received "${name}".`,
    );
  }
  const retryAfterMs = limiter.take(caller.account, meta.rate);
  if (retryAfterMs > 0) {
    throw new ProgenyError(
      'rate_limited',
      `Too many "${meta.rate}" calls. Try again in ${retryAfterMs} ms.`,
      {
        retryAfterMs,
        rate: meta.rate,
      },
    );
  }
}
