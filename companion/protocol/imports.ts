import { z } from 'zod';
import { workspacePath } from './primitives.ts';

/** What can be taken up into memory. `progeny` is what `memories.export` writes, in both of its forms. */
export const importFormat = z.enum([
  'claude-code',
  'copilot-chat',
  'chatgpt',
  'cline',
  'markdown',
  'git',
  'progeny',
]);
export type ImportFormat = z.infer<typeof importFormat>;

export const importInput = z.strictObject({
  /** A file or a folder on the companion's machine. */
  path: z.string().min(1).max(4096),
  /** Left out: found out from what lies there. */
  format: importFormat.optional(),
  /** What every record belongs to. Left out: the known folder that a record itself names, or none. */
  workspace: workspacePath.optional(),
});

/** `jsonl`: one record a line, whole. `markdown`: to be read by a person; comes back whole as well. */
export const exportFormat = z.enum(['jsonl', 'markdown']);
export type ExportFormat = z.infer<typeof exportFormat>;

export const exportInput = z.strictObject({
  /** An absolute path of the file to write, readable by its owner only. */
  path: z.string().min(1).max(4096),
  format: exportFormat.default('jsonl'),
  /** Whether a file that stands there may be replaced. */
  overwrite: z.boolean().default(false),
});

export const exported = z.strictObject({
  path: z.string(),
  records: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
});
export type Exported = z.infer<typeof exported>;
