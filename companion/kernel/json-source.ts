import { type Node, type ParseError, parseTree, printParseErrorCode, visit } from 'jsonc-parser';
import type { Finding } from './finding.ts';
import { quote } from './finding.ts';

/** A JSON text with the places of its parts. Comments and trailing commas are tolerated. */
export interface JsonSource {
  root: Node;
  hasComments: boolean;
  /** The 1-based line of a node. */
  lineOf(node: Node): number;
  /** The 1-based line and column of a node. */
  placeOf(node: Node): { line: number; column: number };
}

const EXPECTED: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'a name in double quotes',
  ValueExpected: 'a value',
  ColonExpected: 'a colon',
  CommaExpected: 'a comma',
  CloseBraceExpected: 'a closing }',
  CloseBracketExpected: 'a closing ]',
  EndOfFileExpected: 'the end of the file',
  UnexpectedEndOfString: 'a closing quote',
  UnexpectedEndOfComment: 'the end of the comment',
  UnexpectedEndOfNumber: 'the rest of the number',
  InvalidUnicode: 'four hexadecimal digits after \\u',
  InvalidEscapeCharacter: 'a known escape after the backslash',
  InvalidCharacter: 'text without control characters',
  InvalidNumberFormat: 'a number',
  InvalidSymbol: 'true, false, null, a number, or text in double quotes',
  InvalidCommentToken: 'no comment',
};

/** Reads a text as JSON; a finding where it is none. */
export function readJson(text: string): JsonSource | Finding {
  const errors: ParseError[] = [];
  const lineAt = lineCounter(text);
  const placeAt = (offset: number) => ({
    line: lineAt(offset),
    column: offset - text.lastIndexOf('\n', offset - 1),
  });
  let root: Node | undefined;
  let hasComments = false;
  try {
    root = parseTree(text, errors, { allowTrailingComma: true });
    const onComment = () => {
      hasComments = true;
    };
    visit(text, { onComment }, { allowTrailingComma: true });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { line: null, what: 'it is nested too deeply', expected: 'a list of entries' };
  }
  const [first] = errors;
  if (first) {
    const expected = EXPECTED[printParseErrorCode(first.error)] ?? 'JSON';
    const found = text.slice(first.offset).trim().split('\n')[0] as string;
    const what = found === '' ? 'the file ends here' : `found ${quote(found.slice(0, 30))}`;
    return { ...placeAt(first.offset), what, expected };
  }
  if (!root) return { line: null, what: 'it is empty', expected: 'JSON' };
  return {
    root,
    hasComments,
    lineOf: (node) => lineAt(node.offset),
    placeOf: (node) => placeAt(node.offset),
  };
}

/** The properties of an object by name; a finding where a name stands twice. */
export function propertiesOf(source: JsonSource, node: Node): Map<string, Node> | Finding {
  const properties = new Map<string, Node>();
  for (const { children } of node.children ?? []) {
    const [key, value] = children as [Node, Node];
    if (properties.has(key.value))
      return {
        ...source.placeOf(key),
        what: `\`${key.value}\` stands twice in one entry`,
        expected: 'one',
      };
    properties.set(key.value, value);
  }
  return properties;
}

/** Counts lines from the last place asked, for places that mostly come in order. */
function lineCounter(text: string): (offset: number) => number {
  let at = 0;
  let line = 1;
  return (offset) => {
    if (offset < at) {
      at = 0;
      line = 1;
    }
    for (; at < offset; at++) if (text.charCodeAt(at) === 10) line++;
    return line;
  };
}
