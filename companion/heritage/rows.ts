import type { HeritageContents, HeritageFile, HeritageSource, HeritageVersion } from '../protocol/index.ts';
import type { Reader, Writer } from '../store/index.ts';
import { emptyContent, parseStored } from './document.ts';

/** A version with what it says. */
export interface StoredVersion<F extends HeritageFile> {
  readonly version: number;
  readonly at: number;
  /** Null before anything was said. */
  readonly source: HeritageSource | null;
  readonly reason: string;
  readonly content: HeritageContents[F];
}

interface Row {
  file: HeritageFile;
  version: number;
  at: number;
  source: HeritageSource;
  reason: string;
  content: string;
}

/** The version in force; what holds before anything was said where there is none. */
export function readCurrent<F extends HeritageFile>(reader: Reader, file: F): StoredVersion<F> {
  const sql = 'SELECT * FROM heritage WHERE file = ? ORDER BY version DESC LIMIT 1';
  const row = reader.get<Row>(sql, file);
  return row
    ? toVersion(file, row)
    : { version: 0, at: 0, source: null, reason: '', content: emptyContent(file) };
}

/** One version, null where there is none of that number. Version 0 is what holds before anything was said. */
export function readVersion<F extends HeritageFile>(
  reader: Reader,
  file: F,
  version: number,
): StoredVersion<F> | null {
  if (version === 0) return { version: 0, at: 0, source: null, reason: '', content: emptyContent(file) };
  const row = reader.get<Row>('SELECT * FROM heritage WHERE file = ? AND version = ?', file, version);
  return row ? toVersion(file, row) : null;
}

export function listVersions(reader: Reader, file: HeritageFile, limit: number): HeritageVersion[] {
  const sql =
    'SELECT file, version, at, source, reason FROM heritage WHERE file = ? ORDER BY version DESC LIMIT ?';
  return reader.all<HeritageVersion>(sql, file, limit);
}

export function writeVersion(
  writer: Writer,
  id: string,
  { file, version, at, source, reason, content }: Row,
): void {
  writer.run(
    'INSERT INTO heritage (id, file, version, at, source, reason, content) VALUES (?, ?, ?, ?, ?, ?, ?)',
    id,
    file,
    version,
    at,
    source,
    reason,
    content,
  );
}

/** Ids and texts of all versions but the one in force. */
export function oldVersions(
  reader: Reader,
  file: HeritageFile,
): { id: string; reason: string; content: string }[] {
  const sql = `SELECT id, reason, content FROM heritage
    WHERE file = ? AND version < (SELECT max(version) FROM heritage WHERE file = ?)`;
  return reader.all(sql, file, file);
}

function toVersion<F extends HeritageFile>(file: F, row: Row): StoredVersion<F> {
  const { version, at, source, reason, content } = row;
  return { version, at, source, reason, content: parseStored(file, content) };
}
