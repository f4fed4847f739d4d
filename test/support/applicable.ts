const told = new Set<string>();

/**
 * `it` where a test means something on this machine. Elsewhere the test does not exist, and the reason is
 * printed once: a test that could run here but did not would be a failure under CI.
 */
export function applicable(
  here: boolean,
  reason: string,
): (title: string, test: (this: Mocha.Context) => unknown) => void {
  if (here) return (title, test) => void it(title, test as Mocha.AsyncFunc);
  return () => {
    if (!told.has(reason)) console.error(`  not here: ${reason}`);
    told.add(reason);
  };
}
