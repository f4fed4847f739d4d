import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { clip } from '../kernel/index.ts';
import { applyHunks, type FilePatch, PatchError, readPatch } from '../patches/index.ts';
import { ProgenyError, type WheelStep, type WheelStepState } from '../protocol/index.ts';
import { CopyHands } from './copy-hands.ts';
import type { WheelParts } from './parts.ts';
import { pathsOf } from './step-needs.ts';
import type { ChangeSet, Plan, Program, ProgramResult, Rehearsal, RenameEdits } from './types.ts';

export interface RehearseOptions extends Pick<WheelParts, 'rehearsals' | 'programs' | 'renamer'> {
  readonly root: string;
  readonly signal: AbortSignal;
  /** Asked before each step; throws where it is refused. */
  before(step: WheelStep, n: number): void;
  /** Whether a program may reach the network. */
  network(program: Program): boolean;
  /** How a step went. */
  after(n: number, status: WheelStepState['status'], note: string | null): void;
}

/** A plan that was carried out on a copy. To be disposed when the bytes of its changes were taken. */
export interface Rehearsed {
  readonly changes: ChangeSet;
  /** Snapshot that the copy was made from; null where no file is concerned and none was made. */
  readonly base: string | null;
  /** What its programs wrote. */
  readonly output: string;
  dispose(): Promise<void>;
}

const NOTHING: ChangeSet = { edits: [], load: () => Promise.reject(new Error('There are no bytes.')) };
const LATER: ReadonlySet<WheelStep['tool']> = new Set(['branch', 'commit', 'delete_branch', 'open_loop']);
const MOST_OUTPUT = 256 * 1024;

/**
 * Carries out the steps of a plan on a copy of the folder, one after the other. What concerns branches and threads waits
 * for the real thing. Throws what a step ran into; what is left of the copy is removed then.
 */
export async function rehearse(plan: Plan, options: RehearseOptions): Promise<Rehearsed> {
  const { rehearsals, root, signal } = options;
  const onFiles = plan.steps.filter(({ tool }) => !LATER.has(tool));
  for (const [n, step] of plan.steps.entries()) if (LATER.has(step.tool)) options.before(step, n);
  if (onFiles.length === 0) return { changes: NOTHING, base: null, output: '', dispose: async () => {} };
  const renames = await askEditor(plan, options);
  const program = onFiles.some(({ tool }) => tool === 'command');
  const paths = program ? undefined : [...new Set(onFiles.flatMap((step) => [...touched(step, renames)]))];
  const rehearsal = await rehearsals.prepare(root, { ...(paths && { paths }), signal });
  try {
    const outputs: string[] = [];
    for (const [n, step] of plan.steps.entries()) {
      if (LATER.has(step.tool)) continue;
      signal.throwIfAborted();
      options.before(step, n);
      options.after(n, 'running', null);
      const note = await take(step, rehearsal, renames, options, (text) => outputs.push(text));
      options.after(n, 'rehearsed', note);
    }
    const changes = await rehearsal.changes(signal);
    return {
      changes,
      base: rehearsal.base,
      // A program that is not contained names files of the copy; they are the folder's.
      output: outputs.join('\n').replaceAll(rehearsal.folder, root).slice(-MOST_OUTPUT),
      dispose: () => rehearsal.dispose(),
    };
  } catch (error) {
    await rehearsal.dispose();
    throw error;
  }
}

/** The editor knows the folder itself, so it is asked before anything is copied. */
async function askEditor(plan: Plan, { renamer, root, signal, before }: RehearseOptions) {
  const answers = new Map<WheelStep, RenameEdits>();
  for (const [n, step] of plan.steps.entries()) {
    if (step.tool !== 'rename' && step.tool !== 'move_file') continue;
    before(step, n);
    answers.set(step, await renamer.rename(root, step, signal));
  }
  return answers;
}

function* touched(step: WheelStep, renames: ReadonlyMap<WheelStep, RenameEdits>): Iterable<string> {
  yield* pathsOf(step);
  const edits = renames.get(step);
  if (!edits) return;
  yield* Object.keys(edits.texts);
  for (const { from, to } of edits.moves) yield* [from, to];
}

/** Takes one step; resolves with what is to be said of it, null for nothing. */
async function take(
  step: WheelStep,
  rehearsal: Rehearsal,
  renames: ReadonlyMap<WheelStep, RenameEdits>,
  { programs, root, signal, network }: RehearseOptions,
  wrote: (output: string) => void,
): Promise<string | null> {
  const hands = new CopyHands(rehearsal.folder);
  switch (step.tool) {
    case 'write':
      await hands.write(step.path, step.text, step.executable);
      return null;
    case 'move':
      await hands.move(step.from, step.to);
      return null;
    case 'delete':
      await hands.delete(step.path);
      return null;
    case 'patch':
      await patch(step.diff, hands);
      return null;
    case 'rename':
    case 'move_file':
      await rename(renames.get(step)!, hands, root);
      return null;
    case 'command': {
      const result = await programs.run(
        { argv: step.argv, folder: step.folder },
        {
          root: rehearsal.folder,
          network: network({ argv: step.argv, folder: step.folder }),
          signal,
          instead: { of: root, by: rehearsal.folder },
        },
      );
      signal.throwIfAborted();
      wrote(result.output);
      return programNote(step.argv, result, step.accept);
    }
    default:
      throw new Error(`${step.tool} is not rehearsed.`);
  }
}

/** A program that ends with another code than 0 may have done its work: fixers tell so that something remains. */
function programNote(
  argv: readonly string[],
  { ended, code, output }: ProgramResult,
  accept: readonly number[] = [0],
): string | null {
  if (ended === 'exit')
    return code !== null && accept.includes(code)
      ? null
      : `It ended with code ${code}. ${lastLine(output)}`.trim();
  throw new ProgenyError('conflict', `${argv[0]} ${ENDED[ended]}. ${lastLine(output)}`.trim());
}

/** Why a program did not come to its own end. */
export const ENDED: Readonly<Record<Exclude<ProgramResult['ended'], 'exit'>, string>> = {
  timeout: 'took too long and was ended (`wheel.commandMinutes`)',
  output: 'wrote too much and was ended',
  processes: 'started too many processes and was ended (`wheel.maxProcesses`)',
  stopped: 'was stopped',
  not_started: 'could not be started',
};

function lastLine(output: string): string {
  return clip(output.trimEnd().split('\n').at(-1)?.trim() ?? '', 300);
}

async function patch(diff: string, hands: CopyHands): Promise<void> {
  for (const file of read(diff)) {
    const { from, to, mode } = file;
    const name = from ?? to;
    const unfit = (why: string) => new ProgenyError('conflict', `The patch does not fit ${name}: ${why}.`);
    if (file.binary) throw unfit('it is no text');
    const bytes = from === null ? Buffer.alloc(0) : await hands.read(from);
    if (bytes === null) throw unfit('there is no such file');
    if (from === null && (await hands.read(to!)) !== null) throw unfit('it exists already');
    const text = bytes.toString('utf8');
    if (!Buffer.from(text, 'utf8').equals(bytes)) throw unfit('it is not UTF-8 text');
    // Nothing is guessed: the text is the one that the patch was made for.
    const patched = applyHunks(text, file, 0);
    if (!patched.ok) throw unfit(patched.why);
    if (to !== null && from !== null && from !== to) await hands.move(from, to);
    if (to === null) await hands.delete(from!);
    else await hands.write(to, patched.text, mode === null ? undefined : mode === '100755');
  }
}

function read(diff: string): FilePatch[] {
  try {
    return readPatch(diff);
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    throw new ProgenyError('bad_input', `This is no patch that can be applied: ${error.message}.`);
  }
}

/** The editor's answer rests on the folder; what the copy has changed since it would undo. */
async function rename({ texts, moves }: RenameEdits, hands: CopyHands, root: string): Promise<void> {
  for (const { from, to } of moves) await hands.move(from, to);
  const was = new Map(moves.map(({ from, to }) => [to, from]));
  for (const [file, text] of Object.entries(texts)) {
    const [copied, real] = [
      await hands.read(file),
      await readFile(path.join(root, was.get(file) ?? file)).catch(() => null),
    ];
    if (copied !== null && real !== null && !copied.equals(real))
      throw new ProgenyError(
        'conflict',
        `${file} was changed by an earlier step, and a rename rests on the file as it is. Rename first, in a run of its own.`,
      );
    await hands.write(file, text);
  }
}
