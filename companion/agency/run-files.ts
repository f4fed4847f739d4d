import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomic } from '../kernel/node.ts';
import { ProgenyError, type WheelPreview } from '../protocol/index.ts';
import type { ChangeSet, FileEdit, Plan, Program } from './types.ts';
import type { VerifyFiles } from './verify-files.ts';

/** What a run holds of content, besides the bytes. */
export interface KeptRun {
  readonly plan: Plan;
  readonly edits: readonly FileEdit[];
  readonly preview: WheelPreview;
  /** What its programs wrote on the rehearsal. */
  readonly output: string;
  /** What the verification's command meant when it was shown. Left out by earlier versions. */
  readonly verifies?: VerifyFiles;
  /** It waits for a yes to programs before they are rehearsed. Null: it is rehearsed. */
  readonly first: {
    readonly given: Readonly<Record<string, string>>;
    readonly planned: boolean;
    readonly programs: readonly Program[];
  } | null;
}

const MODE = { file: 0o600, folder: 0o700 };

/** The content of runs, readable by the user alone: plan, preview, and the bytes before and after. Gone when a run is settled. */
export class RunFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The plan comes last: where it lies, the bytes lie. */
  async keep(run: string, kept: KeptRun, changes: ChangeSet): Promise<void> {
    const blobs = path.join(this.#folder, run, 'blobs');
    await mkdir(blobs, { recursive: true, mode: MODE.folder });
    for (const digest of digestsOf(kept.edits).keys())
      await writeFile(path.join(blobs, digest), await changes.load(digest), { mode: MODE.file });
    await writeFileAtomic(this.#plan(run), JSON.stringify(kept), { mode: MODE.file });
  }

  /** Null where there is none, or not all of it. */
  async load(run: string): Promise<KeptRun | null> {
    try {
      const kept = JSON.parse(await readFile(this.#plan(run), 'utf8')) as KeptRun;
      for (const [digest, bytes] of digestsOf(kept.edits))
        if ((await stat(this.#blob(run, digest))).size !== bytes) return null;
      return kept;
    } catch {
      // Not written whole, or removed by somebody: both mean that it cannot be gone on with.
      return null;
    }
  }

  /** A change set of these edits, with its bytes from here. */
  changes(run: string, edits: readonly FileEdit[]): ChangeSet {
    return { edits, load: (digest) => this.#read(run, digest) };
  }

  async remove(run: string): Promise<void> {
    await rm(path.join(this.#folder, run), { recursive: true, force: true });
  }

  /** What no run has any more. */
  async removeAllBut(runs: ReadonlySet<string>): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names) if (!runs.has(name)) await this.remove(name);
  }

  async #read(run: string, digest: string): Promise<Buffer> {
    const bytes = await readFile(this.#blob(run, digest)).catch(() => null);
    if (bytes && createHash('sha256').update(bytes).digest('hex') === digest) return bytes;
    throw new ProgenyError(
      'conflict',
      `Bytes of this run are ${bytes ? 'damaged' : 'gone'} in the data directory, so it cannot go on. Ask for it again.`,
    );
  }

  #plan(run: string): string {
    return path.join(this.#folder, run, 'plan.json');
  }

  #blob(run: string, digest: string): string {
    return path.join(this.#folder, run, 'blobs', digest);
  }
}

/** Every state of these edits with its size. */
function digestsOf(edits: readonly FileEdit[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { before, after } of edits)
    for (const state of [before, after]) if (state) found.set(state.digest, state.bytes);
  return found;
}
