import type { Event } from '../protocol/index.ts';

/** What a line can tell of. */
export type StoryKind =
  | 'committed'
  | 'noted'
  | 'opened'
  | 'landed'
  | 'resolved'
  | 'blessed'
  | 'dropped'
  | 'deferred'
  | 'stale'
  | 'taken up'
  | 'decided'
  | 'recovered'
  | 'stuck'
  | 'heavy hour'
  | 'left alone'
  | 'thrash'
  | 'at risk'
  | 'back again'
  | 'drifting'
  | 'learned'
  | 'dreamed'
  | 'heritage'
  | 'converged'
  | 'forgot'
  | 'restored'
  | 'tier'
  | 'agent asks'
  | CouncilKind
  | 'asks leave'
  | 'ran'
  | 'took back'
  | 'undid'
  | 'broke off';

/** What the council, a mask or a guild tells of. */
export type CouncilKind =
  | 'voted'
  | 'contested'
  | 'no vote'
  | 'ruled'
  | 'came out'
  | 'adviser offered'
  | 'adviser made'
  | 'adviser retired'
  | 'panel made'
  | 'panel dissolved';

export type Speaker = 'Cal' | 'Arty';

export interface Telling {
  /** How much it matters to whom: Cal keeps what holds, Arty looks at what changes. Below .3 for both: silence. */
  readonly relevance: Readonly<Record<Speaker, number>>;
  /** 0-1; what is above `settings.narration.statusBarFrom` shows in the status bar. */
  readonly importance: number;
}

const telling = (Cal: number, Arty: number, importance: number): Telling => ({
  relevance: { Cal, Arty },
  importance,
});

export const TELLINGS: Readonly<Record<StoryKind, Telling>> = {
  committed: telling(0.6, 0.4, 0.4),
  noted: telling(0.45, 0.4, 0.3),
  opened: telling(0.35, 0.6, 0.45),
  landed: telling(0.7, 0.5, 0.75),
  resolved: telling(0.4, 0.35, 0.4),
  blessed: telling(0.8, 0.5, 0.8),
  dropped: telling(0.4, 0.7, 0.55),
  deferred: telling(0.5, 0.35, 0.35),
  stale: telling(0.4, 0.5, 0.35),
  'taken up': telling(0.4, 0.5, 0.4),
  decided: telling(0.7, 0.5, 0.6),
  recovered: telling(0.7, 0.4, 0.7),
  stuck: telling(0.4, 0.65, 0.55),
  'heavy hour': telling(0.4, 0.5, 0.4),
  'left alone': telling(0.35, 0.5, 0.35),
  thrash: telling(0.35, 0.6, 0.45),
  'at risk': telling(0.8, 0.3, 0.75),
  'back again': telling(0.5, 0.5, 0.5),
  drifting: telling(0.5, 0.8, 0.8),
  learned: telling(0.6, 0.5, 0.6),
  dreamed: telling(0.6, 0.35, 0.45),
  heritage: telling(0.5, 0.3, 0.4),
  converged: telling(0.5, 0.4, 0.5),
  forgot: telling(0.6, 0.3, 0.5),
  restored: telling(0.9, 0.3, 0.9),
  tier: telling(0.7, 0.4, 0.7),
  'agent asks': telling(0.6, 0.4, 0.7),
  voted: telling(0.6, 0.5, 0.6),
  contested: telling(0.5, 0.65, 0.7),
  'no vote': telling(0.5, 0.3, 0.5),
  ruled: telling(0.6, 0.5, 0.55),
  'came out': telling(0.6, 0.5, 0.5),
  'adviser offered': telling(0.35, 0.55, 0.45),
  'adviser made': telling(0.5, 0.6, 0.5),
  'adviser retired': telling(0.5, 0.45, 0.4),
  'panel made': telling(0.45, 0.4, 0.35),
  'panel dissolved': telling(0.4, 0.35, 0.3),
  'asks leave': telling(0.6, 0.5, 0.6),
  ran: telling(0.7, 0.5, 0.7),
  'took back': telling(0.75, 0.5, 0.75),
  undid: telling(0.6, 0.5, 0.5),
  'broke off': telling(0.9, 0.4, 0.9),
};

/** Less than this to either speaker is not told. */
export const SILENT_BELOW = 0.3;

const BY_STATUS: Readonly<Record<string, StoryKind>> = {
  blessed: 'blessed',
  dropped: 'dropped',
  deferred: 'deferred',
  open: 'taken up',
};
/** What ends by being committed or taken out of a stash is told as that. */
const BY_SOURCE: Readonly<Record<string, StoryKind>> = { branch: 'landed', todo: 'resolved' };
const BY_PATTERN: Readonly<Record<string, StoryKind>> = {
  stuck: 'stuck',
  workload_spike: 'heavy hour',
  abandonment: 'left alone',
  thrash: 'thrash',
  work_at_risk: 'at risk',
  reunion: 'back again',
};
const BY_OUTCOME: Readonly<Record<string, StoryKind>> = {
  decided: 'voted',
  contested: 'contested',
  no_quorum: 'no vote',
  expired: 'no vote',
};
const BY_RUN: Readonly<Record<string, StoryKind>> = {
  previewed: 'asks leave',
  done: 'ran',
  rolled_back: 'took back',
  undone: 'undid',
  interrupted: 'broke off',
};
const PLAIN: Readonly<Record<string, StoryKind>> = {
  'work.committed': 'committed',
  'whisper.added': 'noted',
  'loop.opened': 'opened',
  'decision.recorded': 'decided',
  'tests.recovered': 'recovered',
  'drift.alert': 'drifting',
  'hypothesis.promoted': 'learned',
  'dream.finished': 'dreamed',
  'heritage.changed': 'heritage',
  'convergence.finished': 'converged',
  'store.forgot': 'forgot',
  'store.restored': 'restored',
  'tier.changed': 'tier',
  'forget.requested': 'agent asks',
  'council.decided': 'ruled',
  'mask.offered': 'adviser offered',
  'mask.born': 'adviser made',
  'mask.retired': 'adviser retired',
  'guild.created': 'panel made',
};

/**
 * What an event of the log is, in the story; null for what is no story: what programs do for themselves, and what a scan
 * proposes by the dozen. Pure.
 */
export function kindOf({ type, data }: Pick<Event, 'type' | 'data'>): StoryKind | null {
  if (type === 'loop.changed') {
    if (data.by === 'user' && typeof data.status === 'string') return BY_STATUS[data.status] ?? null;
    return data.by === 'time' && data.status === 'stale' ? 'stale' : null;
  }
  if (type === 'pattern.found') return BY_PATTERN[String(data.kind)] ?? null;
  if (type === 'council.voted') return BY_OUTCOME[String(data.outcome)] ?? null;
  // A run tells of itself also where it stays as it is.
  if (type === 'wheel.changed')
    return data.status === data.from ? null : (BY_RUN[String(data.status)] ?? null);
  // What nobody can tell the end of is no story.
  if (type === 'council.observed') return data.right === 0 ? null : 'came out';
  if (type === 'guild.changed') return data.status === 'dissolved' ? 'panel dissolved' : null;
  if (type === 'loop.finished') return BY_SOURCE[String(data.source)] ?? null;
  // What a note opens is told with the note.
  if (type === 'loop.opened' && data.source !== 'manual') return null;
  return PLAIN[type] ?? null;
}
