import type { Plan, PlanWorld, Recipe } from '../agency/index.ts';
import { count, listing } from '../kernel/index.ts';
import { applyHunks, type FilePatch, PatchError, readPatch } from '../patches/index.ts';
import type { WheelReview, WheelStep } from '../protocol/index.ts';
import { changeStep } from './change-step.ts';
import { asksForMore, inFolder, notInside, onlyKnown } from './in-folder.ts';
import { badOption, notAllowed, notNow } from './refusals.ts';
import { findVerification } from './verify.ts';

const OPTIONS: Recipe['options'] = [
  { name: 'file', question: 'Which file of the folder holds the patch?', required: false },
  { name: 'text', question: 'Or the patch itself?', required: false },
];
const MOST_FILES = 500;

/** A unified or git patch: all of it applies, or nothing does. */
export const applyPatch: Recipe = {
  name: 'apply-patch',
  title: 'Apply a patch',
  what: 'Applies a patch from a file or from text; says where a hunk was moved, and refuses one that does not fit.',
  options: OPTIONS,
  unavailable: async () => null,
  async plan(world, options) {
    onlyKnown(options, OPTIONS);
    const { text, name } = await patchOf(world, options);
    const files = parsed(text, options.file ? 'file' : 'text');
    const { steps, review } = await stepsOf(world, files);
    const hunks = files.reduce((sum, file) => sum + file.hunks.length, 0);
    return {
      sentence: `Apply ${name}: ${count(hunks, 'hunk')} in ${count(files.length, 'file')}.`,
      destination: 'in your working tree, not committed',
      steps,
      verify: await findVerification(world),
      ...(review.length > 0 && { review }),
    } satisfies Plan;
  },
};

async function patchOf(
  world: PlanWorld,
  { file = '', text = '' }: Readonly<Record<string, string>>,
): Promise<{ text: string; name: string }> {
  if ((file.trim() === '') === (text.trim() === ''))
    throw badOption(
      file.trim() === '' ? 'text' : 'file',
      'give either the file that holds the patch, or its text.',
    );
  if (text.trim() !== '') return { text, name: 'the patch' };
  const path = inFolder('file', file, world.root);
  const found = await world.read(path);
  if (found === null)
    throw badOption('file', `there is no text file "${path}" of at most 2 MB in the folder.`);
  return { text: found, name: path };
}

function parsed(text: string, option: string): FilePatch[] {
  try {
    const files = readPatch(text);
    if (files.length > MOST_FILES)
      throw badOption(option, `it changes ${files.length} files, more than ${MOST_FILES}.`);
    return files;
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    throw badOption(option, `this is no patch that can be applied: ${error.message}.`);
  }
}

/** Steps that do what the patch says, each made for the file as it stands, so that nothing is guessed again later. */
export async function stepsOf(
  world: Pick<PlanWorld, 'read' | 'root'>,
  files: readonly FilePatch[],
): Promise<{ steps: WheelStep[]; review: WheelReview[] }> {
  const steps: WheelStep[] = [];
  const review: WheelReview[] = [];
  const seen = new Set<string>();
  for (const file of files) {
    for (const path of new Set([file.from, file.to])) {
      if (path === null) continue;
      const reason = notInside(path);
      if (reason !== null) {
        const words = `it changes "${path}", which ${reason}.`;
        throw asksForMore(path, world.root) ? notAllowed('patch', words) : badOption('patch', words);
      }
      if (seen.has(path)) throw notNow(`The patch changes ${path} twice; split it into two patches.`);
      seen.add(path);
    }
    const [more, notes] = await stepsOfFile(world, file);
    steps.push(...more);
    for (const note of notes)
      review.push({ text: `The patch did not fit as it was written: ${note}.`, file: file.to, line: null });
  }
  if (steps.length === 0) throw notNow('The patch changes nothing here.');
  return { steps, review };
}

async function stepsOfFile(
  world: Pick<PlanWorld, 'read'>,
  file: FilePatch,
): Promise<[WheelStep[], readonly string[]]> {
  const { from, to, mode } = file;
  const name = (to ?? from)!;
  if (file.binary)
    throw notNow(`The patch changes ${name}, which is binary; a run applies patches of text only.`);
  if (mode === '120000')
    throw notNow(`The patch makes or changes the symbolic link ${name}; make it yourself.`);
  if (mode === '160000') throw notNow(`The patch moves the submodule ${name}; use git submodule for that.`);
  const executable = mode === null ? {} : { executable: mode === '100755' };
  if (from === null) {
    if ((await world.read(name)) !== null)
      throw notNow(`The patch makes ${name}, but that file is there already.`);
    const made = applyHunks('', file);
    if (!made.ok) throw unfit(name, made);
    return [[{ tool: 'write', path: name, text: made.text, ...executable }], []];
  }
  const text = await world.read(from);
  if (text === null)
    throw notNow(
      `The patch changes ${from}, but there is no such text file of at most 2 MB. Is it made for this folder?`,
    );
  const result = applyHunks(text, file);
  if (!result.ok) throw unfit(from, result);
  if (to === null) {
    if (result.text !== '')
      throw notNow(`The patch deletes ${from}, but the file has text that the patch does not know.`);
    return [[{ tool: 'delete', path: from }], result.notes];
  }
  const steps: WheelStep[] = [];
  if (to !== from) {
    if ((await world.read(to)) !== null)
      throw notNow(`The patch moves ${from} to ${to}, but that file is there already.`);
    steps.push({ tool: 'move', from, to });
  }
  if (mode !== null) steps.push({ tool: 'write', path: to, text: result.text, ...executable });
  else if (result.text !== text) steps.push(changeStep(to, text, result.text));
  return [steps, result.notes];
}

function unfit(name: string, { hunk, why }: Extract<ReturnType<typeof applyHunks>, { ok: false }>): Error {
  return notNow(
    `The hunk ${hunk.header} does not fit ${listing([name], 1)}: ${why}. Nothing of the patch was applied.`,
  );
}
