import type { Loop } from '../../../../companion/protocol/index.ts';
import { sampleLoop } from '../../../fixtures/samples.ts';

export function loopOf(over: Partial<Loop> = {}): Loop {
  return sampleLoop({
    summary: '2 files uncommitted (38 h)',
    anchors: [{ kind: 'branch', branch: 'fix/clock' }],
    rank: 0.9,
    createdAt: 0,
    touchedAt: 0,
    ...over,
  });
}
