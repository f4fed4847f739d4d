import assert from 'node:assert/strict';
import { defaultSettings } from '../../../companion/protocol/index.ts';
import { retentionCutoffs } from '../../../companion/sensors/retention.ts';
import { NOON } from './support.ts';

describe('sensors: retention', () => {
  it('keeps raw rows two days and spans ninety by default', () => {
    assert.deepEqual(retentionCutoffs(defaultSettings.sensors, NOON), {
      rowsBefore: NOON - 48 * 3_600_000,
      spansBefore: NOON - 90 * 24 * 3_600_000,
    });
  });

  it('follows the settings', () => {
    assert.deepEqual(retentionCutoffs({ rawHours: 1, spanDays: 2 }, NOON), {
      rowsBefore: NOON - 3_600_000,
      spansBefore: NOON - 2 * 86_400_000,
    });
  });
});
