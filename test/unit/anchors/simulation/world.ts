import type { FileSource } from '../../../../companion/anchors/index.ts';

/** A line with an identity that no edit of its text changes: the truth that anchors are measured against. */
export interface TaggedLine {
  readonly id: number;
  readonly text: string;
}

export interface TaggedFile {
  readonly lines: readonly TaggedLine[];
  readonly eol: '\n' | '\r\n';
}

/** git calls a pair of files a rename from this share of common lines on. */
const RENAME_SHARE = 0.5;
/** Files changed in this many past rounds are still "recent". */
const RECENT_ROUNDS = 3;

/** A workspace in memory, what happened in it lately, and where each line truly is. */
export class World {
  #files = new Map<string, TaggedFile>();
  #nextId = 1;
  /** Files of which a copy was made since the anchors were last followed. */
  readonly copied = new Set<string>();
  #roundStart: ReadonlyMap<string, TaggedFile> = new Map();
  #rounds: Set<string>[] = [new Set()];

  paths(): string[] {
    return [...this.#files.keys()].sort();
  }

  file(path: string): TaggedFile {
    return this.#files.get(path)!;
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  fresh(texts: readonly string[]): TaggedLine[] {
    return texts.map((text) => ({ id: this.#nextId++, text }));
  }

  write(path: string, lines: readonly TaggedLine[], eol = this.#files.get(path)?.eol ?? '\n'): void {
    this.#files.set(path, { lines, eol });
    this.#rounds.at(-1)!.add(path);
  }

  remove(path: string): void {
    this.#files.delete(path);
  }

  move(from: string, to: string): void {
    const file = this.file(from);
    this.#files.delete(from);
    this.#files.set(to, file);
    this.#rounds.at(-1)!.add(to);
  }

  /** After the anchors were followed: what happened before it is no news any more. */
  endRound(): void {
    this.copied.clear();
    this.#roundStart = this.snapshot();
    this.#rounds.push(new Set());
    if (this.#rounds.length > RECENT_ROUNDS) this.#rounds.shift();
  }

  snapshot(): ReadonlyMap<string, TaggedFile> {
    return new Map(this.#files);
  }

  /** Like a checkout: files come back as they were, with the identities of then. */
  restore(snapshot: ReadonlyMap<string, TaggedFile>): void {
    for (const [path, file] of snapshot) {
      if (this.#files.get(path) !== file) this.#rounds.at(-1)!.add(path);
    }
    this.#files = new Map(snapshot);
  }

  /** Where the line is, or null when it is gone. Lines are counted from 1. */
  whereIs(id: number): { file: string; line: number } | null {
    for (const [file, { lines }] of this.#files) {
      const at = lines.findIndex((line) => line.id === id);
      if (at >= 0) return { file, line: at + 1 };
    }
    return null;
  }

  text(path: string): string | null {
    return this.#textOf(this.#files.get(path));
  }

  #textOf(file: TaggedFile | undefined): string | null {
    return file ? file.lines.map((line) => line.text).join(file.eol) : null;
  }

  source(): FileSource {
    return {
      read: async (path) => this.text(path),
      renamedTo: async (path) => this.#renamedTo(path),
      readBefore: async (path) => this.#textOf(this.#roundStart.get(path)),
      candidates: async () => this.#rounds.slice(-1).flatMap((round) => [...round]),
    };
  }

  /** As git does it: of the files that appeared, the one most like the file that went away. By text alone. */
  #renamedTo(path: string): string | null {
    const old = this.#roundStart.get(path);
    if (old === undefined || this.has(path)) return null;
    const texts = new Set(old.lines.map((line) => line.text));
    let best: string | null = null;
    let most = RENAME_SHARE;
    for (const [candidate, { lines }] of this.#files) {
      if (this.#roundStart.has(candidate)) continue;
      const common = lines.filter((line) => texts.has(line.text)).length;
      const share = common / Math.max(lines.length, old.lines.length);
      if (share > most) [best, most] = [candidate, share];
    }
    return best;
  }
}
