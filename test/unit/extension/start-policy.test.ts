import assert from 'node:assert/strict';
import { nextStep, type Situation, type Step } from '../../../extension/link/start-policy.ts';

const NOW = 10_000_000;
const base: Situation = {
  found: 'absent',
  wanted: true,
  asked: false,
  wasConnected: false,
  silentFor: 0,
  starts: [],
};
const fourInAMinute = [NOW - 40_000, NOW - 30_000, NOW - 20_000, NOW - 10_000];

const table: readonly [string, Partial<Situation>, Step][] = [
  ['a running one is taken, even where none is wanted', { found: 'running', wanted: false }, 'connect'],
  ['the first window starts it', {}, 'start'],
  ['not without auto-start or a folder', { wanted: false }, 'rest'],
  ['unless the user asks', { wanted: false, asked: true }, 'start'],
  ['one that died is started again', { found: 'crashed', wasConnected: true }, 'start'],
  ['one that left cleanly was stopped by somebody', { found: 'absent', wasConnected: true }, 'rest'],
  ['until the user asks', { found: 'absent', wasConnected: true, asked: true }, 'start'],
  ['one that died after being stopped here stays down', { found: 'crashed', wanted: false }, 'rest'],
  ['one that is starting or stopping is waited for', { found: 'silent', silentFor: 3000 }, 'wait'],
  ['even when asked', { found: 'silent', silentFor: 3000, asked: true }, 'wait'],
  ['a hung one is not waited for', { found: 'silent', silentFor: 10_000 }, 'start'],
  ['one that dies again and again is let be', { found: 'crashed', starts: fourInAMinute }, 'give-up-for-now'],
  ['for a while', { found: 'crashed', starts: fourInAMinute.map((at) => at - 60_000) }, 'start'],
  ['and tried when asked', { found: 'crashed', starts: fourInAMinute, asked: true }, 'start'],
  [
    'fifteen times in an hour are enough',
    { found: 'crashed', starts: Array.from({ length: 15 }, (_, i) => NOW - 120_000 - i * 60_000) },
    'give-up-for-now',
  ],
];

describe('the start policy', () => {
  for (const [name, part, step] of table) {
    it(`${name}: ${step}`, () => assert.equal(nextStep({ ...base, ...part }, NOW), step));
  }
});
