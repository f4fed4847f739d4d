import { createHash } from 'node:crypto';
import { clip } from '../kernel/index.ts';
import { countLines } from '../patches/index.ts';
import type { WheelFile, WheelPreview, WheelStep } from '../protocol/index.ts';
import { stepWords } from './step-words.ts';
import type { ChangeSet, FileEdit, Plan, Program } from './types.ts';

const FIRST =
  'Runs these programs on a copy of your folder. Your folder stays as it is; what they change is shown next, and asked for again.';
const EFFECTS: ReadonlySet<WheelStep['tool']> = new Set(['branch', 'commit', 'delete_branch', 'open_loop']);

/** All that a person sees before they say yes, under a digest of all of it and of the plan that it stands for. */
export async function makePreview(
  run: string,
  plan: Plan,
  changes: ChangeSet,
  around: {
    readonly containment: string;
    readonly uncovered: readonly string[];
    /** Programs to be run on a copy before anything else can be shown. */
    readonly first?: readonly Program[];
  },
): Promise<WheelPreview> {
  const files = await filesOf(changes);
  const shown = {
    files,
    commands: (around.first ?? (plan.verify ? [plan.verify] : [])).map(({ argv }) => [...argv]),
    effects: around.first
      ? [FIRST]
      : plan.steps.filter(({ tool }) => EFFECTS.has(tool)).map((step) => `${stepWords(step)}.`),
    containment: around.containment,
    uncovered: [...around.uncovered],
  };
  const { sentence, destination, steps, verify } = plan;
  const { first } = around;
  const all = { run, sentence, destination, steps, verify, first, edits: changes.edits, ...shown };
  const digest = createHash('sha256').update(JSON.stringify(all)).digest('hex');
  return { run, digest, ...shown };
}

async function filesOf({ edits, load }: ChangeSet): Promise<WheelFile[]> {
  const left = edits.filter(({ after }) => after === null);
  const files: WheelFile[] = [];
  const moved = new Set<string>();
  for (const edit of edits) {
    if (edit.after === null) continue;
    const source = edit.before === null ? left.find((each) => isSource(each, edit, moved)) : undefined;
    if (source) moved.add(source.path);
    files.push(await fileOf(edit, source?.path ?? null, load));
  }
  for (const edit of left) if (!moved.has(edit.path)) files.push(await fileOf(edit, null, load));
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function isSource(gone: FileEdit, edit: FileEdit, taken: ReadonlySet<string>): boolean {
  return gone.before?.digest === edit.after?.digest && gone.before?.bytes !== 0 && !taken.has(gone.path);
}

async function fileOf(edit: FileEdit, from: string | null, load: ChangeSet['load']): Promise<WheelFile> {
  const { path, before, after } = edit;
  const bytes = after?.bytes ?? 0;
  const kind = from
    ? 'moved'
    : before === null
      ? 'added'
      : after === null
        ? 'deleted'
        : before.digest === after.digest
          ? 'mode'
          : 'changed';
  const plain = { path, from, kind, bytes, additions: 0, deletions: 0 } as const;
  const [one, other] = [before && (await load(before.digest)), after && (await load(after.digest))];
  const binary = isBinary(one) || isBinary(other);
  if (binary || kind === 'moved' || kind === 'mode') return { ...plain, binary };
  return { ...plain, binary, ...countLines(textOf(one), textOf(other)) };
}

/** As git tells: a NUL byte in its beginning. */
export function isBinary(bytes: Buffer | null): boolean {
  return bytes?.subarray(0, 8000).includes(0) ?? false;
}

function textOf(bytes: Buffer | null): string {
  return bytes === null ? '' : bytes.toString('utf8');
}

/** "6 files: a.ts, b.ts and 4 more". Pure. */
export function fileWords(paths: readonly string[]): string {
  const names = paths.slice(0, 3).map((each) => clip(each, 80));
  const rest = paths.length - names.length;
  const list = rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ');
  return `${paths.length} ${paths.length === 1 ? 'file' : 'files'}: ${list}`;
}
