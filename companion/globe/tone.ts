import { count, duration } from '../kernel/index.ts';
import type { LoopFacts, LoopSource, LoopStatus, MemoryKind, Tone } from '../protocol/index.ts';

const DAY = 24 * 60 * 60 * 1000;
const FRESH = 2 * DAY;
const NEW = 3 * DAY;
const IDLE = 14 * DAY;
const FADED = 180 * DAY;

/** A tone and what it rests on, in words. */
export interface ToneFound {
  readonly tone: Tone;
  /** True: somebody said so. */
  readonly declared: boolean;
  readonly words: string;
}

export interface LoopSigns {
  readonly status: LoopStatus;
  readonly source: LoopSource;
  readonly facts: LoopFacts;
  readonly createdAt: number;
  readonly touchedAt: number;
  readonly parent: boolean;
  readonly drifting: boolean;
  /** When its newest note was written; null where it has none. */
  readonly noteAt: number | null;
  /** A panel that shares it and has a tone. */
  readonly guild: { readonly name: string; readonly tone: Tone } | null;
}

/** The tone of a loop: what a panel declared, else the first rule that fits (`docs/GLOBE.md`). Pure. */
export function loopTone(signs: LoopSigns, now: number): ToneFound {
  const { guild } = signs;
  if (guild) return { tone: guild.tone, declared: true, words: `declared by the panel ${guild.name}` };
  const [tone, words] = closedTone(signs) ?? openTone(signs, now);
  return { tone, declared: false, words };
}

type Rule = readonly [Tone, string];

function closedTone({ status }: LoopSigns): Rule | null {
  if (status === 'blessed') return ['calm', 'signed off'];
  if (status === 'merged') return ['calm', 'merged'];
  if (status === 'dropped') return ['weary', 'given up'];
  return null;
}

function openTone(signs: LoopSigns, now: number): Rule {
  const { status, source, facts, createdAt, touchedAt } = signs;
  const idle = now - touchedAt;
  if ((facts.conflicts ?? 0) > 0) return ['tense', count(facts.conflicts!, 'conflict')];
  if (source === 'failing_test') return ['tense', 'a test fails'];
  if (signs.drifting) return ['tense', 'left its scope'];
  if (status === 'deferred') return ['weary', 'put off'];
  if (status === 'stale' || idle >= IDLE) return ['weary', `untouched for ${duration(idle)}`];
  if (signs.parent) return ['playful', 'split from another thread'];
  if (source === 'stash') return ['playful', 'set aside in a stash'];
  const busy = workOf(signs, now);
  if (idle < FRESH && busy !== null) return ['focused', busy];
  if (status === 'proposed' || now - createdAt < NEW)
    return ['curious', status === 'proposed' ? 'found, not yet taken up' : 'new'];
  return ['calm', 'nothing presses'];
}

/** What shows that somebody is at it; null where nothing does. */
function workOf({ facts, noteAt, touchedAt }: LoopSigns, now: number): string | null {
  if ((facts.uncommittedFiles ?? 0) > 0) return `${count(facts.uncommittedFiles!, 'file')} in work`;
  if ((facts.ahead ?? 0) > 0) return `${count(facts.ahead!, 'commit')} ahead`;
  if (noteAt !== null && now - noteAt < FRESH) return 'noted lately';
  return facts.current ? `at it ${duration(now - touchedAt)} ago` : null;
}

export interface RecordSigns {
  readonly kind: MemoryKind;
  readonly declared: Tone | null;
  readonly at: number;
  readonly asks: boolean;
  readonly pinned: boolean;
  readonly looks: number;
  /** When it was looked at last; null: never. */
  readonly lookedAt: number | null;
  readonly closed: boolean;
}

/** The tone of a record: declared with it, else the first rule that fits (`docs/GLOBE.md`). Pure. */
export function recordTone(signs: RecordSigns, now: number): ToneFound {
  if (signs.declared) return { tone: signs.declared, declared: true, words: 'declared' };
  const [tone, words] = inferred(signs, now);
  return { tone, declared: false, words };
}

function inferred({ kind, at, asks, pinned, looks, lookedAt, closed }: RecordSigns, now: number): Rule {
  if (closed) return ['weary', 'holds no more'];
  if (pinned) return ['focused', 'pinned'];
  if (kind === 'hypothesis') return ['curious', 'not sure yet'];
  if (asks) return ['curious', 'a question'];
  if (kind === 'dream') return ['playful', 'put together at night'];
  const since = now - Math.max(at, lookedAt ?? 0);
  if (since >= FADED) return ['weary', `not looked at for ${duration(since)}`];
  if (looks >= 3) return ['focused', `looked up ${count(looks, 'time')}`];
  if (now - at < FRESH) return kind === 'decision' ? ['calm', 'just settled'] : ['focused', 'of these days'];
  if (kind === 'observation') return ['curious', 'an observation'];
  return ['calm', kind === 'decision' ? 'settled' : 'kept'];
}
