import type { ImportFormat } from '../protocol/index.ts';
import { isClaudeCode, readClaudeCode } from './claude-code.ts';
import type { ReadFile } from './source-file.ts';

/** A format whose archives are files; the history of a repository is read otherwise. */
export interface FileFormat {
  /** What an archive is, in words. */
  readonly what: string;
  /** Whether a file in a folder may belong to it, by its path from the folder. */
  takes(name: string): boolean;
  /** Whether a file that begins so is of this format. */
  recognises(head: string, name: string): boolean;
  readonly read: ReadFile;
}

/** In the order in which they are tried: what is most sure of itself first. */
export const FILE_FORMATS: Readonly<Partial<Record<ImportFormat, FileFormat>>> = {
  'claude-code': {
    what: 'transcripts of Claude Code (*.jsonl)',
    takes: (name) => name.endsWith('.jsonl'),
    recognises: isClaudeCode,
    read: readClaudeCode,
  },
};
