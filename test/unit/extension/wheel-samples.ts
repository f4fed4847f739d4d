import type { WheelRun } from '../../../companion/protocol/index.ts';
import { NOW } from './samples.ts';

/** A run that a person asked for; what is not given is unremarkable. */
export function aRun(part: Partial<WheelRun> = {}): WheelRun {
  return {
    id: 'run_1',
    workspace: '/home/ana/atlas',
    recipe: 'fix-lint',
    origin: { by: 'person', name: 'VS Code' },
    status: 'previewed',
    sentence: 'Fix 14 lint errors in 6 files',
    destination: 'in your working tree, not committed',
    steps: [{ tool: 'command', words: 'Runs eslint --fix in src', status: 'running', note: null }],
    digest: 'digest_1',
    files: 6,
    additions: 41,
    deletions: 12,
    reason: null,
    proposal: null,
    countdown: null,
    report: null,
    undoUntil: null,
    conflicts: [],
    createdAt: NOW - 60_000,
    changedAt: NOW,
    ...part,
  };
}
