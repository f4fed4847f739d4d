import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Hypotheses } from '../../../companion/hypotheses/index.ts';
import type { WorkEvent } from '../../../companion/timeline/index.ts';
import { openHypotheses } from '../../support/hypotheses.ts';
import { DAY, HOUR, MONDAY, utc, type Ways, work } from './work.ts';

const WEEK = 7 * DAY;
/** Monday morning after so many weeks. */
const morningAfter = (weeks: number) => MONDAY + weeks * WEEK + 6 * HOUR;
const FIRST: Ways = { testFirst: 0.95, weeks: 8 };

async function opened(history: readonly WorkEvent[] = work(FIRST), options: { perDay?: number } = {}) {
  const t = await openHypotheses(history, { local: utc, ...options });
  return {
    ...t,
    events: (type: string) => t.store.mind.events(0, 10_000).filter((event) => event.type === type),
    only: () => {
      const all = t.hypotheses.list();
      assert.equal(all.length, 1, all.map(({ sentence }) => sentence).join('; '));
      return all[0]!;
    },
    /** All that is stored of beliefs. */
    stored: () =>
      t.store.mind.read((reader) => [
        reader.all('SELECT * FROM hypotheses ORDER BY id'),
        reader.all('SELECT * FROM hypothesis_evidence ORDER BY hypothesis, key'),
        reader.all("SELECT * FROM meta WHERE key LIKE 'hypotheses%' ORDER BY key"),
      ]),
  };
}

/** What a dream does about beliefs. */
async function night({ hypotheses }: { hypotheses: Hypotheses }, at: number): Promise<void> {
  await hypotheses.consider(at);
  await hypotheses.promote(at);
}

/** Several beliefs at once. */
const MANY: Ways = {
  weeks: 8,
  start: 9,
  strays: 20,
  testFirst: 0.95,
  size: (random) => 5 + Math.floor(random.next() * 30),
  branch: () => 'main',
  together: 0.95,
};

describe('hypotheses/hypotheses', () => {
  it('[S5] is formed by two weeks, ready after one that it was not formed from, and gains a fifth each week', async () => {
    await using t = await opened();
    const seen = [];
    for (const weeks of [1, 2, 3, 4, 5]) {
      await t.hypotheses.consider(morningAfter(weeks));
      const [belief] = t.hypotheses.list();
      seen.push(belief && [belief.status, belief.weight, belief.validations]);
    }
    assert.deepEqual(seen, [
      undefined,
      ['forming', 0.2, 0],
      ['waiting', 0.4, 1],
      ['waiting', 0.6, 2],
      ['waiting', 0.8, 3],
    ]);
    assert.equal(t.events('hypothesis.formed').length, 1);
    assert.equal(t.events('hypothesis.ready').length, 1);
  });

  it('[S5] loses three tenths to a week that speaks against it, and at nothing is withdrawn', async () => {
    const turned = [...work({ ...FIRST, weeks: 3 }), ...later(work({ testFirst: 0, weeks: 3, seed: 5 }), 3)];
    await using t = await opened(turned);
    await t.hypotheses.consider(morningAfter(3));
    assert.equal(t.only().weight, 0.4);
    await t.hypotheses.consider(morningAfter(4));
    assert.equal(t.only().weight, 0.1);
    await t.hypotheses.consider(morningAfter(5));
    const [belief] = t.hypotheses.list().filter(({ subject }) => subject === 'first');
    assert.deepEqual([belief!.status, belief!.weight], ['withdrawn', 0]);
    assert.equal(t.events('hypothesis.withdrawn').length, 1);
    await assert.rejects(t.hypotheses.answer(belief!.id, { answer: 'confirm' }, morningAfter(5)), {
      code: 'conflict',
    });
  });

  it('[S5] fades by a twentieth a week after thirty days without a test', async () => {
    await using t = await opened(work({ ...FIRST, weeks: 3 }));
    await t.hypotheses.consider(morningAfter(3));
    const { testedAt } = t.only();
    for (const [days, weight] of [
      [30, 0.4],
      [36, 0.4],
      [38, 0.35],
      [52, 0.25],
    ] as const) {
      await t.hypotheses.consider(testedAt + days * DAY);
      assert.equal(t.only().weight, weight, `${days} days`);
    }
    await t.hypotheses.consider(testedAt + 120 * DAY);
    assert.equal(t.only().status, 'withdrawn');
  });

  it('[S5] considering again changes nothing, and nor does it matter in how many nights it was done', async () => {
    await using t = await opened(work(MANY));
    for (let day = 1; day <= 40; day++) await t.hypotheses.consider(MONDAY + day * DAY + 6 * HOUR);
    const once = t.stored();
    const { seq } = t.store.mind;
    await t.hypotheses.consider(MONDAY + 40 * DAY + 7 * HOUR);
    await Promise.all([1, 2].map(() => t.hypotheses.consider(MONDAY + 40 * DAY + 8 * HOUR)));
    assert.deepEqual([t.stored(), t.store.mind.seq], [once, seq]);
    assert.ok(t.hypotheses.list().length >= 4);

    await using other = await opened(work(MANY));
    await other.hypotheses.consider(MONDAY + 40 * DAY + 6 * HOUR);
    const told = (x: typeof t) =>
      x.hypotheses
        .list()
        .map(({ sentence, weight, status, formedAt }) => [sentence, weight, status, formedAt]);
    assert.deepEqual(told(other), told(t));
  });

  it('[S5] goes on after it was cancelled, to the same end', async () => {
    await using whole = await opened(work(MANY));
    await whole.hypotheses.consider(morningAfter(6));
    await using t = await opened(work(MANY));
    for (let stopAfter = 1; stopAfter < 40; stopAfter += 3) {
      const abort = new AbortController();
      let pauses = 0;
      const stopping = new Hypotheses({
        ...t.options,
        pause: async () => {
          if (++pauses === stopAfter) abort.abort();
        },
      });
      await stopping.consider(morningAfter(6), abort.signal).catch((error: unknown) => {
        assert.equal(error, abort.signal.reason);
      });
    }
    await t.hypotheses.consider(morningAfter(6));
    const told = (x: typeof t) => x.hypotheses.list().map(({ sentence, weight }) => [sentence, weight]);
    assert.deepEqual(told(t), told(whole));
  });

  it('[S5] is learned after the user’s Yes and three weeks that bore it out, whichever comes first', async () => {
    for (const confirmAt of [2, 3, 5]) {
      await using t = await opened();
      for (const weeks of [1, 2, 3, 4, 5]) {
        await night(t, morningAfter(weeks));
        if (weeks === confirmAt)
          await t.hypotheses.answer(t.only().id, { answer: 'confirm' }, morningAfter(weeks));
        assert.equal(t.learned.size, weeks === 5 ? 1 : 0, `confirmed ${confirmAt}, week ${weeks}`);
      }
      assert.equal(t.events('hypothesis.promoted').length, 1);
      assert.equal(t.only().status, 'confirmed');
    }
  });

  it('[S5] is taken out of what is learned when it is denied, and when the work ceases to bear it out', async () => {
    await using t = await opened();
    for (const weeks of [2, 5]) await night(t, morningAfter(weeks));
    const { id } = t.only();
    await t.hypotheses.answer(id, { answer: 'confirm' }, morningAfter(5));
    assert.deepEqual([...t.learned.keys()], [id]);
    await t.hypotheses.answer(id, { answer: 'deny' }, morningAfter(5));
    assert.equal(t.learned.size, 0);
    await t.hypotheses.answer(id, { answer: 'confirm' }, morningAfter(5));
    assert.equal(t.learned.size, 1);
    t.live([...work({ ...FIRST, weeks: 5 }), ...later(work({ testFirst: 0, weeks: 4, seed: 5 }), 5)]);
    await night(t, morningAfter(9));
    assert.equal(t.learned.size, 0);
    assert.equal(t.hypotheses.get(id).status, 'withdrawn');
  });

  it('[S5] denied, it does not come back, unless evidence of another kind appears', async () => {
    const editing = work({ ...FIRST, weeks: 14 });
    await using t = await opened(editing);
    await night(t, morningAfter(3));
    const { id } = t.only();
    await t.hypotheses.answer(id, { answer: 'deny' }, morningAfter(3));
    await night(t, morningAfter(6));
    assert.equal(t.only().status, 'denied');
    // From here on tests are committed apart from their code, and before it.
    t.live([...editing.filter(({ at }) => at < morningAfter(6)), ...later(committedApart(6), 6)]);
    await night(t, morningAfter(7));
    assert.equal(t.only().status, 'denied');
    await night(t, morningAfter(9));
    const { status, kind, answeredAt } = t.hypotheses.get(id);
    assert.deepEqual([status, kind, answeredAt], ['waiting', 'commits', null]);
  });

  it('[S5] with an exception it is conditional, and what lies inside does not count against it', async () => {
    const onHotfix = (event: WorkEvent): WorkEvent =>
      event.kind === 'commit' ? { ...event, branch: 'hotfix/x' } : event;
    const history = [
      ...work({ ...FIRST, weeks: 3 }),
      ...later(work({ testFirst: 0, weeks: 3, seed: 7 }).map(onHotfix), 3),
    ];
    await using t = await opened(history);
    await night(t, morningAfter(3));
    const { id } = t.only();
    await t.hypotheses.answer(id, { answer: 'context', text: 'for hotfixes' }, morningAfter(3));
    await night(t, morningAfter(6));
    const { status, exceptWhen, weight } = t.hypotheses.get(id);
    assert.deepEqual([status, exceptWhen, weight], ['conditional', 'for hotfixes', 0.4]);
  });

  it('[S5] at most five are offered a day; the sixth waits and has its turn', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 6, max: 14 }),
        fc.integer({ min: 0, max: 5 }),
        fc.array(fc.record({ hours: fc.integer({ min: 0, max: 30 }), answer: fc.boolean() }), {
          minLength: 20,
          maxLength: 30,
        }),
        async (count, perDay, visits) => {
          await using t = await opened([], { perDay });
          const ids = waiting(t, count);
          const offered = new Map<number, Set<string>>();
          let now = MONDAY;
          for (const { hours, answer } of visits) {
            now += hours * HOUR;
            // A fresh keeper, as after a restart.
            const { items, more } = new Hypotheses(t.options).queue(now);
            const left = t.hypotheses.list().filter(({ status }) => status === 'waiting').length;
            assert.equal(items.length + more, left);
            const day = Math.floor((now - 5 * HOUR) / DAY);
            const today = offered.get(day) ?? new Set();
            for (const { id } of items) today.add(id);
            offered.set(day, today);
            assert.ok(today.size <= perDay, `${today.size} on day ${day}`);
            if (answer && items[0]) await t.hypotheses.answer(items[0].id, { answer: 'deny' }, now);
          }
          // Everybody has a turn within as many days as it takes.
          for (let day = 0; perDay > 0 && day <= Math.ceil(count / perDay); day++) {
            now += DAY;
            for (const { id } of t.hypotheses.queue(now).items) ids.delete(id);
          }
          const never = t.hypotheses.list().filter(({ offeredAt }) => offeredAt === null);
          assert.deepEqual(perDay === 0 ? [] : never, []);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('is offered once a day, and told without being offered', async () => {
    await using t = await opened([]);
    waiting(t, 7);
    assert.equal(t.hypotheses.peek(MONDAY).length, 5);
    assert.equal(t.events('hypothesis.offered').length, 0);
    const first = t.hypotheses.queue(MONDAY).items.map(({ id }) => id);
    assert.deepEqual(
      t.hypotheses.queue(MONDAY + HOUR).items.map(({ id }) => id),
      first,
    );
    assert.equal(t.events('hypothesis.offered').length, 5);
    const next = t.hypotheses.queue(MONDAY + DAY).items.map(({ id }) => id);
    assert.equal(next.filter((id) => !first.includes(id)).length, 2);
  });

  it('forgotten, it leaves no trace, and only later work forms it anew', async () => {
    await using t = await opened();
    await t.hypotheses.consider(morningAfter(3));
    const { id } = t.only();
    await t.hypotheses.forget(id, morningAfter(3));
    assert.deepEqual(t.stored().slice(0, 2), [[], []]);
    await t.hypotheses.consider(morningAfter(4));
    assert.deepEqual(t.hypotheses.list(), []);
    await t.hypotheses.consider(morningAfter(6));
    assert.notEqual(t.only().id, id);
    await assert.rejects(t.hypotheses.forget(id, morningAfter(6)), { code: 'not_found' });
  });

  it('beliefs about a folder go with it; evidence of others no longer points there', async () => {
    await using t = await opened(work({ ...FIRST, branch: () => 'main' }));
    await t.hypotheses.consider(morningAfter(4));
    assert.equal(t.hypotheses.list().length, 2);
    t.hypotheses.forgetWorkspace('ws_a');
    t.store.mind.transact((tx) => {
      tx.run("DELETE FROM workspaces WHERE id = 'ws_a'");
      tx.emit({ type: 'workspace.forgotten', subject: 'ws_a' });
    });
    const { id, generator } = t.only();
    assert.equal(generator, 'test_order');
    assert.deepEqual(
      t.hypotheses.evidenceOf(id).flatMap(({ refs }) => refs),
      [],
    );
  });

  it('events hold no file, branch or sentence', async () => {
    await using t = await opened(work(MANY));
    await t.hypotheses.consider(morningAfter(5));
    for (const { id } of t.hypotheses.queue(morningAfter(5)).items)
      await t.hypotheses.answer(id, { answer: 'context', text: 'on Fridays' }, morningAfter(5));
    const told = JSON.stringify(t.store.mind.events(0, 10_000));
    assert.doesNotMatch(told, /api\.|main|Friday|You |minutes/);
  });
});

function later(events: readonly WorkEvent[], weeks: number): WorkEvent[] {
  return events.map((event) => ({ ...event, at: event.at + weeks * WEEK }));
}

/** Work in which a commit of a test comes an hour before the commit of its code. */
function committedApart(weeks: number): WorkEvent[] {
  return work({ ...FIRST, weeks, testFirst: 0.5 }).flatMap((event): WorkEvent[] => {
    if (event.kind !== 'commit') return event.kind === 'edit' ? [event] : [];
    const [code, test] = event.files as [string, string];
    const commit = event.commit.replace(/^0/, 'a');
    return [
      { ...event, commit, files: [test], at: event.at - HOUR },
      { ...event, files: [code] },
    ];
  });
}

/** Puts beliefs that wait for review into the store. */
function waiting(
  t: { store: Awaited<ReturnType<typeof openHypotheses>>['store'] },
  count: number,
): Set<string> {
  const ids = Array.from({ length: count }, (_, n) => `hypothesis_${n}`);
  t.store.mind.transact((tx) => {
    for (const [n, id] of ids.entries())
      tx.run(
        `INSERT INTO hypotheses (id, generator, subject, kind, claim, sentence, unit, status, weight, validations, formed_at, tested_at)
          VALUES (?, 'test_order', ?, 'editing', '{"order":"first"}', 'One', 'changes', 'waiting', ?, 1, ?, ?)`,
        ...[id, id, 0.2 + n / 100, n, n],
      );
    tx.emit({ type: 'test.set', subject: 'test' });
  });
  return new Set(ids);
}
