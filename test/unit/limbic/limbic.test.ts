import assert from 'node:assert/strict';
import fc from 'fast-check';
import { seededRandom, silentLogger, VirtualClock } from '../../../companion/kernel/index.ts';
import { Limbic, newSelf, read } from '../../../companion/limbic/index.ts';
import type { Store } from '../../../companion/store/index.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { anything, DAY, days, fold, type Happening, HOUR, run, START, success } from './happenings.ts';

const LEAST = { numRuns: 12, seed: 20260302 };

interface Scene {
  clock: VirtualClock;
  store: Store;
  folder: string;
  /** Another keeper, as after a restart. */
  begin(): Limbic;
  happen(happening: Happening): void;
  rows(): Record<string, unknown>[];
}

async function withScene(work: (scene: Scene) => Promise<void> | void): Promise<void> {
  using folder = temporaryFolder();
  const clock = new VirtualClock(START);
  const store = await openStore(folder.path, { clock });
  const begun: Limbic[] = [];
  try {
    await work({
      clock,
      store,
      folder: folder.path,
      begin() {
        const options = { mind: store.mind, clock, random: seededRandom(begun.length), logger: silentLogger };
        const limbic = new Limbic({ ...options, dayOf: days });
        begun.push(limbic);
        return limbic;
      },
      happen: ({ type, data }) =>
        store.mind.transact((tx) => tx.emit({ type, subject: `thing_${store.mind.seq}`, data })),
      rows: () => store.mind.read((reader) => reader.all('SELECT * FROM limbic_moves ORDER BY seq')),
    });
  } finally {
    for (const limbic of begun) limbic.dispose();
    store.close();
  }
}

const told = (store: Store, type: string) =>
  store.mind.events(0, 100_000).filter((event) => event.type === type);

describe('limbic/keeper', function () {
  this.timeout(120_000);

  it('[S4] on a real store: reads between events change no row and no level, in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(anything, fc.array(fc.nat(59), { maxLength: 10 }), (happenings, reads) =>
        withScene(({ clock, happen, begin, store, rows }) => {
          const limbic = begin();
          for (const [i, { happening, after }] of happenings.entries()) {
            clock.advance(after);
            happen(happening);
            if (!reads.includes(i)) continue;
            const before = rows();
            assert.deepEqual(limbic.now, limbic.now);
            assert.deepEqual(rows(), before, 'a read wrote');
          }
          limbic.catchUp();
          // The same log, folded without a store and without reading.
          const events = store.mind.events(0, 100_000).filter(({ type }) => !/^(limbic|tier)\./.test(type));
          // The self begins with the mind's first event, whatever that is.
          const [first] = store.mind.events(0, 1);
          if (first) {
            const { self } = fold(events, newSelf(first.at));
            const expected = read(self.state, clock.now());
            for (const axis of ['trust', 'warmth', 'arousal', 'valence'] as const)
              assert.ok(Math.abs(limbic.now.levels[axis] - expected[axis]) < 1e-9, axis);
          }
          assert.equal(new Set(rows().map(({ seq }) => seq)).size, rows().length);
        }),
      ),
      LEAST,
    );
  });

  it('[S4] ended at any moment and begun again, each event has counted once', async () => {
    await fc.assert(
      fc.asyncProperty(anything, fc.array(fc.nat(59), { maxLength: 6 }), (happenings, ends) =>
        withScene(({ clock, happen, begin, store, rows }) => {
          let limbic = begin();
          for (const [i, { happening, after }] of happenings.entries()) {
            clock.advance(after);
            happen(happening);
            if (!ends.includes(i)) continue;
            // Gone before it could store what it had heard.
            limbic.dispose();
            limbic = begin();
          }
          limbic.catchUp();
          limbic.catchUp();
          const events = store.mind.events(0, 100_000).filter(({ type }) => !/^(limbic|tier)\./.test(type));
          const { moves } = fold(events);
          assert.deepEqual(
            rows().map(({ seq, cause }) => [seq, cause]),
            moves.map(({ seq, cause }) => [seq, cause]),
          );
          const stored = told(store, 'limbic.moved').filter(({ data }) => data.seq !== undefined);
          assert.equal(stored.length, moves.length);
        }),
      ),
      LEAST,
    );
  });

  it('[S4] at most three successes a day count, also with a restart in between', () =>
    withScene(({ clock, happen, begin, rows }) => {
      for (let i = 0; i < 5; i++) {
        clock.advance(60_000);
        happen(success);
        const limbic = begin();
        limbic.catchUp();
        limbic.dispose();
      }
      assert.equal(rows().length, 3);
    }));

  it('[S4] tells of each tier it enters or leaves, and of the fall until it has risen again', () =>
    withScene(({ clock, happen, begin, store }) => {
      const limbic = begin();
      for (let i = 0; i < 6; i++) {
        clock.advance(DAY);
        happen(success);
      }
      clock.advance(1000);
      assert.equal(limbic.tier, 'T1');
      assert.equal(limbic.downgrade, null);
      happen(run('failure'));
      assert.equal(limbic.tier, 'T0', 'at once, before anything is stored');
      clock.advance(1000);
      assert.deepEqual(limbic.downgrade, {
        at: clock.now() - 1000,
        cause: 'wheel.failure',
        from: 'T1',
        to: 'T0',
      });
      const lost = limbic.downgrade;
      happen(run('undone'));
      clock.advance(1000);
      assert.deepEqual(limbic.downgrade, lost, 'a further fall within the tier is no news');
      assert.deepEqual(begin().downgrade, lost, 'after a restart');
      assert.deepEqual(
        told(store, 'tier.changed').map(({ data }) => data),
        [
          { from: 'T0', to: 'T1' },
          { from: 'T1', to: 'T0' },
        ],
      );
    }));

  it('is right after a backup was restored: what came after it is gone, and new events count', () =>
    withScene(async ({ clock, happen, begin, store, rows }) => {
      const limbic = begin();
      happen(success);
      clock.advance(1000);
      const backup = await store.backup('manual');
      happen(run('breach'));
      clock.advance(1000);
      assert.ok(limbic.now.levels.trust < 0.5);
      await store.restore(backup.id);
      assert.ok(Math.abs(limbic.now.levels.trust - 0.52) < 1e-9);
      happen(success);
      clock.advance(1000);
      assert.deepEqual(
        rows().map(({ cause }) => cause),
        ['wheel.success', 'wheel.success'],
      );
      assert.ok(Math.abs(limbic.now.levels.trust - 0.5392) < 1e-9);
    }));

  it('shows what moved an axis, with the cause in words, and what the user marked', () =>
    withScene(({ clock, happen, begin, store }) => {
      const limbic = begin();
      happen({ type: 'decision.recorded', data: { by: 'person' } });
      clock.advance(HOUR);
      const mark = limbic.mark('Moved to the new office');
      clock.advance(HOUR);
      happen(run('undone'));
      const words = (axis?: 'trust' | 'warmth') =>
        limbic
          .history({ limit: 10, axis })
          .map((moment) => (moment.kind === 'mark' ? moment.text : moment.words));
      assert.deepEqual(words(), ['You undid a run.', 'Moved to the new office', 'You recorded a decision.']);
      assert.deepEqual(words('trust'), ['You undid a run.', 'Moved to the new office']);
      const [undone] = limbic.history({ limit: 1 });
      assert.ok(undone?.kind === 'move');
      assert.deepEqual(undone.changes, [{ axis: 'trust', from: 0.5, to: 0.475 }]);
      assert.equal(mark.kind, 'mark');
      const logged = JSON.stringify(store.mind.events(0, 1000));
      assert.ok(!logged.includes('office'), 'content in the log');
    }));

  it('does not feed on its own events', () =>
    withScene(({ clock, happen, begin, store }) => {
      begin();
      happen(success);
      clock.advance(DAY);
      const { seq } = store.mind;
      clock.advance(10 * DAY);
      assert.equal(store.mind.seq, seq);
    }));

  it('a mind without events begins where it is opened, and nothing is stored', () =>
    withScene(({ clock, begin, rows }) => {
      const limbic = begin();
      clock.advance(9 * DAY);
      assert.equal(limbic.now.levels.arousal, 0.7);
      assert.deepEqual(rows(), []);
    }));
});
