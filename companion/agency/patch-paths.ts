/**
 * Every path that a unified diff names in its headers, as `git diff` writes them, without `a/` and `b/`. Lines of a
 * hunk are counted off, so that a removed line `-- x` is no header. What cannot be read as a diff names what it can:
 * applying it fails by itself. Pure.
 */
export function pathsOfPatch(diff: string): string[] {
  const found = new Set<string>();
  let [left, right] = [0, 0];
  for (const line of diff.split('\n')) {
    if (left > 0 || right > 0) {
      const sign = line[0] ?? ' ';
      if (sign === '\\') continue;
      if (sign !== '+') left--;
      if (sign !== '-') right--;
      continue;
    }
    const hunk = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line);
    if (hunk) {
      left = Number(hunk[1] ?? 1);
      right = Number(hunk[2] ?? 1);
      continue;
    }
    const side = /^(?:---|\+\+\+) (.+?)\r?$/.exec(line);
    if (side) add(found, withoutSide(unquoted((side[1] as string).replace(/\t.*$/, ''))));
    const named = /^(?:rename|copy) (?:from|to) (.+?)\r?$/.exec(line);
    if (named) add(found, unquoted(named[1] as string));
    // A file that only changes its mode, or an empty one, is named here alone.
    const both = /^diff --git (?:"?a\/(.+?)"?) (?:"?b\/(.+?)"?)\r?$/.exec(line);
    if (both) for (const path of both.slice(1)) add(found, unquoted(`"${path}"`));
  }
  return [...found];
}

function add(found: Set<string>, path: string): void {
  if (path !== '/dev/null' && path !== '') found.add(path);
}

function withoutSide(path: string): string {
  return path.replace(/^[ab]\//, '');
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

/** A path as git quotes it: C escapes, octal bytes of UTF-8. */
function unquoted(text: string): string {
  if (!/^".*"$/s.test(text)) return text;
  const bytes: Buffer[] = [];
  for (const [piece, octal, escaped] of text.slice(1, -1).matchAll(/\\([0-3][0-7]{2})|\\(.)|[^\\]+/gs))
    bytes.push(
      octal
        ? Buffer.from([Number.parseInt(octal, 8)])
        : Buffer.from(escaped ? (ESCAPES[escaped] ?? escaped) : piece),
    );
  return Buffer.concat(bytes).toString('utf8');
}
