import { statfs } from 'node:fs/promises';
import os from 'node:os';

/** The load of the machine at one moment. `null`: unknown here. */
export interface SystemSample {
  readonly at: number;
  /** Share of all cores that was busy since the sample before, percent. */
  readonly cpu: number | null;
  /** Share of memory in use, percent. */
  readonly memory: number;
  /** Charge in percent; null without a battery. */
  readonly battery: number | null;
  readonly onBattery: boolean;
  /** Free for this user on the disk of the workspace and of the data directory, MB. */
  readonly diskWorkspace: number | null;
  readonly diskData: number | null;
}

export interface BatteryState {
  readonly percent: number | null;
  readonly onBattery: boolean;
}

/** What the edge reads; tests give their own. None of it starts a program on Linux. */
export interface SystemReaders {
  /** Busy and total ticks of all cores since the machine started. */
  cpuTicks(): { busy: number; total: number };
  memoryPercent(): number;
  battery(): Promise<BatteryState>;
  freeMb(folder: string): Promise<number | null>;
}

/**
 * The processor and memory come from `node:os`: systeminformation's `currentLoad` starts a shell for each sample
 * on Linux. Its `battery` reads files there; elsewhere it starts a program, see `BATTERY_EVERY`.
 */
export const systemReaders: SystemReaders = {
  cpuTicks() {
    let [busy, total] = [0, 0];
    for (const { times } of os.cpus()) {
      const used = times.user + times.nice + times.sys + times.irq;
      busy += used;
      total += used + times.idle;
    }
    return { busy, total };
  },
  memoryPercent: () => Math.round((1 - os.freemem() / os.totalmem()) * 100),
  async battery() {
    const { battery } = await import('systeminformation');
    const { hasBattery, percent, acConnected } = await battery();
    return { percent: hasBattery ? Math.round(percent) : null, onBattery: hasBattery && !acConnected };
  },
  async freeMb(folder) {
    const found = await statfs(folder).catch(() => null);
    return found && Math.floor((found.bavail * found.bsize) / 2 ** 20);
  },
};

/** Why the machine is short of something. A busy processor is no reason: builds keep it busy (systems.md §1). */
export function shortages(sample: SystemSample, warnFreeMb: number): ('memory' | 'battery' | 'disk')[] {
  const disks = [sample.diskWorkspace, sample.diskData].filter((free) => free !== null);
  return [
    ...(sample.memory >= 95 ? ['memory' as const] : []),
    ...(sample.onBattery && (sample.battery ?? 100) <= 10 ? ['battery' as const] : []),
    ...(disks.some((free) => free < warnFreeMb) ? ['disk' as const] : []),
  ];
}
