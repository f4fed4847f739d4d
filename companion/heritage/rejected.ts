import path from 'node:path';
import { allInWords, type Disk, type Finding } from '../kernel/node.ts';
import type { Health, HeritageFile } from '../protocol/index.ts';
import { check, isUnderstood } from './check.ts';

/** More refused edits than this beside one file are some program's doing. */
const MOST_KEPT = 20;
const NAME = /^(core|preferences|learned)\.rejected-(\d{8}T\d{9}Z)\.json$/;

/** "core.rejected-20260302T090000000Z.json": the time is of the refusal, and sorts. */
export function rejectedName(file: HeritageFile, at: number): string {
  return `${file}.rejected-${new Date(at).toISOString().replace(/[-:.]/g, '')}.json`;
}

/** The refused edits of a file, oldest first. */
export async function listRejected(disk: Disk, folder: string, file: HeritageFile): Promise<string[]> {
  if ((await disk.kindOf(folder)) !== 'folder') return [];
  return (await disk.list(folder)).filter((name) => NAME.exec(name)?.[1] === file).sort();
}

/**
 * Keeps a refused edit beside its file, the same one once. Returns the name; null where there are too many already,
 * and the file itself must stay as it is.
 */
export async function keepRejected(
  disk: Disk,
  folder: string,
  file: HeritageFile,
  bytes: Buffer,
  at: number,
): Promise<string | null> {
  const kept = await listRejected(disk, folder, file);
  for (const name of kept) {
    const found = await disk.read(path.join(folder, name));
    if (found.kind === 'file' && found.bytes.equals(bytes)) return name;
  }
  if (kept.length >= MOST_KEPT) return null;
  let name = rejectedName(file, at);
  for (let later = at; kept.includes(name); name = rejectedName(file, later)) later++;
  await disk.write(path.join(folder, name), bytes);
  return name;
}

/** What is told of a refused edit. */
export function refusal(file: HeritageFile, findings: readonly Finding[], kept: string, at: number): Health {
  const message = `${allInWords(`${file}.json`, findings)} Your edit is kept in \`${kept}\`, nothing was changed.`;
  return { subject: `heritage:${file}`, level: 'warning', message, at };
}

/** What a refused edit that an earlier run kept was refused for, as far as it can be told from its text. */
export async function recallRefusal(
  disk: Disk,
  folder: string,
  file: HeritageFile,
  name: string,
): Promise<Finding[]> {
  const found = await disk.read(path.join(folder, name));
  const judged = found.kind === 'file' ? check(file, found.bytes) : null;
  if (judged && !isUnderstood(judged)) return judged;
  return [{ line: null, what: 'a hand edit was refused' }];
}
