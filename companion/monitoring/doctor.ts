import type { z } from 'zod';
import type { doctorReport } from '../protocol/index.ts';

type Report = z.output<typeof doctorReport>;
type Check = Report['checks'][number];

/** What a check-up looks at; measured by the caller. */
export interface Vitals {
  nodeVersion: string;
  git: { version: string } | { problem: string };
  dataDirectory: string;
  readOnly: boolean;
  freeMb: number;
  warnFreeMb: number;
  /** What is wrong with the store, or null. */
  damage: string | null;
  lastBackupAt: number | null;
  now: number;
  workspaces: readonly { name: string; notes: readonly string[] }[];
}

const DAY = 24 * 60 * 60 * 1000;

/** Turns measurements into findings, each with what to do. Pure. */
export function examine(vitals: Vitals): Report {
  const checks: Check[] = [];
  const add = (name: string, result: Check['result'], message: string) =>
    checks.push({ name, result, message });
  add('runtime', 'ok', `Node ${vitals.nodeVersion}.`);
  if ('version' in vitals.git) add('git', 'ok', `git ${vitals.git.version}.`);
  else add('git', 'failed', vitals.git.problem);
  if (vitals.damage === null) add('store', 'ok', `Sound, in ${vitals.dataDirectory}.`);
  else add('store', 'failed', `Damaged: ${vitals.damage}. Restore a backup: \`progeny restore\`.`);
  const free = `${Math.floor(vitals.freeMb).toLocaleString('en')} MB free`;
  if (vitals.readOnly)
    add(
      'disk',
      'failed',
      `Nothing can be stored (${free}). Free some space or make ${vitals.dataDirectory} writable.`,
    );
  else if (vitals.freeMb < vitals.warnFreeMb) add('disk', 'warning', `Only ${free}.`);
  else add('disk', 'ok', `${free}.`);
  if (vitals.lastBackupAt === null)
    add(
      'backup',
      'warning',
      'There is none yet; the first is taken within the hour, or now with `progeny backup`.',
    );
  else {
    const days = (vitals.now - vitals.lastBackupAt) / DAY;
    add(
      'backup',
      days > 2 ? 'warning' : 'ok',
      `The newest is ${days < 1 ? 'from today' : `${Math.floor(days)} days old`}.`,
    );
  }
  for (const { name, notes } of vitals.workspaces) {
    add(`workspace ${name}`, notes.length > 0 ? 'warning' : 'ok', notes.join(' ') || 'Sensed and read.');
  }
  return { checks };
}
