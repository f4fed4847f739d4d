const TEST =
  /(?:^|\/)(?:tests?|specs?|__tests__|e2e)\/|(?:^|\/)test_[^/]+$|[._-](?:test|tests|spec)\.[^/]+$|[a-z0-9](?:Test|Tests|Spec)\.[^/.]+$/;
const CODE =
  /\.(?:[cm]?[jt]sx?|py|go|rs|rb|java|kt|kts|cs|c|cc|cpp|cxx|h|hh|hpp|m|mm|swift|php|scala|clj|ex|exs|erl|hs|ml|lua|dart|vue|svelte|sh|r|jl|pl|zig|nim)$/i;

export type FileRole = 'test' | 'code' | 'other';

/** What a file is for, told from its path alone. */
export function roleOf(file: string): FileRole {
  if (!CODE.test(file)) return 'other';
  return TEST.test(file) ? 'test' : 'code';
}

/** The name of what a file is about, the same for a test and its code: "clock" of `test/clock.test.ts`. */
export function stemOf(file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
  return name.replace(/^test_|[._-](?:tests?|spec)$|(?<=[a-z0-9])(?:Tests?|Spec)$/g, '').toLowerCase();
}
