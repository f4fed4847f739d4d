import assert from 'node:assert/strict';
import path from 'node:path';
import { recallInput, rememberInput } from '../../../companion/protocol/index.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import {
  contents,
  copyOf,
  DAY,
  EVENING,
  embed,
  fill,
  HOUR,
  MINUTE,
  openWorld,
  sentence,
  type World,
} from './world.ts';

interface Row {
  readonly id: string;
  readonly content: string;
  readonly workspace: string | null;
  readonly private: number;
  readonly kind: string;
}

const summaries = ({ mind }: World) =>
  mind.read((reader) =>
    reader.all<Row & { theme: string }>(
      `SELECT memories.*, target AS theme FROM memories JOIN memory_links ON memory = id AND memory_links.kind = 'theme'
        ORDER BY workspace, private, content`,
    ),
  );
const linked = ({ mind }: World, id: string, kind: string) =>
  mind
    .read((r) =>
      r.all<{ target: string }>('SELECT target FROM memory_links WHERE memory = ? AND kind = ?', id, kind),
    )
    .map(({ target }) => target);
const dreamEvents = ({ mind }: World) =>
  mind
    .events(0, 100_000)
    .filter(({ type }) => type.startsWith('dream.'))
    .map(({ type, data }) => (type === 'dream.stage' ? `stage ${data.stage}` : type.slice('dream.'.length)));

describe('dream', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  after(() => folder[Symbol.dispose]());
  let copies = 0;
  const first = path.join(folder.path, 'first');

  before(async () => {
    await using t = await openWorld(first);
    await fill(t);
  });

  /** The same mind of some weeks for each test. */
  const open = (
    options: Parameters<typeof openWorld>[1] = {},
    data = path.join(folder.path, String(++copies)),
  ) => openWorld(copies > 0 ? copyOf(first, data) : data, options);

  it('[S6] merges, draws themes, sums up, finds contradictions, archives, and says what it did', async () => {
    await using t = await open();
    assert.match(await t.dream(), /^done: /);
    const last = t.dreaming.last()!;
    const counts = Object.fromEntries(last.stages.map(({ name, counts: of }) => [name, of]));
    assert.deepEqual(counts.merge, { merged: 2 });
    assert.deepEqual(counts.decay, { archived: 12 });
    assert.ok(counts.cluster!.formed! >= 3 && counts.consolidate!.written! >= 5, JSON.stringify(counts));
    assert.deepEqual([last.day, last.status, last.asked], ['2026-03-01', 'done', 'person']);
    assert.match(
      last.lines.join(' '),
      /2 records merged with another that says the same\. .*12 faded records archived/,
    );
    assert.match(last.review[0]!.text, /^“The gateway listens on port [89]0[89]0”/);
    assert.ok(last.theme!.name.length > 0 && last.cited.length > 0);
    const written = await t.memory.recall(
      recallInput.parse({ query: 'dream 2026-03-01 merged', kinds: ['dream'] }),
    );
    assert.match(written.found[0]!.record.content, /^Dream of 2026-03-01\. /);
    assert.deepEqual(dreamEvents(t), [
      'started',
      ...last.stages.map(({ name }) => `stage ${name}`),
      'finished',
    ]);
    assert.ok(!/scheduler|gateway|importer/.test(JSON.stringify(t.mind.events(0, 100_000))));
  });

  it('[S6] a summary is in the words of its originals, with links to them, and tells nothing elsewhere', async () => {
    await using t = await open();
    await t.dream();
    const all = summaries(t);
    assert.deepEqual(
      new Set(all.map((each) => `${each.workspace} ${each.private}`)),
      new Set(['null 0', 'ws_one 0', 'ws_one 1', 'ws_two 0']),
    );
    for (const { id, workspace, private: hidden, content } of all) {
      const originals = linked(t, id, 'summary of').map((each) => t.memory.get(each));
      assert.ok(originals.length >= 5);
      for (const original of originals)
        assert.deepEqual(
          [original.workspace, original.private],
          [workspace && `/${workspace}`, hidden === 1],
        );
      const quoted = linked(t, id, 'quotes').map((each) => t.memory.get(each).content);
      const lines = content
        .split('\n')
        .slice(1)
        .map((line) => line.slice('2026-03-01 '.length));
      assert.equal(lines.length, quoted.length);
      for (const line of lines) assert.ok(quoted.includes(line), line);
      assert.equal(content.includes('Privately'), hidden === 1);
    }
    // Originals stay.
    for (const content of [sentence(0, 0), sentence(2, 5)])
      assert.ok(
        (await t.memory.recall(recallInput.parse({ query: content }))).found[0]?.record.content === content,
      );
  });

  it('[S6] a summary is found by a question about its theme, behind what it quotes', async () => {
    await using t = await open();
    await t.dream();
    const { found } = await t.memory.recall(
      recallInput.parse({ query: 'invoice rounding currency ledger', workspace: '/ws_one', limit: 20 }),
    );
    const kinds = found.map(({ record }) => record.kind);
    const at = kinds.indexOf('dream');
    assert.ok(at > 0, kinds.join());
    const quoted = linked(t, found[at]!.record.id, 'quotes');
    const places = found.flatMap(({ record }, place) => (quoted.includes(record.id) ? place : []));
    assert.ok(places.length > 0 && Math.max(...places) < at, `${places} before ${at}`);
    assert.ok(found[at]!.parts.repeated < 0);
  });

  it('[S6] what an agent wrote, and what holds no more, stands in no summary', async () => {
    await using t = await open();
    for (let n = 0; n < 6; n++)
      await t.memory.remember(
        rememberInput.parse({
          content: `${sentence(0, n)} canaryagent`,
          workspace: '/ws_one',
          kind: 'episode',
        }),
        'agent',
      );
    await t.memory.remember(
      rememberInput.parse({
        content: 'The scheduler clock cron canaryclosed',
        workspace: '/ws_one',
        kind: 'fact',
        validTo: EVENING,
      }),
    );
    embed(t.mind);
    await t.dream(true);
    assert.ok(summaries(t).length > 3);
    assert.ok(!summaries(t).some(({ content }) => /canary/.test(content)));
  });

  it('[S6] a second run on the same day changes nothing, asked for or forced', async () => {
    await using t = await open();
    await t.dream();
    const [before, seq] = [contents(t), t.mind.seq];
    assert.match(
      await t.dream(),
      /nothing new since the last one, just now; a dream needs 60 min\. Nothing was changed\./,
    );
    assert.deepEqual(contents(t), before);
    assert.equal(t.mind.seq, seq);
    assert.match(await t.dream(true), /^done/);
    const { dreams: _, ...after } = contents(t);
    const { dreams: __, ...was } = before;
    assert.deepEqual(after, was);
  });

  it('[S6] with an hour of new material it dreams again on the same day, and adds up what it did', async () => {
    await using t = await open();
    await t.dream();
    const merged = () => t.dreaming.last()!.stages.find(({ name }) => name === 'merge')!.counts.merged;
    assert.equal(merged(), 2);
    for (let n = 0; n < 12; n++) {
      t.clock.advance(5 * MINUTE);
      await t.memory.remember(rememberInput.parse({ content: `note number${n}`, workspace: '/ws_one' }));
    }
    for (const content of ['On Linux the watcher of part9 stalls', 'The watcher of part9 stalls on Linux'])
      await t.memory.remember(rememberInput.parse({ content, workspace: '/ws_one', kind: 'fact' }));
    embed(t.mind);
    assert.match(await t.dream(), /^done/);
    assert.equal(merged(), 3);
    assert.equal(t.dreaming.list(10).length, 1);
  });

  it('[S6] two at once: the second is answered with the job of the first', async () => {
    await using t = await open();
    const one = t.dreaming.run({ force: false });
    await new Promise((resolve) => setImmediate(resolve));
    const two = t.dreaming.run({ force: true });
    assert.equal(two.job?.id, one.job?.id);
    assert.match(two.message, /^A dream is under way: \w+.*This is its job\.$/);
    await t.jobs.idle();
    assert.equal(dreamEvents(t).filter((each) => each === 'started').length, 1);
  });

  const leased = (t: World, pid: number, at: number) =>
    t.mind.record((writer) =>
      writer.run(
        `INSERT INTO dreams (day, status, asked, started_at, stage, summary, newest, pid, instance, leased_at)
          VALUES ('2026-03-01', 'running', 'schedule', ?, 'decay', '{}', 0, ?, 'instance_other', ?)`,
        ...[EVENING, pid, at],
      ),
    );

  it('[S6] where another process dreams, it waits with a message until that one is gone', async () => {
    await using t = await open();
    // The process that started this one is alive.
    leased(t, process.ppid, EVENING);
    const { job } = t.dreaming.run({ force: false });
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.match(
      t.jobs.get(job!.id).message,
      /^Process \d+ dreams and said so just now: waiting until it has ended$/,
    );
    t.clock.advance(9 * MINUTE);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(t.jobs.get(job!.id).status, 'running');
    // It has not said for ten minutes that it is still at it.
    for (let i = 0; i < 24; i++) {
      t.clock.advance(5000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await t.jobs.idle();
    assert.equal(t.jobs.get(job!.id).status, 'done');
    assert.deepEqual(
      dreamEvents(t).slice(0, 2),
      ['started', 'stage decay'],
      'it went on at the stage reached',
    );
  });

  it('[S6] the lease of a dead process is taken over at once', async () => {
    await using t = await open();
    leased(t, 2 ** 22 + 1, EVENING);
    assert.match(await t.dream(), /^done/);
  });

  it('[S6] cancelled, it stops between two steps, keeps what is done, and goes on when asked again', async () => {
    const data = path.join(folder.path, 'undisturbed');
    const undisturbed = await (async () => {
      await using t = await openWorld(copyOf(first, data));
      await t.dream();
      return contents(t);
    })();
    await using t = await open();
    const { job } = t.dreaming.run({ force: false });
    t.jobs.changed.add(({ message }) => {
      if (message.startsWith('Summing')) t.jobs.cancel(job!.id);
    });
    // Progress is told four times a second at most.
    const ticking = setInterval(() => t.clock.advance(0), 1);
    t.mind.committed.add(() => {
      if (dreamEvents(t).at(-1) === 'stage cluster') t.jobs.cancel(job!.id);
    });
    await t.jobs.idle();
    clearInterval(ticking);
    assert.equal(t.jobs.get(job!.id).status, 'cancelled');
    const last = t.dreaming.last()!;
    assert.equal(last.status, 'cancelled');
    assert.deepEqual(
      last.stages.slice(0, 3).map(({ state }) => state),
      ['done', 'done', 'waiting'],
    );
    assert.equal(dreamEvents(t).at(-1), 'cancelled');
    const { message } = t.dreaming.run({ force: false });
    assert.match(message, /was cancelled and goes on where it was/);
    await t.jobs.idle();
    assert.deepEqual(contents(t), undisturbed);
  });

  it('[S6] never begins where nothing can be written', async () => {
    await using t = await open({ readOnly: () => true });
    assert.throws(() => t.dreaming.run({ force: true }), { code: 'read_only' });
    t.clock.advance(2 * DAY);
    assert.equal(t.dreaming.last(), null);
  });

  it('a stage that fails is told and holds up no other', async () => {
    await using t = await open();
    t.themes.refit = () => Promise.reject(new Error('no'));
    assert.match(await t.dream(), /^done: .*Not done, the log says why: drawing themes anew\./);
    assert.equal(t.dreaming.last()!.stages.find(({ name }) => name === 'cluster')!.state, 'failed');
    assert.match(t.dreaming.last()!.lines.join(' '), /12 faded records archived/);
  });

  it('[S6] missed at night, it begins at the first ten minutes in which nobody was at work', async () => {
    await using t = await open();
    const dreams = () => t.dreaming.list(10).map(({ day, status, asked }) => `${day} ${status} ${asked}`);
    const settle = () => t.jobs.idle();
    /** Somebody types each three minutes. */
    const work = async (minutes: number) => {
      for (let minute = 0; minute < minutes; minute += 3) {
        t.dreaming.alive();
        t.clock.advance(3 * MINUTE);
        await settle();
      }
    };
    await work(24 * 60 - 21 * 60 + 120 + 30);
    assert.deepEqual(dreams(), [], 'at half past two somebody has just been at work');
    t.clock.advance(6 * MINUTE);
    await settle();
    assert.deepEqual(dreams(), [], 'for nine minutes nobody was seen');
    t.clock.advance(2 * MINUTE);
    await settle();
    assert.deepEqual(dreams(), ['2026-03-02 done schedule']);
    assert.equal(new Date(t.dreaming.last()!.startedAt).toISOString(), '2026-03-03T02:38:00.000Z');
    t.clock.advance(12 * HOUR);
    await settle();
    assert.equal(dreams().length, 1, 'once a day');
    t.clock.advance(12 * HOUR);
    await settle();
    assert.deepEqual(dreams()[0], '2026-03-03 skipped schedule', 'nothing is new');
    assert.equal(dreamEvents(t).at(-1), 'skipped');
    assert.match(await t.dream(), /nothing new/);
  });

  it('never begins by itself where nobody wants it', async () => {
    await using t = await open({ settings: { at: '' } });
    t.clock.advance(3 * DAY);
    await t.jobs.idle();
    assert.equal(t.dreaming.last(), null);
    assert.match(await t.dream(), /^done/);
  });
});
