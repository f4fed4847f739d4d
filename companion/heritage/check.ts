import { findNodeAtLocation, getNodeValue, type Node } from 'jsonc-parser';
import type { z } from 'zod';
import { expectedOf, type Finding, type JsonSource, propertiesOf, quote, readJson } from '../kernel/node.ts';
import { type HeritageContents, type HeritageFile, heritageFiles } from '../protocol/index.ts';

/** A heritage file holds what a person writes by hand: this is far more, in bytes of UTF-8. */
const LARGEST = 1024 * 1024;
/** Names the schema to an editor; means nothing to us. */
const SCHEMA_KEY = '$schema';

/** A hand edit that can be taken up. */
export interface Understood<F extends HeritageFile> {
  readonly content: HeritageContents[F];
  /** It says something that the file does not keep. */
  readonly losesText: boolean;
  /** Where a part of it stands: a path of names and positions. */
  placeOf(path: readonly (string | number)[]): Pick<Finding, 'line' | 'column'>;
}

/** Reads a hand edit, or says what is wrong with it and where. Pure. */
export function check<F extends HeritageFile>(file: F, bytes: Uint8Array): Understood<F> | Finding[] {
  try {
    return examine(file, bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [{ line: null, what: 'it is nested too deeply', expected: 'the fields of this file' }];
  }
}

function examine<F extends HeritageFile>(file: F, bytes: Uint8Array): Understood<F> | Finding[] {
  const text = decode(bytes);
  if (typeof text !== 'string') return [text];
  const source = readJson(text);
  if ('what' in source) return [source];
  const { root } = source;
  if (root.type !== 'object')
    return [{ ...source.placeOf(root), what: `it holds ${kindOf(root)}`, expected: 'fields in braces' }];
  const twice = namedTwice(source, root);
  if (twice) return [twice];
  const version = findNodeAtLocation(root, ['version']);
  if (!version || getNodeValue(version) !== 1) {
    const what = version ? `\`version\` is ${quote(getNodeValue(version))}` : '`version` is missing';
    return [
      { ...source.placeOf(version ?? root), what, expected: '1, the only one that this Progeny knows' },
    ];
  }
  const { [SCHEMA_KEY]: _, ...value } = getNodeValue(root) as Record<string, unknown>;
  const read = heritageFiles[file].safeParse(value);
  if (!read.success) return read.error.issues.flatMap((issue) => findingsOf(source, issue, file));
  const placeOf = (path: readonly (string | number)[]) => source.placeOf(nearest(root, path));
  return { content: read.data as HeritageContents[F], losesText: source.hasComments, placeOf };
}

export function isUnderstood<F extends HeritageFile>(
  found: Understood<F> | Finding[],
): found is Understood<F> {
  return !Array.isArray(found);
}

function decode(bytes: Uint8Array): string | Finding {
  if (bytes.length > LARGEST) {
    const size = `${(bytes.length / 1024 / 1024).toFixed(1)} MB`;
    return { line: null, what: `it has ${size}`, expected: 'at most 1 MB' };
  }
  if (bytes.length === 0) return { line: 1, column: 1, what: 'it is empty', expected: 'fields in braces' };
  const nul = bytes.indexOf(0);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { line: null, what: 'it is not UTF-8 text' };
  }
  if (nul < 0) return text;
  const before = text.slice(0, text.indexOf('\0')).split('\n');
  return {
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    what: 'it holds NUL bytes, as half-written files do',
    expected: 'text',
  };
}

function findingsOf(source: JsonSource, issue: z.core.$ZodIssue, file: HeritageFile): Finding[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      ...source.placeOf(nearest(source.root, [...path, key])),
      what: `\`${nameOf([...path, key])}\` is not a field of this file`,
      expected: `${fieldsAt(file, path)}`,
    }));
  }
  const node = findNodeAtLocation(source.root, [...path]);
  const place = source.placeOf(node ?? nearest(source.root, path));
  const what = node
    ? `\`${nameOf(path)}\` is ${quote(getNodeValue(node))}`
    : `\`${nameOf(path)}\` is missing`;
  return [{ ...place, what, expected: expectedOf({ ...issue, path: [] }) }];
}

/** The fields that there may be where an unknown one stands. */
function fieldsAt(file: HeritageFile, path: readonly (string | number)[]): string {
  const fields: Readonly<Record<string, string>> = {
    beliefs: 'hypothesis, text, except and since',
    peakHours: 'from and until',
  };
  const inner = fields[String(path[0])];
  return inner ?? Object.keys(heritageFiles[file].shape).join(', ');
}

/** "values[2]", "beliefs[0].text". */
function nameOf(path: readonly (string | number)[]): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part + 1}]` : i === 0 ? part : `.${part}`))
    .join('');
}

/** The innermost node on a path that there is: of a property its name, where one looks for it. */
function nearest(root: Node, path: readonly (string | number)[]): Node {
  for (let length = path.length; length > 0; length--) {
    const found = findNodeAtLocation(root, path.slice(0, length));
    if (found) return found.parent?.type === 'property' ? (found.parent.children?.[0] ?? found) : found;
  }
  return root;
}

function namedTwice(source: JsonSource, node: Node): Finding | null {
  if (node.type === 'object') {
    const properties = propertiesOf(source, node);
    if ('what' in properties) return properties;
  }
  for (const child of node.children ?? []) {
    const found = namedTwice(source, child);
    if (found) return found;
  }
  return null;
}

function kindOf({ type }: Node): string {
  const kinds: Readonly<Record<string, string>> = { array: 'a list', string: 'text', null: 'null' };
  return kinds[type] ?? `a ${type}`;
}
