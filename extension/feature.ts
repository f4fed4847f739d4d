import type { Disposable, Logger } from '../companion/kernel/index.ts';

/**
 * Builds one part of the extension. A part that breaks is logged and left out; the others still work.
 * What was built is disposed with `owner`.
 */
export function feature(
  owner: Disposable[],
  log: Logger,
  name: string,
  build: () => readonly Disposable[],
): void {
  try {
    owner.push(...build());
  } catch (error) {
    log.error(
      { error: error instanceof Error ? error.stack : String(error) },
      `the ${name} could not be built`,
    );
  }
}
