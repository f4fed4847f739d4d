import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import fc from 'fast-check';
import { silentLogger, systemClock, VirtualClock } from '../../../companion/kernel/index.ts';
import { loadRows } from '../../../companion/sensors/load-rows.ts';
import { startSystemLoad } from '../../../companion/sensors/system-load.ts';
import {
  type SystemReaders,
  type SystemSample,
  shortages,
  systemReaders,
} from '../../../companion/sensors/system-sample.ts';
import { eventually, NOON, turns } from './support.ts';

const sample = (more: Partial<SystemSample> = {}): SystemSample => ({
  ...{ at: NOON, cpu: 10, memory: 50, battery: null, onBattery: false },
  ...{ diskWorkspace: 50_000, diskData: 50_000 },
  ...more,
});

function readers(more: Partial<SystemReaders> = {}): SystemReaders {
  let ticks = 0;
  return {
    cpuTicks: () => ({ busy: ++ticks * 25, total: ticks * 100 }),
    memoryPercent: () => 40,
    battery: async () => ({ percent: null, onBattery: false }),
    freeMb: async (folder) => (folder === '/data' ? 900 : 1_800),
    ...more,
  };
}

async function samplesOver(seconds: number, own: SystemReaders): Promise<SystemSample[]> {
  const clock = new VirtualClock(NOON);
  const taken: SystemSample[] = [];
  const load = startSystemLoad({
    ...{ workspace: '/w', dataDirectory: '/data', seconds: 15, clock, logger: silentLogger },
    onSample: (s) => taken.push(s),
    readers: own,
  });
  for (let i = 0; i <= seconds; i += 5) {
    await turns();
    clock.advance(5_000);
  }
  load.dispose();
  clock.advance(600_000);
  await turns();
  return taken;
}

/** Page faults of children that ended: no program runs without one. */
function faultsOfChildren(): number {
  const text = readFileSync('/proc/self/stat', 'latin1');
  return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[8]);
}

describe('sensors: system load', () => {
  // First: what systeminformation read a moment ago it gives again without a program.
  if (process.platform === 'linux') {
    it('[F6] starts no program for a sample on Linux', async () => {
      const before = faultsOfChildren();
      systemReaders.cpuTicks();
      systemReaders.memoryPercent();
      await systemReaders.battery();
      await systemReaders.freeMb(os.tmpdir());
      assert.equal(faultsOfChildren(), before);
      execFileSync('true');
      assert.notEqual(faultsOfChildren(), before, 'the measure shows a program that was started');
    });
  }

  it('samples at once and then every so many seconds', async () => {
    const taken = await samplesOver(60, readers());
    assert.equal(taken.length, 5);
    assert.deepEqual(taken[1], {
      ...{ at: NOON + 15_000, cpu: 25, memory: 40, battery: null, onBattery: false },
      ...{ diskWorkspace: 1_800, diskData: 900 },
    });
    assert.equal(taken[0]?.cpu, null, 'there is no share without a sample before');
  });

  it('samples four times more rarely on battery', async () => {
    const battery = async () => ({ percent: 80, onBattery: true });
    assert.equal((await samplesOver(240, readers({ battery }))).length, 5);
  });

  it('goes on after a reading that failed', async () => {
    let calls = 0;
    const freeMb = async () => {
      if (calls++ === 0) throw new Error('no such disk');
      return 10;
    };
    assert.equal((await samplesOver(60, readers({ freeMb }))).length, 4);
  });

  it('takes a real sample', async () => {
    const taken: SystemSample[] = [];
    const load = startSystemLoad({
      ...{ workspace: os.tmpdir(), dataDirectory: os.tmpdir(), seconds: 3600, clock: systemClock },
      logger: silentLogger,
      onSample: (s) => taken.push(s),
    });
    await eventually(() => assert.equal(taken.length, 1));
    load.dispose();
    const [first] = taken;
    assert.ok(first && (first.diskWorkspace ?? 0) > 0 && first.memory > 0 && first.memory <= 100);
  });

  it('records a figure when it moved, and now and then anyway', () => {
    let { state, rows } = loadRows(new Map(), sample());
    assert.deepEqual(
      rows.map((row) => [row.kind, row.n]),
      [
        ['cpu', 10],
        ['memory', 50],
        ['disk_workspace', 50_000],
        ['disk_data', 50_000],
      ],
    );
    ({ state, rows } = loadRows(state, sample({ at: NOON + 15_000, cpu: 20, memory: 52 })));
    assert.deepEqual(rows, []);
    ({ state, rows } = loadRows(state, sample({ at: NOON + 30_000, cpu: 95, diskData: 44_000 })));
    assert.deepEqual(
      rows.map((row) => row.kind),
      ['cpu', 'disk_data'],
    );
    ({ rows } = loadRows(state, sample({ at: NOON + 3_600_000, cpu: 95, diskData: 44_000 })));
    assert.deepEqual(
      rows.map((row) => row.kind),
      ['memory', 'disk_workspace'],
    );
  });

  it('never counts a busy processor as a shortage', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), (cpu) => {
        assert.deepEqual(shortages(sample({ cpu }), 2_048), []);
      }),
    );
    assert.deepEqual(shortages(sample({ diskData: 2_000 }), 2_048), ['disk']);
    assert.deepEqual(shortages(sample({ memory: 97, battery: 5, onBattery: true }), 2_048), [
      'memory',
      'battery',
    ]);
    assert.deepEqual(shortages(sample({ battery: 5, diskWorkspace: null, diskData: null }), 2_048), []);
  });
});
