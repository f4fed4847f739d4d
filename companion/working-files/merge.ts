import { isDeepStrictEqual } from 'node:util';
import { type Finding, quote } from '../kernel/node.ts';
import type { Entry } from './entries.ts';
import type { FieldReader, FieldReaders } from './field-readers.ts';

export interface MergeInput {
  entry: Entry;
  /** The entry as it was last written; null where it was not in the file. */
  was: Entry | null;
  /** The fields as they would be written now. */
  stored: Readonly<Record<string, unknown>>;
  readers: FieldReaders;
  /** Whether the user changed the field elsewhere since the file was written. */
  changedByHand(field: string): boolean;
}

export interface Merged {
  /** What is to be changed in the store, by field. */
  fields: Record<string, unknown>;
  /** Values that mean nothing: the edit as a whole is refused. */
  findings: Finding[];
  /** Edits that lost against the user's own newer change. */
  conflicts: Finding[];
}

/**
 * Merges one entry field by field: what was last written, what stands in the file, what is stored. Fields that
 * were not touched are not even judged. An edit wins over what a machine changed in the meantime, but not over
 * what the user changed elsewhere; that is a conflict to be told. A field that is absent is unchanged. Pure.
 */
export function mergeEntry({ entry, was, stored, readers, changedByHand }: MergeInput): Merged {
  const merged: Merged = { fields: {}, findings: [], conflicts: [] };
  for (const [name, { raw, line }] of entry.fields) {
    const reader = readers[name] as FieldReader;
    const base = was?.fields.get(name);
    if (base && same(reader, raw, base.raw)) continue;
    const read = reader(raw);
    if ('expected' in read) {
      merged.findings.push({ line, what: `\`${name}\` is ${quote(raw)}`, expected: read.expected });
    } else if (same(reader, raw, stored[name])) {
      // Both sides came to the same.
    } else if (base && !same(reader, base.raw, stored[name]) && changedByHand(name)) {
      merged.conflicts.push({
        line,
        what: `\`${name}\` is ${quote(raw)}, but was changed to ${quote(stored[name])} in Progeny after the file was written; that stays`,
      });
    } else merged.fields[name] = read.value;
  }
  return merged;
}

/** Reads all fields of a new entry. */
export function readNewEntry(
  entry: Entry,
  readers: FieldReaders,
  required: readonly string[],
): { values: Record<string, unknown>; findings: Finding[] } {
  const values: Record<string, unknown> = {};
  const findings: Finding[] = [];
  for (const [name, { raw, line }] of entry.fields) {
    const read = (readers[name] as FieldReader)(raw);
    if ('value' in read) values[name] = read.value;
    else findings.push({ line, what: `\`${name}\` is ${quote(raw)}`, expected: read.expected });
  }
  for (const name of required) {
    if (!entry.fields.has(name))
      findings.push({
        line: entry.line,
        what: `\`${name}\` is missing`,
        expected: 'it in an entry without an id',
      });
  }
  return { values, findings };
}

function same(reader: FieldReader, a: unknown, b: unknown): boolean {
  if (isDeepStrictEqual(a, b)) return true;
  const [left, right] = [reader(a), reader(b)];
  return 'value' in left && 'value' in right && isDeepStrictEqual(left.value, right.value);
}
