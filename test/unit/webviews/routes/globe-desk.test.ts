import assert from 'node:assert/strict';
import type { Api } from '../../../../companion/client/index.ts';
import type { Event } from '../../../../companion/protocol/index.ts';
import { NO_FILTER } from '../../../../webviews/model/globe/globe-filter.ts';
import { GlobeDesk, type GlobeDeskState } from '../../../../webviews/routes/globe/globe-desk.ts';
import { ScriptedGlobe } from '../../../support/scripted-globe.ts';

const NOW = Date.UTC(2025, 10, 24);

/** A desk over a scripted globe; frames and timers go when the test says so. */
function deskOver(globe: ScriptedGlobe) {
  const timers = new Set<() => void>();
  const frames = new Set<() => void>();
  const calls: string[] = [];
  const states: GlobeDeskState[] = [];
  const touched: number[][] = [];
  let fails = 0;
  const answer = async <T>(name: string, make: () => T): Promise<T> => {
    calls.push(name);
    if (fails > 0) {
      fails--;
      throw Object.assign(new Error('Gone.'), { code: 'not_connected' });
    }
    return make();
  };
  const api = {
    globe: {
      page: (input: { after?: string; limit: number }) => answer('page', () => globe.page(input)),
      points: ({ ids }: { ids: string[] }) => answer(`points ${ids.length}`, () => globe.some(ids)),
    },
    events: {
      list: (input: { since: number; limit: number; types?: string[] }) =>
        answer('events', () => globe.log(input)),
    },
  } as unknown as Api;
  const later = (set: Set<() => void>) => (task: () => void) => {
    set.add(task);
    return { dispose: () => void set.delete(task) };
  };
  const run = async (set: Set<() => void>) => {
    const tasks = [...set];
    set.clear();
    for (const task of tasks) task();
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
  };
  const desk = new GlobeDesk({
    api: () => api,
    clock: { now: () => NOW, after: (_, task) => later(timers)(task), every: () => ({ dispose() {} }) },
    frame: later(frames),
    onChange: (state) => states.push(state),
    onTouch: (indexes) => touched.push([...indexes]),
  });
  return {
    ...{ desk, calls, states, touched, timers, frames },
    frame: () => run(frames),
    second: () => run(timers),
    fail: (times: number) => {
      fails = times;
    },
  };
}

let seq = 100;
const event = (subject: string, type = 'loop.changed', at = NOW): Event => ({
  seq: ++seq,
  at,
  type,
  subject,
  data: {},
});

describe('globe: the desk', () => {
  it('reads page by page, tells how far it is, and ends with all', async () => {
    const globe = new ScriptedGlobe(NOW, '/w', 3500);
    const { desk, states } = deskOver(globe);
    await desk.load();
    assert.equal(desk.model.points.length, 3500);
    const looked = states.map((state) => state.looked);
    assert.deepEqual(
      looked,
      looked.toSorted((a, b) => a - b),
    );
    assert.ok(looked.includes(1000) && looked.includes(3500));
    assert.equal(desk.state.done, true);
  });

  it('goes on where it stopped', async () => {
    const globe = new ScriptedGlobe(NOW, '/w', 3500);
    const { desk, calls, fail } = deskOver(globe);
    const loading = desk.load();
    fail(1);
    await loading;
    assert.equal(desk.state.problem?.kind, 'offline');
    while (!desk.state.done) await desk.load();
    assert.equal(desk.model.points.length, 3500);
    assert.equal(desk.state.problem, null);
    assert.ok(calls.length <= 6, `${calls.length}`);
  });

  it('[W4] what is touched glows in the next frame, all of a frame at once; it is asked for anew once a second', async () => {
    const globe = new ScriptedGlobe(NOW, '/w', 1000);
    const { desk, touched, calls, frame, second } = deskOver(globe);
    await desk.load();
    const ids = desk.model.points.slice(100, 200).map(({ id }) => id);
    for (let n = 0; n < 1000; n++) desk.event(event(ids[n % 100]!, 'memory.changed', NOW + n));
    assert.equal(touched.length, 0);
    await frame();
    assert.equal(touched.length, 1);
    assert.equal(touched[0]!.length, 100);
    assert.equal(calls.filter((call) => call.startsWith('points')).length, 0);
    await second();
    assert.deepEqual(
      calls.filter((call) => call.startsWith('points')),
      ['points 100'],
    );
  });

  it('what is new comes in, what is gone goes, what changed is changed', async () => {
    const globe = new ScriptedGlobe(NOW, '/w', 50);
    const { desk, second } = deskOver(globe);
    await desk.load();
    const [gone, changed] = globe.points;
    const born = { ...globe.points[2]!, id: 'memory_born', title: 'just said' };
    globe.points = [born, { ...changed!, title: 'called otherwise' }, ...globe.points.slice(2)];
    for (const id of [gone!.id, changed!.id, born.id]) desk.event(event(id, 'memory.changed'));
    await second();
    assert.equal(desk.model.find(gone!.id), null);
    assert.equal(desk.model.find(changed!.id)?.title, 'called otherwise');
    assert.equal(desk.model.find('memory_born')?.title, 'just said');
    assert.equal(desk.model.rows.length, 50);
  });

  it('[W4] hidden, it does nothing at all; it catches up when it is seen again', async () => {
    const globe = new ScriptedGlobe(NOW, '/w', 50);
    const { desk, calls, timers, frames, second } = deskOver(globe);
    await desk.load();
    desk.event(event(globe.points[0]!.id));
    desk.setVisible(false);
    assert.equal(timers.size + frames.size, 0);
    const asked = calls.length;
    const missed = event(globe.points[1]!.id, 'memory.changed');
    for (let n = 0; n < 100; n++) desk.event(missed);
    assert.equal(timers.size + frames.size, 0);
    assert.equal(calls.length, asked);
    globe.events = [missed];
    globe.points[1] = { ...globe.points[1]!, title: 'while you looked away' };
    desk.setVisible(true);
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    await second();
    assert.equal(desk.model.find(missed.subject)?.title, 'while you looked away');
  });

  it('reads the past once, by the log', async () => {
    const globe = new ScriptedGlobe(NOW, '/w', 50);
    const loop = globe.points.find(({ kind }) => kind === 'loop')!;
    globe.events = [{ seq: 3, at: loop.createdAt, type: 'loop.proposed', subject: loop.id, data: {} }];
    const { desk, calls } = deskOver(globe);
    await desk.load();
    await Promise.all([desk.remember(), desk.remember()]);
    await desk.remember();
    assert.equal(calls.filter((call) => call === 'events').length, 1);
    assert.equal(desk.state.past, 1);
    desk.model.look({ filter: NO_FILTER, time: loop.createdAt + 1, workspace: null }, NOW);
    assert.equal(desk.model.statusOf(loop), 'proposed');
  });

  it('reads all again when themes were drawn anew, and lets go of what is gone', async () => {
    const globe = new ScriptedGlobe(NOW, '/w', 50);
    const { desk, second } = deskOver(globe);
    await desk.load();
    globe.points = globe.points.slice(10).map((point) => ({ ...point, cluster: 'cluster_other' }));
    desk.event(event('clusters', 'themes.drawn'));
    await second();
    assert.equal(desk.model.points.length, 40);
    assert.ok(desk.model.points.every(({ cluster }) => cluster === 'cluster_other'));
  });

  it('tells nothing after its end', async () => {
    const { desk, states, timers } = deskOver(new ScriptedGlobe(NOW, '/w', 50));
    await desk.load();
    desk.dispose();
    const told = states.length;
    desk.event(event('loop_globe0'));
    await desk.load();
    assert.deepEqual([states.length, timers.size], [told, 0]);
  });
});
