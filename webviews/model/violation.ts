import type { Violation } from '../../companion/protocol/index.ts';

/** What the platform says of something that it kept the page from loading or running. */
export type Blocked = Pick<
  SecurityPolicyViolationEvent,
  'effectiveDirective' | 'blockedURI' | 'sourceFile' | 'lineNumber'
>;

/** Programs that a reader put into the browser try things of their own on every page; none of it is ours. */
const FOREIGN = /^(chrome|moz|safari(-web)?|ms-browser)-extension\b/;

/** What to tell of it: no path, no query, nothing of what it would have loaded. Null where it is none of ours. */
export function violationOf({
  effectiveDirective,
  blockedURI,
  sourceFile,
  lineNumber,
}: Blocked): Omit<Violation, 'times'> | null {
  if (FOREIGN.test(blockedURI) || FOREIGN.test(sourceFile ?? '')) return null;
  return {
    directive: /^[a-z-]{1,40}$/.test(effectiveDirective) ? effectiveDirective : 'unknown',
    blocked: originOf(blockedURI),
    source: lastPart(sourceFile ?? ''),
    line: Number.isInteger(lineNumber) && lineNumber > 0 && lineNumber <= 10_000_000 ? lineNumber : null,
  };
}

/** An address as its origin, or as its scheme where it has none; a word (`inline`, `eval`) as it is. */
function originOf(address: string): string {
  if (!/^[a-z][a-z0-9+.-]*:/i.test(address)) return address.slice(0, 40);
  try {
    const { origin, protocol } = new URL(address);
    return (origin === 'null' ? protocol : origin).slice(0, 200);
  } catch {
    return address.slice(0, address.indexOf(':') + 1).slice(0, 40);
  }
}

function lastPart(address: string): string | null {
  const path = address.replace(/[?#].*$/, '').replace(/\/+$/, '');
  const last = path.slice(path.lastIndexOf('/') + 1).slice(0, 100);
  return last === '' ? null : last;
}
