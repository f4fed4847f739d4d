import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { type Clock, systemClock } from '../../companion/kernel/index.ts';
import type { Drift, StoryLine } from '../../companion/protocol/index.ts';
import { ANA } from '../fixtures/repository.ts';
import { eventually, type TestCompanion } from '../support/companion.ts';
import { type ContractWorld, contractWorld } from '../support/contract-world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The real clock, set forward by hand. */
class AheadClock implements Clock {
  ahead = 0;
  now = () => Date.now() + this.ahead;
  after = systemClock.after;
  every = systemClock.every;
}

describe('contract: drift and story, over a real socket', () => {
  let world: ContractWorld;
  let t: TestCompanion;
  let workspace: string;
  /** Lines of the stream, as they come. */
  const live: StoryLine[] = [];
  const watching = new AbortController();
  const clock = new AheadClock();
  let began = 0;

  before(async () => {
    world = await contractWorld({ clock });
    ({ t, workspace } = world);
    world.repository.run('config', 'user.email', ANA.email);
    began = clock.now();
    const stream = await t.api.story.watch({}, { signal: watching.signal });
    void (async () => {
      for await (const line of stream) live.push(line);
    })().catch(() => {});
  });
  after(async () => {
    watching.abort();
    // What ends the stream is on its way.
    await delay(50);
    await world[Symbol.asyncDispose]();
  });

  const lineOf = (test: (line: StoryLine) => boolean) =>
    eventually(async () => (await t.api.story.list({ workspace })).find(test));
  const branchLoop = async () =>
    (await t.api.loops.list({ workspace })).find(({ title }) => title === 'fix/clock')!;

  it('[W1] a session of work yields lines: a note, a commit, a decision, a thread that is closed', async () => {
    const { repository } = world;
    await t.api.whispers.add({ workspace, text: 'mind the leap second' });
    await lineOf(({ plain }) => plain === 'Note in "fix/clock": "mind the leap second"');
    repository.commit(
      { 'src/clock.ts': 'export const now = 3;\n' },
      { message: 'fix: a third clock', at: clock.now() },
    );
    await t.api.workspaces.scan({ path: workspace });
    const committed = await lineOf(({ plain }) =>
      /clock\.ts committed on fix\/clock \(\+\d −3\)$/.test(plain),
    );
    assert.match(committed.subject, /^[0-9a-f]{40}$/);
    const decision = { question: 'Which clock?', decision: 'the monotonic one' };
    await t.api.decisions.add({ workspace, ...decision });
    await lineOf(({ plain }) => plain === 'Decided: Which clock? → the monotonic one');
    const loop = await t.api.loops.open({ workspace, title: 'write it down' });
    await t.api.loops.update({ id: loop.id, status: 'blessed' });
    const closed = await lineOf(({ subject, plain }) => subject === loop.id && / done$/.test(plain));
    assert.ok(closed.importance >= 0.7 && closed.text.includes('"write it down"'), closed.text);
    assert.equal(closed.workspace, workspace);
    const newest = await t.api.story.list({ limit: 2 });
    assert.deepEqual(
      newest.map(({ seq }) => seq),
      newest.map(({ seq }) => seq).toSorted((a, b) => b - a),
    );
    assert.equal((await t.api.story.list({ since: Date.now() + HOUR })).length, 0);
    // Each opens what it tells of.
    const told = await t.api.story.list({ workspace });
    const aboutOf = (text: RegExp) => told.find(({ plain }) => text.test(plain))?.about;
    const about = aboutOf(/^Note in/);
    assert.equal(about?.kind, 'loop');
    assert.equal((await t.api.loops.get({ id: about.id })).title, 'fix/clock');
    assert.deepEqual(aboutOf(/committed on/), { kind: 'commit', id: committed.subject });
    assert.deepEqual(closed.about, { kind: 'loop', id: loop.id });
    const decided = aboutOf(/^Decided/);
    assert.equal(decided?.kind, 'memory');
    assert.match((await t.api.memories.trace({ id: decided.id })).record.content, /Which clock/);
    // The stream brings the same lines, one after the other.
    await eventually(() => live.some(({ seq }) => seq === closed.seq));
    assert.deepEqual(
      live.map(({ seq }) => seq),
      live.map(({ seq }) => seq).toSorted((a, b) => a - b),
    );
    await assert.rejects(t.api.story.list({ workspace: '/nowhere/at/all' }), { code: 'not_found' });
  });

  it('the story of the day, as Markdown; a day without one; no such day', async () => {
    const today = await t.api.story.day({ workspace });
    assert.match(
      today.markdown,
      /^# \w+day,? \d+ \w+ \d{4}\n\n## (Morning|Afternoon|Evening|Night)\n\n- \d\d:\d\d \*\*(Cal|Arty)\*\* /,
    );
    assert.ok(today.lines.length >= 4);
    assert.deepEqual(
      today.lines.map(({ at }) => at),
      today.lines.map(({ at }) => at).toSorted((a, b) => a - b),
    );
    const past = await t.api.story.day({ day: '2001-02-03' });
    assert.deepEqual([past.lines, past.day], [[], '2001-02-03']);
    assert.match(past.markdown, /Nothing was told on this day/);
    await assert.rejects(t.api.story.day({ day: '2026-02-31' }), { code: 'bad_input' });
    await assert.rejects(t.api.story.day({ day: 'today' }), { code: 'bad_input' });
  });

  it('a private thread has no name in the story, nor has what hangs on it; what is forgotten is told no more', async () => {
    const hidden = await t.api.loops.open({ workspace, title: 'canary-title', private: true });
    await t.api.whispers.add({ workspace, text: 'canary-note', loopId: hidden.id });
    await t.api.decisions.add({ workspace, question: 'canary-q', decision: 'canary-d', loopId: hidden.id });
    await lineOf(({ plain }) => plain === 'Decided: something about a private thread');
    await t.api.loops.update({ id: hidden.id, status: 'dropped' });
    await lineOf(({ plain }) => plain === 'A private thread dropped');
    assert.ok(
      !JSON.stringify([await t.api.story.day({}), await t.api.story.list({}), live]).includes('canary'),
    );
    const note = await t.api.whispers.add({ workspace, text: 'a line that is to go' });
    await lineOf(({ subject }) => subject === note.id);
    await t.api.memories.forget({ select: { query: 'a line that is to go' }, dryRun: false });
    await eventually(async () => !(await t.api.story.list({})).some(({ subject }) => subject === note.id));
    assert.ok(!(await t.api.story.day({})).markdown.includes('a line that is to go'));
  });

  it('in plain words where that is set; nothing where it is off', async () => {
    await t.api.settings.update({ narration: { plain: true } });
    const lines = await t.api.story.list({});
    assert.deepEqual(
      lines.map(({ text }) => text),
      lines.map(({ plain }) => plain),
    );
    assert.doesNotMatch((await t.api.story.day({})).markdown, /Cal|Arty/);
    await t.api.settings.update({ narration: { plain: false, on: false } });
    await t.api.loops.open({ workspace, title: 'not told of' });
    assert.ok(!(await t.api.story.list({})).some(({ plain }) => plain.includes('not told of')));
    await t.api.settings.update({ narration: { on: true } });
    assert.ok(!(await t.api.story.list({})).some(({ plain }) => plain.includes('not told of')));
  });

  it('[C6] a branch that goes beyond its scope is rated, with reasons; reading it twice changes nothing', async () => {
    const { repository } = world;
    const { id } = await branchLoop();
    assert.deepEqual(await t.api.drift.get({ id }), []);
    assert.deepEqual(await t.api.drift.list({ workspace }), []);
    // Six hours of work, as its commits tell of it: what teaches the scope, then what lies elsewhere.
    clock.ahead += 6 * HOUR;
    const scope = ['src/clock.ts', 'src/clock-face.ts', 'test/clock.test.ts', 'src/clock-hands.ts'];
    for (let i = 0; i < 8; i++) {
      const files = Object.fromEntries(scope.map((file) => [`${file}.${i}.ts`, `${i}\n`]));
      repository.commit(files, { message: `feat: part ${i}`, at: began + (i + 1) * 8 * MINUTE });
    }
    for (let hour = 2; hour < 5; hour++)
      for (let i = 0; i < 4; i++) {
        const files = { [`billing/${hour}-${i}.ts`]: '1\n', [`mail/${hour}-${i}.ts`]: '1\n' };
        const at = began + hour * HOUR + i * 9 * MINUTE;
        repository.commit(files, { message: `feat: other ${hour} ${i}`, at });
      }
    await t.api.workspaces.scan({ path: workspace });
    const ratings = await eventually(async () => {
      const found = await t.api.drift.get({ id });
      return found.some(({ alert }) => alert) ? found : null;
    });
    const [newest] = ratings as [Drift, ...Drift[]];
    assert.equal(newest.kind, 'loop');
    assert.ok(newest.rating > 0.4 && newest.parts.conflict === null, JSON.stringify(newest));
    assert.match(
      newest.reasons.join(' · '),
      /^\d of \d edited files lie outside of .*No vote of masks on it/,
    );
    assert.equal(ratings.filter(({ alert }) => alert).length, 1);
    const told = await lineOf(({ subject, importance }) => subject === id && importance >= 0.8);
    assert.match(told.plain, /^"fix\/clock" goes beyond its scope: \d of \d edited files lie outside/);
    const { events } = await t.api.events.list({ since: 0, limit: 1000 });
    assert.equal(events.filter(({ type }) => type === 'drift.alert').length, 1);
    assert.ok(!JSON.stringify(events).includes('billing'), 'the log holds no names');
    assert.deepEqual(await t.api.drift.get({ id }), await t.api.drift.get({ id }));
    assert.deepEqual(await t.api.drift.list({ workspace }), [newest]);
    assert.equal((await t.api.drift.get({ id, limit: 1 })).length, 1);
    await assert.rejects(t.api.drift.get({ id: 'loop_none' }), { code: 'not_found' });
    await assert.rejects(t.api.drift.get({ id: 'mask_none' }), { code: 'not_found' });
    await assert.rejects(t.api.drift.list({ workspace: '/nowhere/at/all' }), { code: 'not_found' });
  });

  it('[C6] what the masks said of it goes into its rating from then on, for the council tells drift', async () => {
    const { repository } = world;
    const { id } = await branchLoop();
    await t.api.council.fate({ loop: id });
    clock.ahead += HOUR;
    repository.commit({ 'billing/after.ts': '1\n' }, { message: 'feat: after', at: clock.now() });
    await t.api.workspaces.scan({ path: workspace });
    const rated = await eventually(async () => {
      const [newest] = await t.api.drift.get({ id, limit: 1 });
      return newest?.parts.conflict == null ? null : newest;
    });
    const { rounds, options } = (await t.api.council.list({ subject: id }))[0]!;
    const [{ share: lead } = { share: 0 }] = rounds.at(-1)!.shares;
    const expected = ((1 - lead) * options.length) / (options.length - 1);
    assert.ok(Math.abs(rated.parts.conflict! - expected) < 1e-9, `${rated.parts.conflict} ${expected}`);
    assert.doesNotMatch(rated.reasons.join(' · '), /No vote of masks on it/);
  });
});
