import { writePatch } from '../patches/index.ts';
import type { WheelStep } from '../protocol/index.ts';

/**
 * The step that gives a file of the folder another text: a patch, which fits only the text that it was made for, or
 * the whole of it where the two have too little in common. Pure.
 */
export function changeStep(path: string, before: string, after: string): WheelStep {
  const diff = writePatch(path, before, after);
  return diff === null ? { tool: 'write', path, text: after } : { tool: 'patch', diff };
}
