import type { WheelCapability, WheelStep } from '../protocol/index.ts';
import { readPatch } from './apply-patch.ts';
import type { FileEdit, Plan, StepNeed } from './types.ts';

const CAPABILITY: Readonly<Record<WheelStep['tool'], WheelCapability>> = {
  write: 'edit',
  move: 'edit',
  delete: 'edit',
  patch: 'edit',
  rename: 'edit',
  move_file: 'edit',
  command: 'command',
  branch: 'git',
  commit: 'git',
  delete_branch: 'delete_branch',
  open_loop: 'draft',
};

/** Paths that a step names. Throws `bad_input` for a patch that cannot be read. Pure. */
export function pathsOf(step: WheelStep): string[] {
  switch (step.tool) {
    case 'write':
    case 'delete':
    case 'rename':
      return [step.path];
    case 'move':
    case 'move_file':
      return [step.from, step.to];
    case 'patch':
      return readPatch(step.diff).flatMap(({ from, to }) => [from, to].filter((path) => path !== null));
    case 'command':
      return inFolder(step.folder);
    default:
      return [];
  }
}

function inFolder(folder: string): string[] {
  return folder === '' ? [] : [folder];
}

/** What a run asks leave for when it acts: its steps, the files that it turned out to change, its verification. Pure. */
export function needsOf(plan: Plan, edits: readonly FileEdit[]): StepNeed[] {
  const steps = plan.steps.map((step) => ({
    capability: CAPABILITY[step.tool],
    paths: pathsOf(step),
    argv: step.tool === 'command' ? step.argv : null,
  }));
  const paths = edits.map(({ path }) => path);
  return [
    ...steps,
    ...(paths.length > 0 ? [{ capability: 'edit' as const, paths, argv: null }] : []),
    ...(plan.verify
      ? [{ capability: 'command' as const, paths: inFolder(plan.verify.folder), argv: plan.verify.argv }]
      : []),
  ];
}
