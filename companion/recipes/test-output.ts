import { decode, githubFields, plainLines } from './lint-output.ts';

/** A test that failed, as its program tells it. `file`: as written, which may be absolute or null. */
export interface TestFailure {
  readonly name: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly words: string;
}

const MOST_WORDS = 1500;
/** A place in a stack: a file that is not the runtime's or a package's. */
const PLACE = /(?:\(|\s|^)((?:file:\/\/)?[^\s()][^()\n]*?\.[A-Za-z]{1,5}):(\d+)(?::\d+)?\)?$/;

/** The tests that failed, by whatever known program wrote it: each knows its own marks. Pure. */
export function readFailures(output: string): TestFailure[] {
  const lines = plainLines(output);
  return [nodeTest, tap, jest, github, pytest, goTest, cargoTest].flatMap((read) => read(lines));
}

/** Whether what was written has lost its beginning, and with it the tests that came first. Pure. */
export function isCut(output: string): boolean {
  const first = /^(?:not )?ok (\d+) /m.exec(output)?.[1];
  return first !== undefined && first !== '1';
}

/** node:test, reporter spec: what failed comes again at the end, with its place. */
function nodeTest(lines: readonly string[]): TestFailure[] {
  return blocks(lines, /^test at (.+):(\d+):\d+$/).flatMap(({ match, body }) => {
    const name = /^✖ (.*?)(?: \([\d.]+ms\))?$/.exec(body[0] ?? '')?.[1];
    // A file or a group fails because of what is in it.
    const isOuter = body.some((line) => /subtests? failed/.test(line));
    if (name === undefined || isOuter) return [];
    return [{ name, file: match[1]!, line: Number(match[2]), words: words(body.slice(1)) }];
  });
}

/** mocha, reporter tap; other programs' TAP too. */
function tap(lines: readonly string[]): TestFailure[] {
  return blocks(lines, /^not ok \d+ (?:- )?(.*)$/, /^(?:ok \d|not ok \d|# tests |1\.\.\d)/).flatMap(
    ({ match, body }) => {
      if (/# (?:TODO|SKIP)\b/i.test(match[1]!)) return [];
      return [{ name: match[1]!.trim(), ...placeIn(body), words: words(body) }];
    },
  );
}

function jest(lines: readonly string[]): TestFailure[] {
  const failures: TestFailure[] = [];
  let file: string | null = null;
  for (const { match, body } of blocks(
    lines,
    /^(?: {2}● (.+)|(?:FAIL|PASS) (?:\S+ )?(\S.*?)(?: \([\d.]+ m?s\))?)$/,
    /^Test Suites: |^Summary of all failing tests/,
  )) {
    if (match[2] !== undefined) file = match[0].startsWith('FAIL') ? match[2] : null;
    else if (file !== null && !/^Console$/.test(match[1]!)) {
      const place = placeIn(body.filter((line) => /^\s+at /.test(line)));
      failures.push({ name: match[1]!, file: place.file ?? file, line: place.line, words: words(body) });
    }
  }
  // What failed comes again at the end of a long run.
  return failures.filter(
    (each, i) => failures.findIndex((other) => other.name === each.name && other.file === each.file) === i,
  );
}

/** vitest, reporter github-actions. */
function github(lines: readonly string[]): TestFailure[] {
  return lines.flatMap((line) => {
    const match = /^::error (.*?)::(.*)$/.exec(line);
    if (!match) return [];
    const { file = null, title = 'a test', line: at } = githubFields(match[1]!);
    const name = title.replace(/^\S+\.[a-z]+ > /, '');
    return [{ name, file, line: Number(at) || null, words: words(decode(match[2]!).split('\n')) }];
  });
}

/** pytest with -rfE: its short summary. The line is looked up in the file, by the test's name. */
function pytest(lines: readonly string[]): TestFailure[] {
  return lines.flatMap((line) => {
    const match = /^(?:FAILED|ERROR) (\S+?\.py)(?:::(.+?))?(?: - (.*))?$/.exec(line);
    return match
      ? [{ name: match[2] ?? `collecting ${match[1]}`, file: match[1]!, line: null, words: match[3] ?? '' }]
      : [];
  });
}

/** go test: places are relative to the package, whose name comes after its tests. */
function goTest(lines: readonly string[]): TestFailure[] {
  const failures: (TestFailure & { indent: number })[] = [];
  let waiting = 0;
  for (const [i, line] of lines.entries()) {
    const failed = /^( *)--- FAIL: (\S+)/.exec(line);
    if (failed) {
      const body = lines.slice(i + 1, i + 20);
      const end = body.findIndex((each) => /^\s*--- |^(?:FAIL|ok|PASS|panic:)/.test(each));
      const own = end < 0 ? body : body.slice(0, end);
      const place = /^\s+(\S+\.go):(\d+): ?(.*)$/.exec(own[0] ?? '');
      failures.push({
        name: failed[2]!,
        file: place?.[1] ?? null,
        line: place ? Number(place[2]) : null,
        words: words(own),
        indent: failed[1]!.length,
      });
      continue;
    }
    const pack = /^FAIL\t(\S+)/.exec(line)?.[1];
    if (pack === undefined) continue;
    for (; waiting < failures.length; waiting++) {
      const each = failures[waiting]!;
      failures[waiting] = { ...each, file: each.file === null ? null : `${pack}/${each.file}` };
    }
  }
  // A test fails with the test in it; the inner one says where.
  return failures
    .filter(({ name }) => !failures.some((other) => other.name.startsWith(`${name}/`)))
    .map(({ name, file, line, words: said }) => ({ name, file, line, words: said }));
}

function cargoTest(lines: readonly string[]): TestFailure[] {
  return blocks(lines, /^---- (.+?) (?:stdout|stderr) ----$/, /^failures:$|^test result: /).map(
    ({ match, body }) => {
      const at = body
        .map((line) => /panicked at (?:'.*', )?(.+\.rs):(\d+):\d+/.exec(line))
        .find((found) => found !== null);
      const end = body.findIndex((line) => /^stack backtrace:|^note: /.test(line));
      return {
        name: match[1]!,
        file: at?.[1] ?? null,
        line: at ? Number(at[2]) : null,
        words: words(end < 0 ? body : body.slice(0, end)),
      };
    },
  );
}

interface Block {
  readonly match: RegExpExecArray;
  readonly body: readonly string[];
}

/** Pieces that begin with a mark and end before the next one, or before `end`. */
function blocks(lines: readonly string[], mark: RegExp, end: RegExp | null = null): Block[] {
  const found: { match: RegExpExecArray; body: string[] }[] = [];
  let open: string[] | null = null;
  for (const line of lines) {
    const match = mark.exec(line);
    if (match) {
      open = [];
      found.push({ match, body: open });
    } else if (end?.test(line)) open = null;
    else open?.push(line);
  }
  return found;
}

function placeIn(body: readonly string[]): { file: string | null; line: number | null } {
  for (const line of body) {
    const match = PLACE.exec(line.trimEnd());
    if (match && !/node_modules|^node:|\(node:/.test(line)) {
      const file = match[1]!.replace(/^.*?(?=file:\/\/)/, '').replace(/^at\s+/, '');
      return { file, line: Number(match[2]) };
    }
  }
  return { file: null, line: null };
}

function words(body: readonly string[]): string {
  const kept = body.filter(
    (line) => line.trim() !== '' && !/^\s+at .*(?:node:internal|node_modules)/.test(line),
  );
  return kept.slice(0, 20).join('\n').slice(0, MOST_WORDS).trim();
}
