import { type FileIndex, indexFile } from './file-index.ts';
import type { LineAnchor } from './line-anchor.ts';

/** Where anchors are followed. Paths are relative to the workspace, with forward slashes. */
export interface FileSource {
  /** The text, or null when the file is missing, too large or not text. */
  read(path: string): Promise<string | null>;
  /** Where the file was moved to since the anchors were last followed, as far as git can tell; else null. */
  renamedTo(path: string): Promise<string | null>;
  /** Files, created or changed since the anchors were last followed, that may hold the text now; likeliest first. */
  candidates(anchor: LineAnchor): Promise<readonly string[]>;
  /**
   * What a candidate said before that; null when it did not exist or nobody knows. Tells a line that arrived
   * there from one that always was. Without it only what is beyond doubt is followed to another file.
   */
  readBefore?(path: string): Promise<string | null>;
}

/** Opens each file once, indexed. */
export class OpenFiles {
  readonly #source: FileSource;
  readonly #files = new Map<string, Promise<FileIndex | null>>();

  constructor(source: FileSource) {
    this.#source = source;
  }

  open(path: string): Promise<FileIndex | null> {
    let file = this.#files.get(path);
    if (file === undefined) {
      file = this.#source.read(path).then((text) => (text === null ? null : indexFile(text)));
      this.#files.set(path, file);
    }
    return file;
  }
}
