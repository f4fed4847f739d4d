import { z } from 'zod';
import { memoryRecord } from '../protocol/index.ts';
import type { ImportedRecord } from './record.ts';

/**
 * A record as an export writes it: all of `MemoryRecord`, and `origin` where it has one. What a later version
 * adds is let through and left alone.
 */
const line = z.looseObject({ ...memoryRecord.shape, origin: z.string().min(1).nullish() });

/** What a record that was remembered here and comes from nowhere else is known by elsewhere. */
export function ownOrigin(id: string): string {
  return `progeny:${id}`;
}

/** A line of an export as a record to keep as it is; null for anything else. Pure. */
export function fromExport(value: unknown): ImportedRecord | null {
  const { data } = line.safeParse(value);
  if (!data) return null;
  const { origin, ...record } = data;
  const { id, kind, content, author, session, happenedAt, source, tags, workspace } = record;
  const own = origin ?? ownOrigin(id);
  return { origin: own, kind, content, author, session, happenedAt, source, tags, workspace, kept: record };
}

/** A record as a line of an export, without the origin that only says that it is its own. Pure. */
export function toExport(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { origin, ...rest } = record;
  return typeof origin === 'string' && origin !== ownOrigin(String(rest.id)) ? { ...rest, origin } : rest;
}
