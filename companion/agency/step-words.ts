import { clip } from '../kernel/index.ts';
import { argvWords, type WheelStep } from '../protocol/index.ts';

const ARGUMENTS = 120;

/** What a step does, in words: "Runs eslint --fix in src". Pure. */
export function stepWords(step: WheelStep): string {
  switch (step.tool) {
    case 'write':
      return `Writes ${step.path}`;
    case 'move':
      return `Moves ${step.from} to ${step.to}`;
    case 'delete':
      return `Deletes ${step.path}`;
    case 'patch':
      return 'Applies a patch';
    case 'rename':
      return `Renames what stands at ${step.path}:${step.line} to ${clip(step.to, ARGUMENTS)}, with all that refers to it`;
    case 'move_file':
      return `Moves ${step.from} to ${step.to}, with all that refers to it`;
    case 'command':
      return `Runs ${clip(argvWords(step.argv), ARGUMENTS)}${step.folder === '' ? '' : ` in ${step.folder}`}`;
    case 'branch':
      return `Makes the branch ${step.name} and goes over to it`;
    case 'commit':
      return `Commits what it changed: ${clip(step.message.split('\n')[0]!, ARGUMENTS)}`;
    case 'delete_branch':
      return `Deletes the branch ${step.name} (at ${step.at.slice(0, 7)}, all of it in ${step.mergedInto})`;
    case 'open_loop':
      return `Opens a thread: ${clip(step.title, ARGUMENTS)}`;
  }
}
