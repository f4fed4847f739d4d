import { stat } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomic } from '../kernel/node.ts';
import { type Exported, type ExportFormat, ProgenyError } from '../protocol/index.ts';
import { exportRecords, type RecordSource } from './export-records.ts';

/**
 * Writes memory to a file that only its owner can read; whole or not at all. Throws `bad_input` for a path that
 * is not absolute or a folder, `conflict` where a file stands and may not be replaced.
 */
export async function writeExport(
  source: RecordSource,
  { path: file, format, overwrite }: { path: string; format: ExportFormat; overwrite: boolean },
): Promise<Exported> {
  const refuse = (code: 'bad_input' | 'conflict', message: string) =>
    new ProgenyError(code, message, { fields: [{ path: 'path' }] });
  if (!path.isAbsolute(file))
    throw refuse('bad_input', `path: expected an absolute path, received "${file}".`);
  const place = path.resolve(file);
  const there = await stat(place).catch(() => null);
  if (there?.isDirectory()) throw refuse('bad_input', `"${place}" is a folder. Name the file to write.`);
  if (there && !overwrite)
    throw refuse(
      'conflict',
      `"${place}" exists already. Name another file, or let it be replaced (\`overwrite\`).`,
    );
  let [records, bytes] = [0, 0];
  function* counted(): Generator<string> {
    for (const text of exportRecords(source, format, () => records++)) {
      bytes += Buffer.byteLength(text);
      yield text;
    }
  }
  try {
    await writeFileAtomic(place, counted(), { mode: 0o600 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw refuse('bad_input', `"${place}" cannot be written (${code}). Name a place where you may write.`);
  }
  return { path: place, records, bytes };
}
