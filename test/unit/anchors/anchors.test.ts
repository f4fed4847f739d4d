import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type FileSource,
  follow,
  type LineAnchor,
  locate,
  makeAnchor,
} from '../../../companion/anchors/index.ts';

const BEFORE = `import { open } from './files.ts';

export function read(path) {
  const file = open(path);
  // TODO close the file when parsing fails
  const text = parse(file.text());
  return text;
}

export function write(path, text) {
  const file = open(path);
  file.replace(text);
  return text;
}
`;
const TODO = 5;

/** A workspace held in memory, with what the last look at it saw. */
function workspace(files: Record<string, string>, renames: Record<string, string> = {}): FileSource {
  return {
    read: async (path) => files[path] ?? null,
    renamedTo: async (path) => renames[path] ?? null,
    candidates: async () => Object.keys(files),
    readBefore: async () => null,
  };
}

async function followOne(anchor: LineAnchor, source: FileSource) {
  const [followed] = await follow([anchor], source);
  assert.ok(followed);
  return followed;
}

describe('anchors/locate', () => {
  const anchor = makeAnchor(BEFORE, TODO, 'src/read.ts');
  const cases: [title: string, text: string, line: number | null][] = [
    ['nothing changed', BEFORE, 5],
    ['lines were added above', `// one\n// two\n${BEFORE}`, 7],
    ['lines above are gone', BEFORE.split('\n').slice(2).join('\n'), 3],
    ['the file has Windows line ends', BEFORE.replaceAll('\n', '\r\n'), 5],
    ['the file is indented with tabs', BEFORE.replaceAll('  ', '\t'), 5],
    ['the word changed', BEFORE.replace('when parsing fails', 'if parsing fails'), 5],
    ['the function moved below the other', swapFunctions(), 11],
    ['the line is gone', BEFORE.replace(/.*TODO.*\n/, ''), null],
    ['the line was replaced', BEFORE.replace(/.*TODO.*\n/, '  using guard = lock(path);\n'), null],
    ['the file is empty', '', null],
  ];
  for (const [title, text, line] of cases) {
    it(title, () => assert.equal(locate(anchor, text)?.line ?? null, line));
  }

  it('tells apart two lines that say the same by what stands around them', () => {
    const upper = makeAnchor(BEFORE, 4, 'a.ts');
    const lower = makeAnchor(BEFORE, 11, 'a.ts');
    const after = BEFORE.replace('export function write', '// writes\n\nexport function write');
    assert.equal(locate(upper, after)?.line, 4);
    assert.equal(locate(lower, after)?.line, 13);
  });

  it('says that an edited line is not exact, and is sure of an unchanged one', () => {
    assert.deepEqual(locate(anchor, BEFORE), { line: 5, exact: true, confidence: 1 });
    const edited = locate(anchor, BEFORE.replace('when parsing fails', 'if parsing fails'));
    assert.equal(edited?.exact, false);
    assert.ok(edited.confidence >= 0.5 && edited.confidence < 1);
  });

  it('finds every line of any text again, or knows that blank and repeated ones have no face', () => {
    const lines = fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(lines, fc.nat(), (parts, seed) => {
        const text = parts.join('\n');
        const count = text.split(/\r\n|\r|\n/).length;
        const line = 1 + (seed % count);
        const found = locate(makeAnchor(text, line, 'a.ts'), text);
        assert.ok(found === null || found.line === line, `${line}, found at ${found?.line}`);
      }),
    );
  });

  it('refuses a line that is not there and a path that leads out', () => {
    for (const line of [0, -1, 1.5, Number.NaN, 1000])
      assert.throws(() => makeAnchor(BEFORE, line, 'a.ts'), RangeError);
    for (const file of ['', '/etc/passwd', '../a.ts', 'a/../../b', 'C:\\a.ts', 'a//b', 'a\0b']) {
      assert.throws(() => makeAnchor(BEFORE, 1, file), RangeError, file);
    }
  });
});

describe('anchors/follow', () => {
  const anchor = makeAnchor(BEFORE, TODO, 'src/read.ts');

  it('keeps what stands where it stood', async () => {
    assert.equal((await followOne(anchor, workspace({ 'src/read.ts': BEFORE }))).outcome, 'kept');
  });

  it('goes with a file that git says was moved', async () => {
    const source = workspace({ 'lib/read.ts': `// moved\n${BEFORE}` }, { 'src/read.ts': 'lib/read.ts' });
    const { outcome, anchor: next } = await followOne(anchor, source);
    assert.deepEqual([outcome, next.file, next.line], ['renamed', 'lib/read.ts', 6]);
  });

  it('goes with a function that was moved to another file', async () => {
    const rest = BEFORE.split('\n').slice(8).join('\n');
    const source = workspace({
      'src/read.ts': rest,
      'src/parse.ts': BEFORE.split('\n').slice(2, 8).join('\n'),
    });
    const { outcome, anchor: next } = await followOne(anchor, source);
    assert.deepEqual([outcome, next.file, next.line], ['renamed', 'src/parse.ts', 3]);
  });

  it('says that it is lost when the line or the file is gone, and finds it when it is back', async () => {
    for (const files of [{}, { 'src/read.ts': BEFORE.replace(/.*TODO.*\n/, '') }]) {
      const lost = await followOne(anchor, workspace(files));
      assert.equal(lost.outcome, 'lost');
      assert.equal(lost.anchor.lost, true);
      const found = await followOne(lost.anchor, workspace({ 'src/read.ts': BEFORE }));
      assert.deepEqual([found.outcome, found.anchor.line], ['found', TODO]);
    }
  });

  it('remembers what the line said at first through any number of edits', async () => {
    let current = anchor;
    for (const words of ['if parsing fails', 'if parsing fails early', 'if parsing fails early or late']) {
      const text = BEFORE.replace('when parsing fails', words);
      current = (await followOne(current, workspace({ 'src/read.ts': text }))).anchor;
      assert.equal(current.lost, false);
    }
    assert.equal(current.origin, anchor.origin);
    assert.match(current.text, /early or late/);
  });

  it('stops when it is told to', async () => {
    const stopped = AbortSignal.abort();
    await assert.rejects(follow([anchor], workspace({}), stopped), { name: 'AbortError' });
  });
});

function swapFunctions(): string {
  const lines = BEFORE.split('\n');
  return [...lines.slice(0, 2), ...lines.slice(9, 14), '', ...lines.slice(2, 8), ''].join('\n');
}
