import { PatchError, readPatch } from '../patches/index.ts';
import type { WheelStep } from '../protocol/index.ts';
import { wrongBranch, wrongPath } from './asked-path.ts';
import { CONTRACTS } from './contracts.ts';
import type { Program, StepNeed } from './types.ts';

/** What a step needs leave for. `paths` of a rename are those that it names; what it changes besides is seen when it is applied. Pure. */
export function needOf(step: WheelStep): StepNeed {
  const { capability } = CONTRACTS[step.tool];
  return {
    capability,
    paths: step.tool === 'command' ? inFolder(step.folder) : pathsOf(step),
    argv: step.tool === 'command' ? step.argv : null,
  };
}

/** What running a program needs leave for: it counts as being where it runs. Pure. */
export function needOfProgram({ argv, folder }: Program): StepNeed {
  return { capability: 'command', paths: inFolder(folder), argv };
}

/** Relative paths that a step names as its own. Pure. */
export function pathsOf(step: WheelStep): readonly string[] {
  switch (step.tool) {
    case 'write':
    case 'delete':
    case 'rename':
      return [step.path];
    case 'move':
    case 'move_file':
      return [step.from, step.to];
    case 'patch':
      return pathsOfPatch(step.diff);
    default:
      return [];
  }
}

/**
 * Why a step asks for more than the contract of its tool allows anybody, in words; null where it does not. `never` is
 * what is known of commands that nobody may run. Pure.
 */
export function breachOf(step: WheelStep, never: (argv: readonly string[]) => string | null): string | null {
  const { budget } = CONTRACTS[step.tool];
  const bytes = Buffer.byteLength(JSON.stringify(step));
  // What is escaped or named in the step besides its text is not what the budget is about.
  if (bytes > budget.bytes * 2 + 10_000)
    return `The step is ${bytes} bytes; ${step.tool} takes ${budget.bytes}.`;
  for (const path of pathsOf(step)) {
    const wrong = wrongPath(path);
    if (wrong !== null) return wrong;
  }
  switch (step.tool) {
    case 'command':
      return breachOfProgram(step, never);
    case 'branch':
      return wrongBranch(step.name);
    case 'delete_branch':
      return wrongBranch(step.name) ?? wrongBranch(step.mergedInto);
    case 'open_loop':
      return step.file === undefined ? null : wrongPath(step.file);
    default:
      return null;
  }
}

/** The same for a program. Pure. */
export function breachOfProgram(
  { argv, folder }: Program,
  never: (argv: readonly string[]) => string | null,
): string | null {
  if (argv.some((part) => part.includes('\0'))) return 'An argument holds a NUL character.';
  if ((argv[0] ?? '') === '') return 'The command names no program.';
  return (folder === '' ? null : wrongPath(folder)) ?? never(argv);
}

/** By the reading with which it is applied. What cannot be read touches nothing: it is refused when it is rehearsed. */
function pathsOfPatch(diff: string): readonly string[] {
  try {
    const paths = readPatch(diff).flatMap(({ from, to }) => [from, to]);
    return [...new Set(paths.filter((path) => path !== null))];
  } catch (error) {
    if (error instanceof PatchError) return [];
    throw error;
  }
}

function inFolder(folder: string): readonly string[] {
  return folder === '' ? [] : [folder];
}
