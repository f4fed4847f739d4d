import assert from 'node:assert/strict';
import type { Event, GlobePoint } from '../../../../../companion/protocol/index.ts';
import {
  filterOf,
  filterQuery,
  filterTest,
  type GlobeFilter,
  KINDS,
  NO_FILTER,
  STATES,
} from '../../../../../webviews/model/globe/globe-filter.ts';
import { GlobeModel } from '../../../../../webviews/model/globe/globe-model.ts';
import { TONES } from '../../../../../webviews/model/globe/globe-scene.ts';
import { Replay } from '../../../../../webviews/model/globe/replay.ts';
import { type Dice, diceOf } from '../../../../support/dice.ts';
import { ScriptedGlobe } from '../../../../support/scripted-globe.ts';

const NOW = Date.UTC(2025, 10, 24);
const DAY = 86_400_000;
const HERE = '/home/dev/atlas';
const NONE = { filter: NO_FILTER, time: null, workspace: HERE };

const pointsOf = (count: number) => new ScriptedGlobe(NOW, HERE, count).points;
function modelOf(points: readonly GlobePoint[]): GlobeModel {
  const model = new GlobeModel();
  model.merge(points, [], NOW);
  return model;
}

/** The list must be exactly what the columns show, in their order. */
function sayTheSame(model: GlobeModel): void {
  const { count, ids, titles, shown } = model.columns;
  assert.equal(count, model.points.length);
  assert.deepEqual(
    ids,
    model.points.map(({ id }) => id),
  );
  assert.deepEqual(
    titles,
    model.points.map(({ title }) => title),
  );
  assert.deepEqual(
    model.rows.map((index) => model.points[index]!.id),
    ids.filter((_, index) => shown[index] === 1),
  );
}

function anyFilter(dice: Dice): GlobeFilter {
  const some = (share: number) => dice.share() < share;
  return {
    text: some(0.2) ? 'clock' : '',
    tones: some(0.4) ? TONES.filter(() => some(0.5)) : [],
    kind: some(0.4) ? dice.among(KINDS) : 'any',
    state: some(0.3) ? dice.among(STATES) : 'any',
    theme: some(0.3) ? dice.among(['cluster_clock', 'cluster_docs', 'none']) : '',
    panel: some(0.1) ? 'guild_release' : '',
    here: some(0.3),
  };
}

function eventOf(seq: number, at: number, point: GlobePoint, dice: Dice): Event {
  const loop = point.kind === 'loop';
  const type = loop ? dice.among(['loop.changed', 'whisper.added', 'loop.finished']) : 'memory.changed';
  const status = dice.among(['open', 'deferred', 'blessed']);
  const data: Event['data'] = type === 'whisper.added' ? { loop: point.id } : { status };
  return { seq, at, type, subject: type === 'whisper.added' ? 'whisper_1' : point.id, data };
}

describe('globe: the model', () => {
  it('[W8] list and columns hold the same points in the same order under any filters, times, events and changes', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const dice = diceOf(seed);
      const all = pointsOf(60 + dice.below(80));
      const model = modelOf(all.slice(0, 40));
      for (let turn = 0; turn < 25; turn++) {
        const now = NOW + turn * 1000;
        const act = dice.below(6);
        const some = Array.from({ length: 1 + dice.below(6) }, () => dice.among(all));
        if (act === 0) model.merge(some, [], now);
        else if (act === 1)
          model.merge(
            [],
            some.map(({ id }) => id),
            now,
          );
        else if (act === 2)
          model.update(
            some.map((point) => ({ ...point, tone: dice.among(TONES), title: `t${turn}` })),
            now,
          );
        else if (act === 3) model.touch(new Map(some.map(({ id }) => [id, now])));
        else if (act === 4)
          model.replay.add(
            some.map((point, n) => eventOf(turn * 10 + n, NOW - dice.below(100) * DAY, point, dice)),
          );
        const time = dice.share() < 0.5 ? null : NOW - dice.below(130) * DAY;
        if (act !== 3 || dice.share() < 0.5)
          model.look({ filter: anyFilter(dice), time, workspace: HERE }, now);
        sayTheSame(model);
      }
    }
  });

  it('[W8] shows exactly what fits, the newest first', () => {
    const model = modelOf(pointsOf(300));
    const filter: GlobeFilter = { ...NO_FILTER, tones: ['weary', 'curious'], theme: 'cluster_parser' };
    model.look({ ...NONE, filter }, NOW);
    const fits = filterTest(filter, HERE, ({ status }) => status);
    const wanted = model.points.filter(fits);
    assert.ok(wanted.length > 2);
    assert.deepEqual(
      model.rows.map((index) => model.points[index]!.id),
      wanted.map(({ id }) => id),
    );
    const times = model.points.map(({ touchedAt }) => touchedAt);
    assert.deepEqual(
      times,
      times.toSorted((a, b) => b - a),
    );
  });

  it('a touched point glows at its place in the order, and nothing else changes', () => {
    const model = modelOf(pointsOf(200));
    const { columns } = model;
    const before = { glows: columns.glows.slice(), ids: [...columns.ids] };
    const id = model.points[150]!.id;
    const changed = model.touch(
      new Map([
        [id, NOW],
        ['loop_unknown', NOW],
        [model.points[3]!.id, 5],
      ]),
    );
    assert.deepEqual(changed, [150]);
    assert.equal(model.columns, columns);
    assert.deepEqual(columns.ids, before.ids);
    assert.ok(columns.glows[150]! > before.glows[150]! && columns.glows[150]! >= 0.59);
    for (const index of [0, 149, 151]) assert.equal(columns.glows[index], before.glows[index]);
  });

  it('a touch does not bring back what a filter hides, and changes no picture of the past', () => {
    const model = modelOf(pointsOf(100));
    const hidden = model.points.findIndex(({ kind }) => kind !== 'loop');
    model.look({ ...NONE, filter: { ...NO_FILTER, kind: 'loop' } }, NOW);
    model.touch(new Map([[model.points[hidden]!.id, NOW + 1]]));
    assert.equal(model.columns.shown[hidden], 0);
    sayTheSame(model);
    model.look({ ...NONE, time: NOW - 20 * DAY }, NOW);
    const glows = model.columns.glows.slice();
    assert.deepEqual(model.touch(new Map(model.points.map(({ id }) => [id, NOW + 5]))), []);
    assert.deepEqual(model.columns.glows, glows);
  });

  it('at a time, there is what existed then', () => {
    const model = modelOf(pointsOf(200));
    const time = NOW - 30 * DAY;
    model.look({ ...NONE, time }, NOW);
    assert.deepEqual(
      model.rows.map((index) => model.points[index]!.id),
      model.points.filter(({ createdAt }) => createdAt <= time).map(({ id }) => id),
    );
    model.look({ ...NONE, time, filter: { ...NO_FILTER, state: 'done' } }, NOW);
    for (const index of model.rows) assert.ok(model.points[index]!.endedAt! <= time);
  });

  it('ties stand between points that are both shown', () => {
    const globe = new ScriptedGlobe(NOW, HERE, 200);
    const model = modelOf(globe.points);
    const all = model.arcs(globe.ties);
    assert.equal(all.length, globe.ties.length);
    const { from } = globe.ties[0]!;
    const tone = model.find(from)!.tone;
    model.look({ ...NONE, filter: { ...NO_FILTER, tones: TONES.filter((each) => each !== tone) } }, NOW);
    const left = model.arcs(globe.ties);
    assert.ok(left.length < all.length);
    for (const arc of left)
      assert.ok(model.columns.shown[arc.from] === 1 && model.columns.shown[arc.to] === 1);
    assert.deepEqual(model.arcs([{ from: 'loop_gone', to: from, kind: 'fork', strength: 1, words: '' }]), []);
  });

  it('pulses for drift and for a new blessing', () => {
    const [one, two, three] = pointsOf(60).filter(({ kind }) => kind === 'loop');
    const model = modelOf([
      { ...one!, status: 'open', endedAt: null, drifting: true, touchedAt: NOW - 3 },
      { ...two!, status: 'blessed', endedAt: NOW - DAY, touchedAt: NOW - DAY, drifting: false },
      { ...three!, status: 'blessed', endedAt: NOW - 9 * DAY, touchedAt: NOW - 9 * DAY, drifting: false },
    ]);
    assert.deepEqual([...model.columns.pulses], [1, 1, 0]);
  });
});

describe('globe: the past', () => {
  const loop = {
    ...pointsOf(10)[0]!,
    id: 'loop_1',
    kind: 'loop' as const,
    createdAt: 100,
    touchedAt: 900,
    status: 'blessed' as const,
    endedAt: 900,
  };
  const row = (at: number, type: string, data: Event['data'] = {}): Event => ({
    seq: at,
    at,
    type,
    subject: loop.id,
    data,
  });

  it('a loop that is closed, opened again and closed is open in between', () => {
    const replay = new Replay();
    replay.add([
      row(100, 'loop.opened'),
      row(300, 'loop.changed', { status: 'deferred' }),
      row(400, 'loop.changed', { status: 'blessed' }),
      row(600, 'loop.changed', { status: 'open' }),
      row(900, 'loop.changed', { status: 'blessed' }),
    ]);
    const at = (time: number) => replay.at(loop, time);
    assert.equal(at(99), null);
    assert.deepEqual(at(100), { touchedAt: 100, status: 'open', ended: false });
    assert.equal(at(350)?.status, 'deferred');
    assert.deepEqual(at(500), { touchedAt: 400, status: 'blessed', ended: true });
    assert.deepEqual(at(700), { touchedAt: 600, status: 'open', ended: false });
    assert.equal(at(1000)?.ended, true);
  });

  it('without rows of the log it is what the point says', () => {
    const replay = new Replay();
    assert.deepEqual(replay.at(loop, 500), { touchedAt: 100, status: 'open', ended: false });
    assert.deepEqual(replay.at(loop, 950), { touchedAt: 900, status: 'blessed', ended: true });
  });

  it('a note touches its loop; events of other kinds are none of its business', () => {
    const replay = new Replay();
    replay.add([
      { ...row(200, 'whisper.added', { loop: loop.id }), subject: 'whisper_1' },
      row(250, 'tap.shown'),
      row(260, 'loop.changed', { status: 'no such status' }),
    ]);
    assert.equal(replay.at(loop, 255)?.touchedAt, 200);
    assert.equal(replay.at(loop, 300)?.status, 'open');
  });
});

describe('globe: filters', () => {
  it('stand in the address and come back from it; what is unknown there is no choice', () => {
    const dice = diceOf(11);
    for (let n = 0; n < 200; n++) {
      const filter = anyFilter(dice);
      assert.deepEqual(filterOf(filterQuery(filter)), filter);
    }
    assert.deepEqual(filterOf({ tones: 'happy', kind: 'x', state: '', here: '1' }), NO_FILTER);
  });
});
