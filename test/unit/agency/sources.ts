import type { StepContext } from '../../../companion/agency/index.ts';
import { authorityOf, type LeaveSources, type Risk } from '../../../companion/agency/index.ts';
import { isLive } from '../../../companion/agency/live-grant.ts';
import type { Grant, Tier, WheelStep } from '../../../companion/protocol/index.ts';

export const NOW = Date.UTC(2026, 5, 1, 9);
export const DAY = 86_400_000;
export const FOLDER = '/home/ana/atlas';

export const grant = (fields: Partial<Grant> = {}): Grant => ({
  id: 'grant_1',
  capability: 'edit',
  workspace: FOLDER,
  paths: [],
  argv: null,
  silence: true,
  createdAt: NOW - DAY,
  expiresAt: NOW + DAY,
  revokedAt: null,
  uses: 0,
  ...fields,
});

/** What is known of commands here: no shell ever, `git push` and `npm publish` never without a click. */
export function commandRisk([program, verb]: readonly string[]): readonly Risk[] {
  if (program === 'sh') return [{ rule: 'never', why: 'A shell is given its commands as text.' }];
  if (verb === 'push' || verb === 'publish') return [{ rule: 'click', why: `${program} ${verb} publishes.` }];
  return [];
}

export interface World {
  tier: Tier;
  trusted: boolean;
  confidential: boolean;
  grants: Grant[];
  now: number;
}

/** A world that can change under the feet of a run, and the authority that asks it anew. */
export function worldWith(given: Partial<World> = {}) {
  const world: World = { tier: 'T0', trusted: true, confidential: false, grants: [], now: NOW, ...given };
  const sources: LeaveSources = {
    tier: () => world.tier,
    trusted: (folder) => world.trusted && folder === FOLDER,
    confidential: () => world.confidential,
    grants: { live: () => world.grants.filter((each) => isLive(each, world.now, 0)), used: () => {} },
    commandRisk,
    maxFiles: () => 100,
  };
  return { world, sources, authority: authorityOf(sources) };
}

export const context = (fields: Partial<StepContext> = {}): StepContext => ({
  run: 'run_1',
  workspace: FOLDER,
  origin: { by: 'person', name: 'vscode' },
  digest: 'd1',
  click: null,
  silence: false,
  real: true,
  ...fields,
});
export const click = (digest: string, files: readonly string[] | null = null) => ({
  digest,
  connection: 'c1',
  files,
});

export const STEPS: readonly WheelStep[] = [
  { tool: 'write', path: 'src/a.ts', text: 'x' },
  { tool: 'move', from: 'src/a.ts', to: 'src/b.ts' },
  { tool: 'delete', path: 'src/a.ts' },
  { tool: 'patch', diff: '--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1 +1 @@\n-a\n+b\n' },
  { tool: 'rename', path: 'src/a.ts', line: 1, column: 1, to: 'b' },
  { tool: 'move_file', from: 'src/a.ts', to: 'src/b.ts' },
  { tool: 'command', argv: ['npm', 'run', 'lint'], folder: '', purpose: 'lint' },
  { tool: 'branch', name: 'fix/lint' },
  { tool: 'commit', message: 'fix' },
  { tool: 'delete_branch', name: 'old', at: '0'.repeat(40), mergedInto: 'main' },
  { tool: 'open_loop', title: 'A test fails', context: '' },
];
