import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second in /proc; Linux reports times to programs in this unit on every machine. */
const TICKS_PER_SECOND = 100;

interface Stat {
  readonly pid: number;
  readonly parent: number;
  /** The process's own time and that of its children that ended, ms. */
  readonly cpuMs: number;
}

/** Processor time of a process, its living descendants and its children that ended, in ms. Linux only. */
export function cpuMsOf(pid: number): number {
  return familyOf(pid).reduce((sum, stat) => sum + stat.cpuMs, 0);
}

/** Resident memory of a process and its descendants now, in MB. Linux only. */
export function rssMbOf(pid: number): number {
  return familyOf(pid).reduce((sum, stat) => sum + memory(stat.pid, 'VmRSS'), 0);
}

/** The most resident memory that a process ever had, in MB. Linux only. */
export function peakRssMbOf(pid: number): number {
  return memory(pid, 'VmHWM');
}

function familyOf(pid: number): Stat[] {
  if (process.platform !== 'linux') throw new Error('this benchmark reads /proc and runs on Linux only');
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => read(Number(name)));
  const family = all.filter((stat) => stat.pid === pid);
  for (const member of family) family.push(...all.filter((stat) => stat.parent === member.pid));
  return family;
}

function read(pid: number): Stat[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name in brackets may hold anything; the fields begin after it.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [user, system, deadUser, deadSystem] = fields.slice(11, 15).map(Number);
    const ticks = user! + system! + deadUser! + deadSystem!;
    return [{ pid, parent: Number(fields[1]), cpuMs: (ticks * 1000) / TICKS_PER_SECOND }];
  } catch {
    return [];
  }
}

function memory(pid: number, field: string): number {
  try {
    const line = readFileSync(`/proc/${pid}/status`, 'latin1').match(
      new RegExp(`^${field}:\\s+(\\d+) kB`, 'm'),
    );
    return Number(line?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
