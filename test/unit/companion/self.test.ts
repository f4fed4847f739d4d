import assert from 'node:assert/strict';
import { seededRandom, silentLogger, VirtualClock } from '../../../companion/kernel/index.ts';
import { defaultSettings, type Event } from '../../../companion/protocol/index.ts';
import { OwnSelf } from '../../../companion/self.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

describe('the self, put together', () => {
  it('[S4] grows quiet when checks keep failing, says a lost tier for a day, and is never louder than the settings', async () => {
    using folder = temporaryFolder();
    const clock = new VirtualClock(Date.UTC(2026, 2, 2, 9));
    const store = await openStore(folder.path, { clock });
    let degraded = false;
    let converging = false;
    const self = new OwnSelf({
      store,
      clock,
      random: seededRandom(1),
      logger: silentLogger,
      dataDirectory: folder.path,
      settings: () => defaultSettings,
      localTime: (at) => ({ day: Math.floor(at / DAY), minute: Math.floor((at % DAY) / 60_000) }),
      degraded: () => degraded,
      converging: () => converging,
      onHealth: () => {},
      backups: async () => [],
    });
    const happen = (type: string, data: Event['data'], times = 1) => {
      for (let i = 0; i < times; i++)
        store.mind.transact((tx) => tx.emit({ type, subject: `x_${store.mind.seq}`, data }));
    };
    try {
      assert.deepEqual(self.stance, { mode: 'live', posture: 'companion', tier: 'T0' });
      assert.deepEqual(self.quieten(defaultSettings), defaultSettings);

      const hours = [{ from: '09:00', until: '11:30' }];
      self.heritage.change('preferences', { peakHours: hours }, { source: 'user', reason: 'a test' });
      assert.deepEqual(
        [8.9, 9, 11.4, 11.5].map((hour) => self.inPeakHours(5 * DAY + hour * HOUR)),
        [false, true, true, false],
      );

      for (const [temperament, perDay] of [
        ['quiet', 0],
        ['warm', defaultSettings.interruption.perDay],
      ] as const) {
        self.heritage.change('preferences', { temperament }, { source: 'user', reason: 'a test' });
        assert.equal(self.quieten(defaultSettings).interruption.perDay, perDay);
      }

      happen('pattern.found', { kind: 'stuck' }, 14);
      assert.equal(self.stance.mode, 'quiet');
      assert.equal(self.quieten(defaultSettings).interruption.perDay, 1);
      assert.match(
        self.state.words,
        /^Quiet: at most one tap a day, because checks kept failing · beside you\. /,
      );
      converging = true;
      assert.equal(self.stance.mode, 'convergence');
      assert.equal(self.quieten(defaultSettings).interruption.perDay, 0);
      degraded = true;
      assert.equal(self.stance.mode, 'degraded');
      [converging, degraded] = [false, false];
      clock.advance(12 * HOUR);
      assert.equal(self.stance.mode, 'live', 'it passes by itself');

      happen('pattern.found', { kind: 'workload_spike' });
      assert.equal(self.stance.posture, 'copilot');
      clock.advance(HOUR);
      assert.equal(self.stance.posture, 'companion');

      for (let i = 0; i < 6; i++) {
        clock.advance(DAY);
        happen('wheel.settled', { recipe: 'lint-fix', outcome: 'success', verified: true, changedFiles: 1 });
      }
      assert.deepEqual([self.stance.tier, self.health(clock.now())], ['T1', []]);
      happen('wheel.settled', { recipe: 'lint-fix', outcome: 'undone', verified: true, changedFiles: 1 });
      const at = clock.now();
      clock.advance(HOUR);
      const message = 'You undid a run. Trust went from T1 to T0: without a click it reads and suggests.';
      assert.deepEqual(self.health(clock.now()), [{ subject: 'self', level: 'info', message, at }]);
      clock.advance(DAY);
      assert.deepEqual(self.health(clock.now()), []);

      clock.advance(30 * DAY);
      assert.equal(self.stance.mode, 'slumber');
    } finally {
      await self.dispose();
      store.close();
    }
  });
});
