import type { Loop } from '../../../companion/protocol/index.ts';

/** A Monday, 09:12 UTC. */
export const NOW = Date.UTC(2025, 10, 24, 9, 12);

/** A loop; what is not given is unremarkable. */
export function aLoop(change: Partial<Loop> = {}): Loop {
  return {
    id: 'loop_1',
    workspace: '/a',
    title: 'fix/clock',
    summary: '',
    context: '',
    source: 'branch',
    status: 'open',
    priority: 'normal',
    private: false,
    anchors: [],
    evidence: [],
    facts: {},
    rank: 0.5,
    createdAt: NOW,
    touchedAt: NOW,
    deferUntil: null,
    parentId: null,
    ...change,
  };
}
