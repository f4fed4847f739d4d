/** More alternatives than this in one glob are not written out. */
const MOST_PATTERNS = 1_000;

/**
 * Globs as editors write them, as patterns of an ignore file: those know no braces and take a "#" at the
 * beginning for a comment.
 */
export function exclusionPatterns(globs: readonly string[]): string {
  const patterns = globs.flatMap((glob) => alternatives(glob));
  return patterns.map((pattern) => pattern.replace(/^#/, '\\#')).join('\n');
}

/** "a.{b,c}" is "a.b" and "a.c"; the innermost braces first, so that nested ones come out as well. */
function alternatives(glob: string): string[] {
  const done: string[] = [];
  const open = [glob];
  while (open.length > 0) {
    const pattern = open.pop()!;
    const braces = /\{([^{}]*,[^{}]*)\}/.exec(pattern);
    if (!braces || open.length + done.length >= MOST_PATTERNS) done.push(pattern);
    else {
      const [before, after] = [
        pattern.slice(0, braces.index),
        pattern.slice(braces.index + braces[0].length),
      ];
      open.push(...braces[1]!.split(',').map((part) => before + part + after));
    }
  }
  return done;
}
