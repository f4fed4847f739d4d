import { count, listing } from '../../kernel/index.ts';
import { readPatch } from '../../patches/index.ts';
import type { WheelStep } from '../../protocol/index.ts';

/** What a plan does, in one sentence, from its steps alone: no model words it. Pure. */
export function sentenceOf(steps: readonly WheelStep[]): string {
  const changed: string[] = [];
  const made: string[] = [];
  const rest: string[] = [];
  for (const step of steps) {
    if (step.tool === 'patch') changed.push(readPatch(step.diff)[0]?.to ?? 'a file');
    else if (step.tool === 'write') made.push(step.path);
    else rest.push(wordsOf(step));
  }
  const parts = [
    ...(changed.length > 0 ? [`change ${files(changed)}`] : []),
    ...(made.length > 0 ? [`make ${files(made)}`] : []),
    ...rest,
  ];
  const whole = parts.join(', ');
  return `${whole.charAt(0).toUpperCase()}${whole.slice(1)}.`;
}

const files = (paths: readonly string[]): string =>
  paths.length > 3 ? count(paths.length, 'file') : listing(paths, 3);

function wordsOf(step: Exclude<WheelStep, { tool: 'patch' | 'write' }>): string {
  switch (step.tool) {
    case 'delete':
      return `delete ${step.path}`;
    case 'move':
    case 'move_file':
      return `move ${step.from} to ${step.to}`;
    case 'rename':
      return `rename a symbol of ${step.path} to ${step.to}`;
    case 'command':
      return `run \`${step.argv.join(' ')}\` on a copy`;
    case 'branch':
      return `make the branch ${step.name}`;
    case 'commit':
      return 'commit it';
    case 'delete_branch':
      return `delete the branch ${step.name}`;
    case 'open_loop':
      return `open the thread "${step.title}"`;
  }
}

/** Where a plan leads. Pure. */
export function destinationOf(steps: readonly WheelStep[]): string {
  const branch = steps.find((step) => step.tool === 'branch');
  const commits = steps.some((step) => step.tool === 'commit');
  if (branch) return `${branch.name}, ${commits ? 'committed' : 'not committed'}`;
  const touches = steps.some(({ tool }) => !['open_loop', 'delete_branch'].includes(tool));
  return touches ? 'in your working tree, not committed' : 'no file changes';
}
