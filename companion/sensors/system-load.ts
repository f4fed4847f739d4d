import type { Clock, Disposable, Logger } from '../kernel/index.ts';
import { type BatteryState, type SystemReaders, type SystemSample, systemReaders } from './system-sample.ts';

/** On battery samples are this many times rarer. */
const SLOWER_ON_BATTERY = 4;
/** Where reading the battery starts a program it is read with every n-th sample only. */
const BATTERY_EVERY = process.platform === 'linux' ? 1 : 20;

interface SystemLoadOptions {
  readonly workspace: string;
  /** Where the companion keeps its data; its free disk is read too. */
  readonly dataDirectory?: string | undefined;
  /** `settings.sensors.systemSeconds` */
  readonly seconds: number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onSample: (sample: SystemSample) => void;
  readonly readers?: SystemReaders;
}

/** Samples the machine, one sample at a time, first at once. */
export function startSystemLoad(options: SystemLoadOptions): Disposable {
  const { workspace, dataDirectory, seconds, clock, logger, onSample, readers = systemReaders } = options;
  let ended = false;
  let timer: Disposable | null = null;
  let ticks: { busy: number; total: number } | null = null;
  let battery: BatteryState = { percent: null, onBattery: false };
  let count = 0;

  const sample = async (): Promise<SystemSample> => {
    if (count++ % BATTERY_EVERY === 0) battery = await readers.battery();
    const now = readers.cpuTicks();
    const passed = ticks ? now.total - ticks.total : 0;
    const cpu = ticks && passed > 0 ? Math.round(((now.busy - ticks.busy) / passed) * 100) : null;
    ticks = now;
    return {
      at: clock.now(),
      cpu,
      memory: readers.memoryPercent(),
      battery: battery.percent,
      onBattery: battery.onBattery,
      diskWorkspace: await readers.freeMb(workspace),
      diskData: dataDirectory === undefined ? null : await readers.freeMb(dataDirectory),
    };
  };

  const run = async () => {
    try {
      const taken = await sample();
      if (!ended) onSample(taken);
    } catch (error) {
      logger.warn({ error }, 'the load of the machine cannot be read');
    }
    if (ended) return;
    timer = clock.after(seconds * 1000 * (battery.onBattery ? SLOWER_ON_BATTERY : 1), () => void run());
  };
  void run();
  return {
    dispose() {
      ended = true;
      timer?.dispose();
    },
  };
}
