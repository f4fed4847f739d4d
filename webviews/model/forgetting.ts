import type { Forgotten } from '../../companion/protocol/index.ts';
import { stamp } from './time.ts';
import { count } from './words.ts';

type Counts = Pick<Forgotten, 'memories' | 'whispers' | 'decisions' | 'derived'> &
  Partial<Pick<Forgotten, 'runs'>>;

/** "2 memories, and with them 1 note and 1 summary": all that goes. */
export function whatGoes({ memories, runs = 0, ...beside }: Counts): string {
  const others = listed([
    beside.whispers > 0 && count(beside.whispers, 'note'),
    beside.decisions > 0 && count(beside.decisions, 'decision'),
    beside.derived > 0 && count(beside.derived, 'summary', 'summaries'),
    runs > 0 && count(runs, 'run of delegated work', 'runs of delegated work'),
  ]);
  const them = memories === 1 ? 'it' : 'them';
  return `${count(memories, 'memory', 'memories')}${others === '' ? '' : `, and with ${them} ${others}`}`;
}

function listed(parts: readonly (string | false)[]): string {
  const all = parts.filter((part) => part !== false);
  const last = all.pop() ?? '';
  return all.length === 0 ? last : `${all.join(', ')} and ${last}`;
}

/** Until when backups still hold what was forgotten; null where none does. */
export function backupWords(backups: Forgotten['backups'], now: number, zone?: string): string | null {
  if (backups.length === 0) return null;
  const held = count(backups.length, 'backup');
  const verb = backups.length === 1 ? 'holds' : 'hold';
  const untils = backups.map(({ until }) => until);
  const last = untils.some((until) => until === null) ? null : Math.max(...(untils as number[]));
  const end = last === null ? 'until you remove them' : `until ${stamp(last, now, zone)} at most`;
  return `${held} still ${verb} it, ${end}. Restoring one forgets it again.`;
}
