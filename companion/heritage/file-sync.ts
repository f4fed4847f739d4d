import path from 'node:path';
import type { Clock } from '../kernel/index.ts';
import { allInWords, type Disk, type Finding, type Found, type Patience } from '../kernel/node.ts';
import type { Health, HeritageFile, HeritageLearned } from '../protocol/index.ts';
import type { Mind } from '../store/index.ts';
import { check, isUnderstood } from './check.ts';
import { render } from './document.ts';
import type { Heritage } from './heritage.ts';
import { keepRejected, refusal } from './rejected.ts';

export interface FileSyncOptions {
  mind: Mind;
  clock: Clock;
  disk: Disk;
  heritage: Heritage;
  patience: Patience;
  folder: string;
  /** What this process last wrote: after a backup took the store's place, the store does not know of it. */
  written: Map<HeritageFile, string>;
}

/** What one look at a file came to. */
export interface Synced {
  /** Somebody may still be writing: look again. */
  readonly waiting: boolean;
  /** What the user must know; undefined where nothing new is to be said. */
  readonly told?: Health | null;
}

const DONE: Synced = { waiting: false };
const WAIT: Synced = { waiting: true };

/**
 * Brings one file and the store in step: a hand edit into the store, or beside the file where it cannot be understood;
 * then what the store holds into the file. Ended at any moment and begun again, it comes to the same.
 */
export async function syncFile(file: HeritageFile, options: FileSyncOptions): Promise<Synced> {
  const { disk, folder } = options;
  const place = path.join(folder, `${file}.json`);
  const first = await disk.read(place);
  if (first.kind === 'other') return { waiting: false, told: notPlain(file, first, options) };
  if (first.kind === 'missing') return write(file, place, null, options);
  if (isOwn(file, first.bytes, options)) return write(file, place, first.bytes, options);
  const settled = await disk.settled(place, first);
  if (settled?.kind !== 'file') return WAIT;
  return judge(file, place, settled.bytes, options);
}

async function judge(
  file: HeritageFile,
  place: string,
  bytes: Buffer,
  options: FileSyncOptions,
): Promise<Synced> {
  const { heritage, patience, clock, disk, folder } = options;
  const edit = check(file, bytes);
  const findings = isUnderstood(edit) ? objectionsTo(file, edit, heritage) : edit;
  if (findings.length > 0 && !patience.isOver(place, bytes)) return WAIT;
  const keeps = findings.length > 0 || (isUnderstood(edit) && edit.losesText);
  const kept = keeps ? await keepRejected(disk, folder, file, bytes, clock.now()) : '';
  if (kept === null) return { waiting: false, told: tooMany(file, clock.now()) };
  patience.forget(place);
  if (findings.length === 0 && isUnderstood(edit))
    heritage.put(file, edit.content, { source: 'hand', reason: `Edited by hand in ${file}.json` });
  const written = await write(file, place, bytes, options);
  if (findings.length > 0) return { ...written, told: refusal(file, findings, kept, clock.now()) };
  return { ...written, told: kept === '' ? null : comments(file, kept, clock.now()) };
}

/** Writes what is in force, if the file still holds what was seen (null: is missing). */
async function write(
  file: HeritageFile,
  place: string,
  seen: Buffer | null,
  { disk, heritage, mind, written }: FileSyncOptions,
): Promise<Synced> {
  const text = render(file, heritage.get(file).content);
  if (!seen?.equals(Buffer.from(text)) && !(await disk.replace(place, text, seen))) return WAIT;
  written.set(file, text);
  const digest = mind.digest(text);
  if (writtenDigest(mind, file) !== digest)
    mind.record((writer) =>
      writer.run('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', keyOf(file), digest),
    );
  return DONE;
}

/**
 * It is what the store holds, or what was last written from it: nobody edited it. Where the store holds no version at
 * all, being another one than before, a file is taken up as if it were an edit.
 */
function isOwn(file: HeritageFile, bytes: Buffer, { mind, heritage, written }: FileSyncOptions): boolean {
  const text = bytes.toString('utf8');
  const { version, content } = heritage.get(file);
  if (text === render(file, content)) return true;
  return version > 0 && (text === written.get(file) || mind.digest(text) === writtenDigest(mind, file));
}

function objectionsTo(
  file: HeritageFile,
  edit: Extract<ReturnType<typeof check>, { content: unknown }>,
  heritage: Heritage,
): Finding[] {
  if (file !== 'learned') return [];
  return heritage
    .objections(edit.content as HeritageLearned)
    .map(({ path: where, what, expected }) => ({ ...edit.placeOf(where), what, expected }));
}

function writtenDigest(mind: Mind, file: HeritageFile): string | null {
  const sql = 'SELECT value FROM meta WHERE key = ?';
  return mind.read((reader) => reader.get<{ value: string }>(sql, keyOf(file)))?.value ?? null;
}

function keyOf(file: HeritageFile): string {
  return `heritage:${file}`;
}

function notPlain(
  file: HeritageFile,
  found: Extract<Found, { kind: 'other' }>,
  { clock }: FileSyncOptions,
): Health {
  const message = `\`${file}.json\` is ${found.what}; expected a plain file. It is neither read nor written until that is removed.`;
  return { subject: `heritage:${file}`, level: 'warning', message, at: clock.now() };
}

function tooMany(file: HeritageFile, at: number): Health {
  const message = `\`${file}.json\` holds an edit that cannot be taken up, and too many are kept beside it already; it is left as it is. Remove the \`${file}.rejected-\` files, or undo the edit.`;
  return { subject: `heritage:${file}`, level: 'warning', message, at };
}

function comments(file: HeritageFile, kept: string, at: number): Health {
  const note = { line: null, what: 'comments are not kept in it' };
  const message = `${allInWords(`${file}.json`, [note])} Your edit was taken up; its text is in \`${kept}\`.`;
  return { subject: `heritage:${file}`, level: 'info', message, at };
}
