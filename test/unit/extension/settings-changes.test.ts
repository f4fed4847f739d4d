import assert from 'node:assert/strict';
import { defaultSettings, settingsPatch } from '../../../companion/protocol/settings.ts';
import { changes, settingKeys } from '../../../extension/settings/changes.ts';

describe('settings that the user set', () => {
  it('become a change of what differs, and nothing else', () => {
    const patch = changes(defaultSettings, {
      interruption: { perDay: 1, refractoryMinutes: 240, unknown: 3 },
      sensors: { exclude: ['dist/**'] },
      elsewhere: { a: 1 },
    });
    assert.deepEqual(patch, { interruption: { perDay: 1 }, sensors: { exclude: ['dist/**'] } });
    assert.ok(settingsPatch.safeParse(patch).success);
  });

  it('become no change where nothing differs', () => {
    assert.equal(changes(defaultSettings, {}), null);
    assert.equal(changes(defaultSettings, { sensors: { exclude: [] } }), null);
  });

  it('have the keys of every room', () => {
    assert.ok(settingKeys(defaultSettings).includes('interruption.perDay'));
    assert.ok(settingKeys(defaultSettings).every((key) => /^\w+\.\w+$/.test(key)));
  });
});
