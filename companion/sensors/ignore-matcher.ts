import ignore from 'ignore';

/** The library remembers every path it was asked about; it is renewed after this many. */
const RENEW_AFTER = 2_000;

/** Git's ignore patterns, in order: the last that matches decides, but nothing below an ignored folder returns. */
export class IgnoreMatcher {
  readonly #ignoreCase: boolean;
  #rules: ignore.Ignore;
  #asked = 0;

  private constructor(ignoreCase: boolean, rules: ignore.Ignore) {
    this.#ignoreCase = ignoreCase;
    this.#rules = rules;
  }

  static empty(ignoreCase: boolean): IgnoreMatcher {
    return new IgnoreMatcher(ignoreCase, ignore({ ignorecase: ignoreCase }));
  }

  /** The same patterns, then those of `text`, which stands in the folder `base` ("" or "a/b"). */
  with(text: string, base = ''): IgnoreMatcher {
    const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
    const patterns = lines.flatMap((line) => anchored(line, base));
    if (patterns.length === 0) return this;
    const rules = ignore({ ignorecase: this.#ignoreCase }).add(this.#rules).add(patterns);
    return new IgnoreMatcher(this.#ignoreCase, rules);
  }

  /** `path` is relative and has slashes; that of a folder ends with one. */
  ignores(path: string): boolean {
    if (++this.#asked > RENEW_AFTER) {
      this.#asked = 0;
      this.#rules = ignore({ ignorecase: this.#ignoreCase }).add(this.#rules);
    }
    return this.#rules.ignores(path);
  }
}

/** A line of an ignore file in `base`, as a pattern for the top folder: none for a comment or an empty line. */
function anchored(line: string, base: string): string[] {
  if (line.startsWith('#') || line.trim() === '') return [];
  if (base === '') return [line];
  const negated = line.startsWith('!');
  const pattern = negated ? line.slice(1) : line;
  // A slash anywhere but at the end ties a pattern to the folder of its file.
  const tied = pattern.replace(/\s+$/, '').slice(0, -1).includes('/');
  const place = `/${base.replace(/[\\*?[\]!# ]/g, '\\$&')}/`;
  const rest = tied ? pattern.replace(/^\//, '') : `**/${pattern}`;
  return [`${negated ? '!' : ''}${place}${rest}`];
}
