import { createHash } from 'node:crypto';
import type { Loop } from '../../../companion/protocol/index.ts';

const HOUR = 3_600_000;

/** Four loops such as a real repository has. */
export function fakeLoops(workspace: string, now: number): Loop[] {
  const place = createHash('sha256').update(workspace).digest('hex').slice(0, 14);
  const common: Omit<Loop, 'id' | 'title' | 'summary' | 'source' | 'anchors' | 'facts' | 'rank'> = {
    workspace,
    context: '',
    status: 'open',
    priority: 'normal',
    private: false,
    evidence: [],
    createdAt: now - 90 * HOUR,
    touchedAt: now - 62 * HOUR,
    deferUntil: null,
    parentId: null,
  };
  return [
    {
      ...common,
      id: `loop_${place}a1`,
      title: 'fix/clock',
      summary: '2 files uncommitted, not pushed for 38 h',
      source: 'branch',
      anchors: [
        { kind: 'branch', branch: 'fix/clock' },
        { kind: 'line', file: 'src/scheduler.ts', line: 3, text: 'tick', lost: false },
      ],
      facts: { current: true, uncommittedFiles: 2 },
      rank: 0.9,
    },
    {
      ...common,
      id: `loop_${place}a2`,
      title: 'feature/import',
      summary: '5 commits ahead of main, last touched Wednesday',
      source: 'branch',
      anchors: [{ kind: 'branch', branch: 'feature/import' }],
      facts: { ahead: 5 },
      rank: 0.7,
    },
    {
      ...common,
      id: `loop_${place}a3`,
      title: 'TODO handle CRLF',
      summary: 'parser.ts:2, 88 days old, file changed 14 times since',
      source: 'todo',
      status: 'proposed',
      anchors: [{ kind: 'line', file: 'src/parser.ts', line: 2, text: '// TODO handle CRLF', lost: false }],
      facts: { changesSince: 14 },
      rank: 0.5,
    },
    {
      ...common,
      id: `loop_${place}a4`,
      title: 'stash: try the other lexer',
      summary: '1 file, 12 days old',
      source: 'stash',
      status: 'stale',
      anchors: [{ kind: 'stash', commit: 'abcdef1234', name: 'stash@{0}' }],
      facts: {},
      rank: 0.3,
    },
  ];
}
