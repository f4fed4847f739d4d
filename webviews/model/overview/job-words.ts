import type { Job } from '../../../companion/protocol/index.ts';
import type { IconName } from '../../parts/icon-table.ts';
import { span } from '../time.ts';

interface KindWords {
  readonly word: string;
  readonly product?: string;
  readonly icon: IconName;
  /** What becomes of what was done so far. */
  readonly cancelled: string;
  /** It would have to be done again, so it is asked first. */
  readonly loses?: true;
}

const KINDS: Readonly<Record<string, KindWords>> = {
  scan: {
    word: 'Reading a repository',
    product: 'scan',
    icon: 'search',
    cancelled: 'Nothing is lost: it is read again at its next change.',
  },
  dream: {
    word: 'Consolidating the day',
    product: 'dream',
    icon: 'sparkle',
    cancelled: 'What was done stays, and the next one goes on from there.',
  },
  import: {
    word: 'Taking up an archive',
    product: 'import',
    icon: 'desktop-download',
    cancelled: 'What was taken up stays. To go on, start the import again: it passes over what is known.',
    loses: true,
  },
  model: {
    word: 'Fetching a sentence model',
    icon: 'desktop-download',
    cancelled: 'What was fetched so far is thrown away.',
    loses: true,
  },
  language: {
    word: 'Fetching a language model',
    icon: 'desktop-download',
    cancelled: 'What was fetched so far is thrown away.',
    loses: true,
  },
};

/** A kind of work in plain words; one that this version does not know is given as it is. Pure. */
export function kindWords(kind: string): KindWords {
  const otherwise: KindWords = {
    word: kind,
    icon: 'server-process',
    cancelled: 'What it did so far may be lost.',
    loses: true,
  };
  return Object.hasOwn(KINDS, kind) ? (KINDS[kind] ?? otherwise) : otherwise;
}

export const JOB_STATUS: Readonly<Record<Job['status'], { readonly word: string; readonly icon: IconName }>> =
  {
    running: { word: 'Running', icon: 'sync' },
    queued: { word: 'Waiting', icon: 'clockface' },
    done: { word: 'Done', icon: 'pass' },
    failed: { word: 'Failed', icon: 'error' },
    cancelled: { word: 'Cancelled', icon: 'circle-slash' },
  };

/** What a job is about, in few words; null where that is nothing that a reader knows (an id, an inner name). Pure. */
export function subjectWords({ kind, subject }: Pick<Job, 'kind' | 'subject'>): string | null {
  return kind === 'scan' || kind === 'import' ? subject : null;
}

/** Running first, then what waits by its priority, then what has ended, the newest first. Pure. */
export function byStanding(jobs: readonly Job[]): { running: Job[]; waiting: Job[]; ended: Job[] } {
  const of = (...wanted: Job['status'][]) => jobs.filter(({ status }) => wanted.includes(status));
  return {
    running: of('running').sort((a, b) => a.createdAt - b.createdAt),
    waiting: of('queued').sort((a, b) => b.priority - a.priority || a.createdAt - b.createdAt),
    ended: of('done', 'failed', 'cancelled').sort((a, b) => b.updatedAt - a.updatedAt),
  };
}

/** From the moment it was asked for: "in 14 s", "in 3 minutes". Pure. */
export function tookWords({ createdAt, updatedAt }: Pick<Job, 'createdAt' | 'updatedAt'>): string {
  const ms = Math.max(0, updatedAt - createdAt);
  if (ms < 1000) return 'in under a second';
  return ms < 60_000 ? `in ${Math.round(ms / 1000)} s` : `in ${span(ms)}`;
}

/** "2nd attempt"; empty for the first. */
export function attemptWords({ attempts }: Pick<Job, 'attempts'>): string {
  if (attempts <= 1) return '';
  return `${attempts}${{ 2: 'nd', 3: 'rd' }[attempts] ?? 'th'} attempt`;
}

/** "4.2 MB". */
export function sizeText(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024)).toLocaleString('en-GB')} kB`;
  const mb = bytes / (1024 * 1024);
  return mb < 1024 ? `${mb.toFixed(mb < 10 ? 1 : 0)} MB` : `${(mb / 1024).toFixed(1)} GB`;
}
