/** Who dreams, and when they said so last. */
export interface Lease {
  readonly pid: number;
  readonly instance: string;
  readonly at: number;
}

export interface Holder {
  readonly pid: number;
  readonly instance: string;
  isAlive(pid: number): boolean;
}

/** A lease is said again each minute; one that was not for so long is nobody's, whoever has that process id now. */
export const LEASE_MS = 10 * 60_000;
export const RENEW_MS = 60_000;

/** Whether the dream may be taken over: nobody holds it, we do, or who held it is gone. */
export function isFree(lease: Lease | null, now: number, { pid, instance, isAlive }: Holder): boolean {
  if (lease === null || lease.instance === instance) return true;
  // After a restart in a container another companion has the same process id: then it is us.
  if (lease.pid === pid || !isAlive(lease.pid)) return true;
  return Math.abs(now - lease.at) >= LEASE_MS;
}
