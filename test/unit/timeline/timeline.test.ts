import assert from 'node:assert/strict';
import { silentLogger, VirtualClock } from '../../../companion/kernel/index.ts';
import { defaultSettings } from '../../../companion/protocol/index.ts';
import type { ActivitySpan, SensorRow } from '../../../companion/sensors/index.ts';
import {
  commitEvents,
  forgetOldTimeline,
  noneTold,
  noSensed,
  sensedRows,
  sensedSpans,
  standingEvents,
  Timeline,
  toldOf,
  type WorkEvent,
} from '../../../companion/timeline/index.ts';
import { addLoop, openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const NOON = Date.UTC(2026, 2, 2, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const workspace = 'ws_test';

async function keeping() {
  const folder = temporaryFolder();
  const store = await openStore(folder.path, { clock: new VirtualClock(NOON) });
  addLoop(store, 'loop_1');
  return {
    mind: store.mind,
    timeline: new Timeline({ mind: store.mind, logger: silentLogger }),
    [Symbol.dispose]() {
      store.close();
      folder[Symbol.dispose]();
    },
  };
}

const commit = (at: number, id: string, own = true): WorkEvent => ({
  at,
  workspace,
  kind: 'commit',
  commit: id,
  own,
  branch: 'main',
  files: ['a.ts'],
  insertions: 3,
  deletions: 1,
});
const test = (at: number): WorkEvent => ({ at, workspace, kind: 'test', passed: true, name: 'unit' });

describe('timeline', () => {
  it('gives back what was added, oldest first, by workspace, kind and time', async () => {
    using t = await keeping();
    const told: WorkEvent[] = [];
    t.timeline.appended.add((events) => told.push(...events));
    const events = [test(NOON), commit(NOON - HOUR, 'abcdef01'), test(NOON - 2 * HOUR)];
    t.timeline.append(events);
    const sorted = [...events].sort((a, b) => a.at - b.at);
    assert.deepEqual(t.timeline.read(), sorted);
    assert.deepEqual(told, sorted);
    assert.deepEqual(t.timeline.read({ workspace, kinds: ['test'], since: NOON }), [test(NOON)]);
    assert.deepEqual(t.timeline.read({ until: NOON, limit: 1 }), [commit(NOON - HOUR, 'abcdef01')]);
    assert.deepEqual(t.timeline.lastSigns(NOON), [test(NOON - 2 * HOUR)]);
  });

  it('holds a commit once, and tells of it once', async () => {
    using t = await keeping();
    t.timeline.append([commit(NOON, 'abcdef01')]);
    let told = 0;
    t.timeline.appended.add((events) => {
      told += events.length;
    });
    t.timeline.append([commit(NOON + 5, 'abcdef01'), commit(NOON, 'abcdef02')]);
    assert.equal(t.timeline.read().length, 2);
    assert.equal(told, 1);
  });

  it('lets go of what is older than it is to be kept, and of all with its workspace', async () => {
    using t = await keeping();
    t.timeline.append([test(NOON - 181 * DAY), test(NOON - 179 * DAY)]);
    forgetOldTimeline(t.mind, defaultSettings.sensors, NOON);
    assert.deepEqual(t.timeline.read(), [test(NOON - 179 * DAY)]);
    t.mind.transact((tx) => {
      tx.run('DELETE FROM workspaces WHERE id = ?', workspace);
      tx.emit({ type: 'workspace.forgotten', subject: workspace });
    });
    assert.deepEqual(t.timeline.read(), []);
  });

  it('what cannot be written is told to nobody and throws at nobody', async () => {
    using t = await keeping();
    let told = 0;
    t.timeline.appended.add(() => told++);
    t.timeline.append([{ ...test(NOON), workspace: 'ws_of_nobody' }]);
    assert.equal(told, 0);
  });
});

describe('timeline/sensed', () => {
  const row = (kind: SensorRow['kind'], n: number, file: string | null = null): SensorRow => ({
    at: NOON,
    workspace: '/test',
    kind,
    file,
    branch: 'main',
    n,
  });
  const span = (
    kind: ActivitySpan['kind'],
    file: string,
    ended: number,
    more: Partial<ActivitySpan> = {},
  ) => ({
    id: `span_${file}`,
    workspace: '/test',
    kind,
    file,
    branch: 'main',
    started: ended,
    ended,
    edits: 1,
    saves: 0,
    files: 1,
    ...more,
  });
  const context = { workspace, warnFreeMb: 2048 };

  it('takes from the rows what is about the work, and the disk when it turns low and when it recovers', () => {
    const rows = [
      row('cpu', 100),
      row('switch', 900, 'a.ts'),
      row('errors', 3),
      row('focus', 0),
      row('debug', 1),
      row('branch', 1),
      row('test_failed', 1),
      row('disk_workspace', 90_000),
      row('disk_workspace', 1500),
      row('disk_workspace', 1400),
      row('disk_workspace', 5000),
    ];
    const at = { at: NOON, workspace };
    const disk = { ...at, kind: 'risk', what: 'disk', subject: 'disk' };
    assert.deepEqual(sensedRows(noSensed, rows, context).events, [
      { ...at, kind: 'switch', file: 'a.ts', ms: 900 },
      { ...at, kind: 'errors', count: 3 },
      { ...at, kind: 'focus', focused: false },
      { ...at, kind: 'debug', active: true },
      { ...at, kind: 'branch', branch: 'main' },
      { ...disk, since: null },
      { ...disk, since: NOON },
      { ...disk, since: null },
    ]);
  });

  it('tells an edit once a minute, from saves, and from typing only where it goes on without a save', () => {
    const first = sensedSpans(
      noSensed,
      [span('file', 'a.ts', NOON), span('editor', 'b.ts', NOON)],
      workspace,
    );
    assert.deepEqual(
      first.events.map((event) => event.kind === 'edit' && event.file),
      ['a.ts'],
    );
    const later = [
      span('file', 'a.ts', NOON + 30_000),
      span('editor', 'b.ts', NOON + 61_000, { started: NOON }),
      span('editor', 'c.ts', NOON + 61_000, { started: NOON, edits: 0 }),
      { ...span('storm', '', NOON), file: null },
    ];
    const second = sensedSpans(first.state, later, workspace);
    assert.deepEqual(
      second.events.map((event) => event.kind === 'edit' && event.file),
      ['b.ts'],
    );
    assert.equal(
      sensedSpans(second.state, [span('file', 'a.ts', NOON + 60_000)], workspace).events.length,
      1,
    );
  });
});

describe('timeline/standing', () => {
  const loop = (touchedAt: number, more = {}) => ({
    id: 'loop_1',
    status: 'open' as const,
    touchedAt,
    facts: { uncommittedFiles: 2, uncommittedSince: NOON - HOUR },
    ...more,
  });

  it('tells of a loop and its risk at first, when something is new, and once a day', () => {
    const first = standingEvents(noneTold, [loop(NOON)], workspace, NOON);
    assert.deepEqual(
      first.events.map(({ kind }) => kind),
      ['loop', 'risk'],
    );
    assert.deepEqual(toldOf(first.events), first.told);
    const again = (told: typeof first.told, loops: Parameters<typeof standingEvents>[1], now: number) =>
      standingEvents(told, loops, workspace, now).events.map((event) =>
        event.kind === 'loop' ? event.status : event.kind === 'risk' ? event.since : null,
      );
    assert.deepEqual(again(first.told, [loop(NOON + 5 * 60_000)], NOON + HOUR), [], 'a touch of minutes');
    assert.deepEqual(again(first.told, [loop(NOON + HOUR)], NOON + HOUR), ['open']);
    assert.deepEqual(again(first.told, [loop(NOON)], NOON + DAY), ['open', NOON - HOUR]);
    assert.deepEqual(again(first.told, [loop(NOON, { status: 'dropped' })], NOON + HOUR), ['dropped', null]);
    assert.deepEqual(again(first.told, [], NOON + HOUR), ['withdrawn', null]);
    const over = standingEvents(first.told, [], workspace, NOON + HOUR).told;
    assert.deepEqual(again(over, [], NOON + 3 * DAY), [], 'what is over is over');
  });
});

describe('timeline/commits', () => {
  const read = (commit: string, authoredAt: number, email = 'me@example.org') => ({
    commit,
    parents: [],
    author: 'Me',
    email,
    authoredAt,
    committedAt: NOON,
    subject: '',
    files: ['a.ts'],
    insertions: 1,
    deletions: 0,
  });
  const context = {
    workspace,
    branch: 'main',
    own: ({ email }: { email: string }) => email === 'me@example.org',
    now: NOON,
  };

  it('are of the time when they were written; written anew they are the same work', () => {
    const events = commitEvents(
      [read('aaaaaaa2', NOON - HOUR), read('aaaaaaa1', NOON - 2 * HOUR), read('aaaaaaa3', NOON - HOUR)],
      [commit(NOON - 2 * HOUR, 'aaaaaaa0')],
      context,
    );
    assert.deepEqual(
      events.map((event) => [event.commit, event.at]),
      [['aaaaaaa2', NOON - HOUR]],
    );
    const foreign = commitEvents([read('bbbbbbb1', NOON + DAY, 'you@example.org')], [], context);
    assert.deepEqual(
      foreign.map(({ own, at }) => [own, at]),
      [[false, NOON]],
    );
  });
});
