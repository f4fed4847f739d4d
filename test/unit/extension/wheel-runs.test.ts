import assert from 'node:assert/strict';
import type { Api } from '../../../companion/client/index.ts';
import { Listeners, silentLogger, VirtualClock } from '../../../companion/kernel/index.ts';
import type { Event, Status, WheelRun } from '../../../companion/protocol/index.ts';
import { WheelRuns } from '../../../extension/wheel/runs.ts';
import { Stream } from '../../host/support/stream.ts';
import { NOW, status } from './samples.ts';
import { aRun } from './wheel-samples.ts';

const HERE = '/home/ana/atlas';
const settle = async () => {
  for (let i = 0; i < 10; i++) await new Promise((resolve) => setImmediate(resolve));
};

function setup() {
  const clock = new VirtualClock(NOW);
  const changes = new Listeners<void>();
  const statuses = new Listeners<Status>();
  const events = new Listeners<Event>();
  const stored = new Map<string, WheelRun>();
  const told = new Stream<WheelRun>();
  const watched: string[] = [];
  const wheel = {
    list: async ({ workspace }: { workspace: string }) =>
      [...stored.values()].filter((run) => run.workspace === workspace),
    async watch({ id }: { id: string }, { signal }: { signal: AbortSignal }) {
      watched.push(id);
      return told.read(signal);
    },
  };
  const source = {
    api: { wheel } as unknown as Api | null,
    onChange: (listener: () => void) => changes.add(listener),
    onStatus: (listener: (status: Status) => void) => statuses.add(listener),
    onEvent: (listener: (event: Event) => void) => events.add(listener),
  };
  const runs = new WheelRuns(source, () => [HERE], clock, silentLogger);
  const read = async () => {
    clock.advance(100);
    await settle();
  };
  return { clock, changes, statuses, events, stored, told, watched, source, runs, read };
}

describe('the runs of a window', () => {
  it('[A8] are what the companion lists for its folders, and each is followed until it is settled', async () => {
    const { stored, runs, read, watched, told } = setup();
    stored.set('run_1', aRun({ status: 'acting' }));
    stored.set('run_2', aRun({ id: 'run_2', workspace: '/elsewhere', status: 'acting' }));
    stored.set('run_3', aRun({ id: 'run_3', status: 'kept' }));
    await read();
    assert.deepEqual(runs.all.map(({ id }) => id).sort(), ['run_1', 'run_3']);
    assert.deepEqual(watched, ['run_1']);
    told.tell(aRun({ status: 'verifying', changedAt: NOW + 1 }));
    await settle();
    assert.equal(runs.get('run_1')?.status, 'verifying');
    runs.dispose();
  });

  it('take no older picture for a newer one', () => {
    const { runs } = setup();
    runs.put(aRun({ status: 'done', changedAt: NOW + 5 }));
    runs.put(aRun({ status: 'acting', changedAt: NOW + 4 }));
    assert.equal(runs.get('run_1')?.status, 'done');
    runs.put(aRun({ id: 'run_9', workspace: '/elsewhere' }));
    assert.equal(runs.get('run_9'), null);
    runs.dispose();
  });

  it('are looked for anew by an event, and by what the pulse shows', async () => {
    const { stored, runs, read, events, statuses } = setup();
    await read();
    assert.equal(runs.all.length, 0);
    stored.set('run_1', aRun({ status: 'kept' }));
    events.tell({ seq: 1, at: NOW, type: 'loop.opened', subject: 'x', data: {} } as Event);
    await read();
    assert.equal(runs.all.length, 0);
    events.tell({ seq: 2, at: NOW, type: 'wheel.kept', subject: 'run_1', data: {} } as Event);
    await read();
    assert.equal(runs.all.length, 1);
    stored.set('run_2', aRun({ id: 'run_2' }));
    statuses.tell(status({ wheel: { run: 'run_2', sentence: 'x', status: 'previewed' } }));
    await read();
    assert.equal(runs.all.length, 2);
    runs.dispose();
  });

  it('[A5] are nobody’s to tell of once the companion is gone: no countdown stays', async () => {
    const { stored, runs, read, changes, source } = setup();
    stored.set('run_1', aRun({ status: 'counting' }));
    await read();
    let heard = 0;
    runs.onChange(() => heard++);
    source.api = null;
    changes.tell();
    assert.deepEqual([runs.all.length, heard], [0, 1]);
    runs.dispose();
  });
});
