import path from 'node:path';
import type { Jobs } from '../jobs/index.ts';
import { count } from '../kernel/index.ts';
import { type ImportFormat, type Job, ProgenyError } from '../protocol/index.ts';
import { detectFormat } from './detect-format.ts';
import { fileParts } from './file-parts.ts';
import { placeRecord } from './place-record.ts';
import type { ImportedRecord } from './record.ts';
import { type ImportCheckpoint, type ImportTotals, type Keep, type Part, runImport } from './run-import.ts';

export interface ImportsOptions {
  jobs: Jobs;
  keep: Keep;
  /** The folders that records can belong to. */
  workspaces(): readonly string[];
  /** Takes a folder down as one that records can belong to. */
  register(folder: string): void;
  /** The history of the repository at a path. Throws in words what hinders it. */
  history(folder: string, signal: AbortSignal): Promise<Part>;
}

interface ImportInput {
  path: string;
  format: ImportFormat;
  workspace: string | null;
}

const KIND = 'import';

/** Archives of other programs, and of Progeny, taken up into memory by jobs that survive a crash. */
export class Imports {
  readonly #options: ImportsOptions;

  constructor(options: ImportsOptions) {
    this.#options = options;
    options.jobs.define<ImportInput>(KIND, {
      run: async ({ input, checkpoint, signal, save, progress }) => {
        const parts =
          input.format === 'git'
            ? [await options.history(input.path, signal)]
            : await fileParts(input.path, input.format);
        const keep: Keep = (records) => options.keep(records.map((record) => this.#place(record, input)));
        const saved = checkpoint as ImportCheckpoint | null;
        return totalsText(await runImport({ parts, keep, checkpoint: saved, signal, save, progress }));
      },
    });
  }

  /**
   * Queues an import. Throws `bad_input` for a path that is not absolute, not there, or of no known format, and
   * `not_found` for an unknown workspace.
   */
  async start(input: {
    path: string;
    format?: ImportFormat | undefined;
    workspace?: string | undefined;
  }): Promise<Job> {
    const { jobs, workspaces } = this.#options;
    if (!path.isAbsolute(input.path))
      throw new ProgenyError('bad_input', `path: expected an absolute path, received "${input.path}".`, {
        fields: [{ path: 'path' }],
      });
    const place = path.resolve(input.path);
    const workspace = input.workspace ?? null;
    if (workspace !== null && !workspaces().includes(workspace))
      throw new ProgenyError(
        'not_found',
        `The folder "${workspace}" is not known to Progeny. Open it first.`,
      );
    const format = input.format ?? (await detectFormat(place));
    if (format !== 'git' && input.format) await fileParts(place, format);
    return jobs.enqueue(KIND, place, { path: place, format, workspace } satisfies ImportInput);
  }

  #place(record: ImportedRecord, { workspace }: ImportInput): ImportedRecord {
    const { workspaces, register } = this.#options;
    const known = workspaces();
    const placed = placeRecord(record, workspace, known);
    // What comes from another mind brings its folder along.
    if (workspace === null && placed.kept && placed.workspace !== null && !known.includes(placed.workspace))
      register(placed.workspace);
    return placed;
  }
}

/** "120 added, 30 known, 2 skipped (a line that is no JSON: 2)". Pure. */
export function totalsText({ added, known, skipped }: ImportTotals): string {
  const reasons = Object.entries(skipped);
  const left = reasons.reduce((sum, [, n]) => sum + n, 0);
  const why = reasons.map(([reason, n]) => `${reason}: ${n}`).join(', ');
  return `${count(added, 'record')} added, ${known} known${left > 0 ? `, ${left} skipped (${why})` : ''}`;
}
