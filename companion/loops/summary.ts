import { ago, count, duration } from '../kernel/index.ts';
import type { LoopFacts, LoopSource } from '../protocol/index.ts';

interface Summarised {
  source: LoopSource;
  facts: LoopFacts;
  touchedAt: number;
  createdAt: number;
  context: string;
}

/** What is open about a loop, in one plain sentence without its name; as of `now`. Pure. */
export function summarise(loop: Summarised, now: number): string {
  const { facts } = loop;
  const parts: string[] = [];
  if (facts.conflicts) parts.push(`${count(facts.conflicts, 'file')} in conflict`);
  if (loop.source === 'todo') return todoSummary(loop, now);
  if (loop.source === 'stash')
    return `${count(facts.uncommittedFiles ?? 0, 'file')} set aside ${ago(loop.createdAt, now)}`;
  if (facts.uncommittedFiles) {
    const size =
      facts.insertions || facts.deletions ? `, +${facts.insertions ?? 0} −${facts.deletions ?? 0}` : '';
    const age = facts.uncommittedSince ? ` (${duration(now - facts.uncommittedSince)})` : '';
    parts.push(`${count(facts.uncommittedFiles, 'file')} uncommitted${size}${age}`);
  }
  if (facts.unpushed) {
    const age = facts.unpushedSince ? ` (${duration(now - facts.unpushedSince)})` : '';
    parts.push(`${count(facts.unpushed, 'commit')} not pushed${age}`);
  } else if (facts.ahead) parts.push(`${count(facts.ahead, 'commit')} ahead`);
  if (facts.behind) parts.push(`${facts.behind} behind`);
  if (!facts.current && loop.source === 'branch') parts.push(`last touched ${ago(loop.touchedAt, now)}`);
  if (parts.length > 0) return parts.join(', ');
  if (loop.source === 'branch')
    return facts.current ? 'checked out, nothing on it yet' : `last touched ${ago(loop.touchedAt, now)}`;
  return `${loop.source === 'whisper' ? 'noted' : 'opened'} ${ago(loop.createdAt, now)}`;
}

function todoSummary({ facts, touchedAt }: Summarised, now: number): string {
  if (facts.changesSince === undefined) return `file changed ${ago(touchedAt, now)}`;
  const written =
    facts.writtenAt === undefined ? 'not committed yet' : `${duration(now - facts.writtenAt)} old`;
  const by = facts.author === undefined ? '' : ` by ${facts.author}`;
  const since = facts.changesSince > 0 ? `, file changed ${count(facts.changesSince, 'time')} since` : '';
  return `${written}${by}${since}`;
}
