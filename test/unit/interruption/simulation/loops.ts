import type { Loop } from '../../../../companion/protocol/index.ts';

export function loopOf(over: Partial<Loop> = {}): Loop {
  return {
    id: 'loop_1',
    workspace: '/w',
    title: 'fix/clock',
    summary: '2 files uncommitted (38 h)',
    context: '',
    source: 'branch',
    status: 'open',
    priority: 'normal',
    private: false,
    anchors: [{ kind: 'branch', branch: 'fix/clock' }],
    evidence: [],
    facts: {},
    rank: 0.9,
    createdAt: 0,
    touchedAt: 0,
    deferUntil: null,
    parentId: null,
    ...over,
  };
}
