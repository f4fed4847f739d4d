import { type FileIndex, indexFile } from './file-index.ts';
import type { LineAnchor } from './line-anchor.ts';
import { sight } from './sight.ts';

export interface Located {
  /** From 1. */
  readonly line: number;
  /** 0 to 1; below a half nothing is reported. */
  readonly confidence: number;
  /** The line still says the same, apart from whitespace, quotes and a closing comma or semicolon. */
  readonly exact: boolean;
}

/**
 * Where the anchor's line is in a file, or null: pointing at the wrong line is worse than saying that it is
 * lost. For several anchors in one file, pass it indexed.
 */
export function locate(anchor: LineAnchor, file: string | FileIndex): Located | null {
  const seen = sight(anchor, typeof file === 'string' ? indexFile(file) : file);
  return seen && { line: seen.line, confidence: seen.confidence, exact: seen.exact };
}
