import type { Event } from '../protocol/index.ts';
import type { Cause } from './causes.ts';

/** What an event of the log means to the self. Null for what moves nothing. */
export type Meaning =
  | { readonly cause: Cause }
  /** A verified success of a recipe: it counts only so often a day. */
  | { readonly success: string };

/** A note of this many characters is a long one. */
const DEEP_NOTE = 280;

/** Which cause an event is (systems.md, section 9). What is not listed, its own events among them, is none. */
export function meaningOf({ type, data }: Event): Meaning | null {
  switch (type) {
    case 'loop.changed':
      return data.by === 'user' && (data.status === 'blessed' || data.status === 'dropped')
        ? { cause: 'loop.closed' }
        : null;
    case 'loop.finished':
      return { cause: 'loop.closed' };
    case 'tap.answered':
      if (data.outcome === 'engaged') return { cause: 'tap.engaged' };
      return data.outcome === 'dismissed' ? { cause: 'tap.dismissed' } : null;
    case 'decision.recorded':
      return isOfPerson(data) ? { cause: 'decision' } : null;
    case 'whisper.added':
      return isLong(data) ? { cause: 'deep-note' } : null;
    case 'memory.remembered':
      // Whispers and decisions are told by events of their own; what an import brings is not written now.
      return isOwnNote(data) && isLong(data) ? { cause: 'deep-note' } : null;
    case 'hypothesis.answered':
      return data.answer === 'deny' ? { cause: 'hypothesis.denied' } : null;
    case 'tests.recovered':
      return { cause: 'tests.recovered' };
    case 'pattern.found':
      return ofPattern(data.kind);
    case 'wheel.settled':
      return ofRun(data);
    default:
      return null;
  }
}

function ofPattern(kind: unknown): Meaning | null {
  if (kind === 'stuck') return { cause: 'failing-long' };
  if (kind === 'workload_spike') return { cause: 'burst' };
  return kind === 'reunion' ? { cause: 'reunion' } : null;
}

/**
 * A run is settled when its undo window has closed. A success counts where its verification ran and it changed
 * something; what went wrong counts in any case.
 */
function ofRun({ recipe, outcome, verified, changedFiles }: Event['data']): Meaning | null {
  switch (outcome) {
    case 'success': {
      const counts = verified === true && typeof changedFiles === 'number' && changedFiles > 0;
      return counts && typeof recipe === 'string' ? { success: recipe } : null;
    }
    case 'failure':
      return { cause: 'wheel.failure' };
    case 'undone':
      return { cause: 'wheel.undone' };
    case 'breach':
      return { cause: 'wheel.breach' };
    default:
      return null;
  }
}

const SIGNS: ReadonlySet<string> = new Set([
  'loop.opened',
  'whisper.added',
  'decision.changed',
  'tap.answered',
  'taps.paused',
  'hypothesis.answered',
  'tests.recovered',
  'working-files.edited',
  'now.changed',
  'limbic.marked',
  // A repository changes where somebody works.
  'scan.applied',
]);
/** Patterns that are found in work as it is done, not in its absence. */
const OF_WORK: ReadonlySet<unknown> = new Set([
  'workload_spike',
  'stuck',
  'thrash',
  'focus_shift',
  'reunion',
]);

/** Whether an event shows that the user is there: their idle days end. */
export function isSign({ type, data }: Event): boolean {
  if (SIGNS.has(type)) return data.outcome !== 'ignored';
  if (type === 'loop.changed') return data.by === 'user';
  if (type === 'decision.recorded') return isOfPerson(data);
  if (type === 'memory.remembered') return isOwnNote(data);
  return type === 'pattern.found' && OF_WORK.has(data.kind);
}

/** What an agent wrote moves nothing. */
function isOfPerson({ by }: Event['data']): boolean {
  return by === 'person';
}

function isOwnNote({ kind, imported, ...data }: Event['data']): boolean {
  return isOfPerson(data) && imported !== true && kind !== 'whisper' && kind !== 'decision';
}

function isLong({ length }: Event['data']): boolean {
  return typeof length === 'number' && length >= DEEP_NOTE;
}
