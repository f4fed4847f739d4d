import { isDeepStrictEqual } from 'node:util';
import { getNodeValue, type Node } from 'jsonc-parser';
import { type Finding, type JsonSource, propertiesOf, quote, readJson } from '../kernel/node.ts';

export interface EntryField {
  raw: unknown;
  line: number;
}

/** One entry of a list as it stands in a file. */
export interface Entry {
  /** Null for an entry that a person added. */
  id: string | null;
  line: number;
  /** The editable fields that are present. */
  fields: ReadonlyMap<string, EntryField>;
  /** Names of the derived fields that say something. */
  derived: readonly string[];
}

/** What a JSON working file looks like: `{version, [list]: entries}`. */
export interface ListShape {
  list: string;
  editable: readonly string[];
  /** Written for the reader; whatever stands there is ignored when read back. */
  derived: readonly string[];
}

export interface EntryList {
  entries: Entry[];
  hasComments: boolean;
}

export const VERSION = 1;

const isFinding = (value: object): value is Finding => 'what' in value;

/** Reads the entries of a working file, or says what is wrong with it. Field values are not judged here. */
export function readEntries(text: string, shape: ListShape): EntryList | Finding[] {
  const source = readJson(text);
  if (isFinding(source)) return [source];
  const top = source.root.type === 'object' ? propertiesOf(source, source.root) : null;
  if (!top)
    return [
      {
        line: 1,
        what: `it holds ${describe(source.root)}`,
        expected: `{"version": ${VERSION}, "${shape.list}": […]}`,
      },
    ];
  if (isFinding(top)) return [top];
  const findings = topFindings(source, top, shape);
  const list = top.get(shape.list);
  if (findings.length > 0 || !list) return findings;
  const entries: Entry[] = [];
  const seen = new Set<string>();
  for (const node of list.children ?? []) {
    const entry = readEntry(source, node, shape, seen);
    if (Array.isArray(entry)) findings.push(...entry);
    else entries.push(entry);
  }
  return findings.length > 0 ? findings : { entries, hasComments: source.hasComments };
}

function topFindings(source: JsonSource, top: Map<string, Node>, { list }: ListShape): Finding[] {
  const findings: Finding[] = [];
  const version = top.get('version');
  const value = version && getNodeValue(version);
  if (value !== VERSION)
    findings.push({
      line: version ? source.lineOf(version) : 1,
      what: `\`version\` is ${quote(value)}`,
      expected: String(VERSION),
    });
  const entries = top.get(list);
  if (entries?.type !== 'array')
    findings.push({
      line: entries ? source.lineOf(entries) : 1,
      what: `\`${list}\` is ${entries ? describe(entries) : 'missing'}`,
      expected: 'a list in square brackets',
    });
  for (const [name, node] of top) {
    if (![list, 'version', 'note'].includes(name))
      findings.push({
        line: source.lineOf(node),
        what: `\`${name}\` is not a field of this file`,
        expected: `version and ${list}`,
      });
  }
  return findings;
}

function readEntry(source: JsonSource, node: Node, shape: ListShape, seen: Set<string>): Entry | Finding[] {
  const line = source.lineOf(node);
  if (node.type !== 'object')
    return [{ line, what: `an entry is ${describe(node)}`, expected: 'an entry in braces' }];
  const properties = propertiesOf(source, node);
  if (isFinding(properties)) return [properties];
  const findings: Finding[] = [];
  const fields = new Map<string, EntryField>();
  const derived: string[] = [];
  let id: string | null = null;
  for (const [name, value] of properties) {
    const raw: unknown = getNodeValue(value);
    const at = source.lineOf(value);
    if (name === 'id') {
      const problem = idProblem(raw, seen);
      if (problem) findings.push({ line: at, ...problem });
      else if (typeof raw === 'string') {
        id = raw;
        seen.add(id);
      }
    } else if (shape.editable.includes(name)) fields.set(name, { raw, line: at });
    else if (!shape.derived.includes(name))
      findings.push({
        line: at,
        what: `\`${name}\` is not a field of an entry`,
        expected: ['id', ...shape.editable].join(', '),
      });
    else if (!isEmpty(raw)) derived.push(name);
  }
  return findings.length > 0 ? findings : { id, line, fields, derived };
}

function idProblem(raw: unknown, seen: ReadonlySet<string>): Omit<Finding, 'line'> | null {
  if (raw === null) return null;
  if (typeof raw !== 'string' || raw === '')
    return { what: `\`id\` is ${quote(raw)}`, expected: 'the id as it was, or no id for a new entry' };
  if (!seen.has(raw)) return null;
  return {
    what: `\`id\` is ${quote(raw)}, as in an entry before`,
    expected: 'no id in the copy, to make it a new entry',
  };
}

function isEmpty(raw: unknown): boolean {
  return raw === null || raw === '' || (Array.isArray(raw) && raw.length === 0);
}

function describe(node: Node): string {
  if (node.type === 'object') return 'an object';
  return node.type === 'array' ? 'a list' : quote(getNodeValue(node));
}

/** An entry with an id, and the same entry as it was last written; null where it was not in the file. */
export interface KnownEntry {
  id: string;
  entry: Entry;
  was: Entry | null;
}

export interface Compared {
  known: KnownEntry[];
  /** Without an id, and not in the file before. */
  added: Entry[];
  /** Ids that were in the file and are not any more. */
  removed: string[];
}

/** What differs between the entries on disk and those last written. Their order means nothing. */
export function compareEntries(disk: readonly Entry[], base: readonly Entry[]): Compared {
  const before = new Map(base.flatMap((entry) => (entry.id === null ? [] : [[entry.id, entry] as const])));
  const unnamed = base.filter((entry) => entry.id === null);
  const compared: Compared = { known: [], added: [], removed: [] };
  const present = new Set<string>();
  for (const entry of disk) {
    if (entry.id === null) {
      const known = unnamed.findIndex((other) => sameFields(entry, other));
      if (known >= 0) unnamed.splice(known, 1);
      else compared.added.push(entry);
    } else {
      present.add(entry.id);
      compared.known.push({ id: entry.id, entry, was: before.get(entry.id) ?? null });
    }
  }
  compared.removed = [...before.keys()].filter((id) => !present.has(id));
  // An entry that only lost its id is the one it was.
  compared.added = compared.added.filter((entry) => {
    const lost = compared.removed.findIndex((id) => sameFields(entry, before.get(id) as Entry));
    if (lost >= 0) compared.removed.splice(lost, 1);
    return lost < 0;
  });
  return compared;
}

function sameFields(a: Entry, b: Entry): boolean {
  const values = (entry: Entry) => new Map([...entry.fields].map(([name, { raw }]) => [name, raw]));
  return isDeepStrictEqual(values(a), values(b));
}
