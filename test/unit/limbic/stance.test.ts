import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Circumstances, modeOf, postureOf, quieten } from '../../../companion/limbic/stance.ts';
import { defaultSettings, type Levels, mode, posture, settings } from '../../../companion/protocol/index.ts';

const BASE: Levels = { trust: 0.5, warmth: 0.6, arousal: 0.7, valence: 0.6 };
const WELL: Circumstances = { service: 'well', converging: false, load: 0, urgency: 0, asked: false };

describe('limbic/stance', () => {
  const modes: [Partial<Levels>, Partial<Circumstances>, string][] = [
    [{}, {}, 'live'],
    [{ arousal: 0.29 }, {}, 'slumber'],
    [{ arousal: 0.3 }, {}, 'live'],
    [{ valence: 0.29, arousal: 0.2 }, {}, 'quiet'],
    [{ valence: 0.3 }, {}, 'live'],
    [{ valence: 0 }, { converging: true }, 'convergence'],
    [{ valence: 0 }, { converging: true, service: 'degraded' }, 'degraded'],
    [{ valence: 0 }, { service: 'stopped' }, 'stopped'],
  ];
  for (const [levels, circumstances, expected] of modes) {
    it(`${JSON.stringify(levels)} with ${JSON.stringify(circumstances)} is ${expected}`, () =>
      assert.equal(modeOf({ ...BASE, ...levels }, { ...WELL, ...circumstances }), expected));
  }

  const postures: [Partial<Levels>, Partial<Circumstances>, string][] = [
    [{}, {}, 'companion'],
    [{ trust: 0.81, warmth: 0.71 }, {}, 'peer'],
    [{ trust: 0.8, warmth: 0.71 }, {}, 'companion'],
    [{ trust: 0.81, warmth: 0.7 }, {}, 'companion'],
    [{ trust: 0.81, warmth: 0.71 }, { load: 0.61 }, 'copilot'],
    [{}, { urgency: 0.61 }, 'copilot'],
    [{}, { urgency: 0.6, load: 0.6 }, 'companion'],
    [{ trust: 0.81, warmth: 0.71 }, { load: 1, asked: true }, 'expert'],
  ];
  for (const [levels, circumstances, expected] of postures) {
    it(`${JSON.stringify(levels)} with ${JSON.stringify(circumstances)} stands as ${expected}`, () =>
      assert.equal(postureOf({ ...BASE, ...levels }, { ...WELL, ...circumstances }), expected));
  }

  it('[S4] no mode or posture is ever louder than the settings', () => {
    const given = fc.record({
      refractoryMinutes: fc.integer({ min: 0, max: 7 * 24 * 60 }),
      maxRefractoryMinutes: fc.integer({ min: 0, max: 7 * 24 * 60 }),
      perDay: fc.nat(20),
    });
    fc.assert(
      fc.property(
        given,
        fc.constantFrom(...mode.options),
        fc.constantFrom(...posture.options),
        (some, m, p) => {
          const base = { ...defaultSettings.interruption, ...some };
          const quiet = quieten(base, { mode: m, posture: p });
          assert.ok(quiet.perDay <= base.perDay);
          assert.ok(quiet.refractoryMinutes >= base.refractoryMinutes);
          assert.ok(quiet.maxRefractoryMinutes >= base.maxRefractoryMinutes);
          const { perDay, refractoryMinutes, maxRefractoryMinutes, ...rest } = quiet;
          for (const [key, value] of Object.entries(rest))
            assert.equal(value, base[key as keyof typeof base]);
          settings.shape.interruption.parse(quiet);
        },
      ),
      { numRuns: 500, seed: 20260302 },
    );
  });

  it('live beside the user changes nothing; quiet means one a day and twice the pause', () => {
    const base = defaultSettings.interruption;
    assert.deepEqual(quieten(base, { mode: 'live', posture: 'companion' }), base);
    const quiet = quieten(base, { mode: 'quiet', posture: 'companion' });
    assert.deepEqual([quiet.perDay, quiet.refractoryMinutes], [1, 480]);
    assert.equal(quieten(base, { mode: 'stopped', posture: 'companion' }).perDay, 0);
  });
});
