import type { z } from 'zod';
import type { updateMemoryInput } from '../protocol/index.ts';
import type { SqlValue, Transaction } from '../store/index.ts';

/** Writes what is given of a record, with one event that names the fields. */
export function updateMemory(tx: Transaction, { id, ...fields }: z.output<typeof updateMemoryInput>): void {
  const columns: [string, SqlValue][] = [];
  const set = (column: string, value: SqlValue | undefined) => {
    if (value !== undefined) columns.push([column, value]);
  };
  set('pinned', fields.pinned === undefined ? undefined : Number(fields.pinned));
  set('private', fields.private === undefined ? undefined : Number(fields.private));
  set('tags', fields.tags && JSON.stringify(fields.tags));
  set('salience', fields.salience);
  set('about', fields.about);
  set('valid_to', fields.validTo);
  if (fields.validTo === null) set('closed_by', null);
  if (columns.length === 0) return;
  const assignments = columns.map(([name]) => `${name} = ?`).join(', ');
  tx.run(`UPDATE memories SET ${assignments} WHERE id = ?`, ...columns.map(([, value]) => value), id);
  tx.emit({ type: 'memory.changed', subject: id, data: { fields: Object.keys(fields).join(' ') } });
}
