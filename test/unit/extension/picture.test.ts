import assert from 'node:assert/strict';
import type { Api } from '../../../companion/client/index.ts';
import { Listeners, silentLogger, VirtualClock } from '../../../companion/kernel/index.ts';
import type { Loop, Status } from '../../../companion/protocol/index.ts';
import type { Link } from '../../../extension/link/link.ts';
import { Picture } from '../../../extension/picture/picture.ts';
import { loop, NOW, status, workspace } from './samples.ts';

class Source {
  link: Link = { state: 'connected' };
  readonly status = null;
  readonly links = new Listeners<Link>();
  readonly statuses = new Listeners<Status>();
  readonly events = new Listeners<void>();
  loops: Loop[] | Error = [loop()];
  next: string | Error = 'Commit.';
  calls = 0;

  readonly api = {
    loops: {
      list: async ({ workspace }: { workspace: string }) => {
        this.calls++;
        if (this.loops instanceof Error) throw this.loops;
        return this.loops.filter((one) => one.workspace === workspace);
      },
    },
    whispers: { list: async () => [] },
    drift: { list: async () => [] },
    brief: {
      get: async () => {
        if (this.next instanceof Error) throw this.next;
        return { next: [{ text: this.next }] };
      },
    },
  } as unknown as Api;

  onChange = (listener: (link: Link) => void) => this.links.add(listener);
  onStatus = (listener: (status: Status) => void) => this.statuses.add(listener);
  onEvent = (listener: () => void) => this.events.add(listener);
}

const folders = [{ path: '/home/ana/atlas', name: 'atlas' }];

function setup() {
  const source = new Source();
  const clock = new VirtualClock(NOW);
  const picture = new Picture(source, () => folders, clock, silentLogger);
  const pass = async (ms: number) => {
    clock.advance(ms);
    for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
  };
  return { source, clock, picture, pass };
}

describe('the picture of a window', () => {
  it('is read once for a burst of events', async () => {
    const { source, picture, pass } = setup();
    for (let i = 0; i < 50; i++) source.events.tell();
    await pass(500);
    assert.equal(source.calls, 1);
    assert.deepEqual(picture.loops, [{ ...folders[0], loops: [loop()], whispers: [], drift: [] }]);
    assert.equal(picture.next, 'Commit.');
    assert.equal(picture.at, NOW + 500);
  });

  it('is read again when a status says that the loops changed, and only then', async () => {
    const { source, pass } = setup();
    source.statuses.tell(status());
    await pass(500);
    source.statuses.tell(status({ clients: 5 }));
    await pass(500);
    assert.equal(source.calls, 1);
    source.statuses.tell(status({ workspaces: [workspace({ openLoops: 9 })] }));
    await pass(500);
    assert.equal(source.calls, 2);
  });

  it('[F3] stays while the companion is being restarted, and goes when it rests', async () => {
    const { source, picture, pass } = setup();
    picture.refresh();
    await pass(500);
    source.links.tell({ state: 'lost', problem: 'x' });
    assert.equal(picture.loops.length, 1);
    source.links.tell({ state: 'stopped', problem: 'x' });
    assert.deepEqual([picture.loops, picture.next, picture.at], [[], null, null]);
  });

  it('shows the loops though there is no brief, and keeps them when a reading fails', async () => {
    const { source, picture, pass } = setup();
    source.next = new Error('not_found');
    picture.refresh();
    await pass(500);
    assert.equal(picture.next, null);
    source.loops = new Error('rate_limited');
    picture.refresh();
    await pass(500);
    assert.equal(picture.loops.length, 1);
  });

  it('tells nothing after it was disposed', async () => {
    const { source, picture, pass } = setup();
    let told = 0;
    picture.onChange(() => told++);
    picture.refresh();
    picture.dispose();
    source.events.tell();
    source.statuses.tell(status());
    await pass(500);
    assert.deepEqual([told, source.calls], [0, 0]);
  });
});
