/** Whether an address is one of this machine. Pure. */
export function isLoopback(address: string): boolean {
  const url = parsed(address);
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
}

/** Whether what is sent there cannot be read on the way: encrypted, or never off this machine. Pure. */
export function isSafe(address: string): boolean {
  return parsed(address)?.protocol === 'https:' || isLoopback(address);
}

/** An address without a slash at its end, so that paths can be joined to it. Pure. */
export function base(address: string): string {
  return address.replace(/\/+$/, '');
}

function parsed(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null;
}
