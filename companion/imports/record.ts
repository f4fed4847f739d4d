import type { MemoryKind, MemoryRecord, MemorySource } from '../protocol/index.ts';
import { splitContent } from './split-content.ts';

/** What an import brings: a memory to be, with a key under which it is known for good. */
export interface ImportedRecord {
  /** Stable and unique: the same thing has the same origin in every import, so that it is stored once. */
  readonly origin: string;
  readonly kind: MemoryKind;
  readonly content: string;
  /** Null where the source has no name for whoever said it, as for the person in most chat archives. */
  readonly author: string | null;
  readonly session: string | null;
  /** Ms since the epoch. */
  readonly happenedAt: number;
  readonly source: MemorySource;
  readonly tags: readonly string[];
  /** Folder that it was said in or belongs to, where the source tells. */
  readonly workspace: string | null;
  /** The record as it stood in the mind that it was exported from: what it can keep (id, position) it keeps. */
  readonly kept?: MemoryRecord;
}

/** What a reader found, before it is made to fit the contract. */
export interface Draft extends Pick<ImportedRecord, 'origin' | 'content' | 'happenedAt'> {
  readonly kind?: MemoryKind;
  readonly author?: string | null;
  readonly session?: string | null;
  readonly source?: MemorySource;
  readonly tags?: readonly string[];
  readonly workspace?: string | null;
}

const LATEST = 8.64e15;

/**
 * A draft as records that the contract takes: LF, no NUL, no half of a surrogate pair, names and tags within
 * their limits. None where nothing was said; numbered parts where more was said than one record holds. Pure.
 */
export function recordsOf(draft: Draft): ImportedRecord[] {
  const parts = splitContent(cleanContent(draft.content));
  const author = draft.author?.toWellFormed().trim().slice(0, 200).trim() || null;
  const time = Math.trunc(draft.happenedAt);
  return parts.map((content, i) => ({
    // The first part keeps the origin, so that what grows beyond one record stays known.
    origin: i === 0 ? draft.origin : `${draft.origin}#${i + 1}`,
    kind: draft.kind ?? 'conversation',
    content,
    author,
    session: draft.session?.slice(0, 512) || null,
    happenedAt: time >= 0 && time <= LATEST ? time : 0,
    source: withinLimits(draft.source ?? {}),
    tags: cleanTags([
      ...(draft.tags ?? []),
      ...(parts.length > 1 ? [`part ${i + 1} of ${parts.length}`] : []),
    ]),
    workspace: draft.workspace ?? null,
  }));
}

/** Text of any origin as it can be stored and compared. Pure. */
export function cleanContent(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replaceAll('\0', '')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
}

function cleanTags(tags: readonly string[]): string[] {
  const clean = tags.map((tag) => tag.toWellFormed().replace(/\s+/g, ' ').trim().slice(0, 100).trim());
  return [...new Set(clean.filter((tag) => tag !== ''))].slice(0, 50);
}

function withinLimits({ uri, message, file, ...rest }: MemorySource): MemorySource {
  return {
    ...(uri !== undefined && uri.length <= 4096 && { uri }),
    ...(file !== undefined && file.length <= 4096 && { file }),
    ...rest,
    ...(message !== undefined && { message: message.slice(0, 512) }),
  };
}
