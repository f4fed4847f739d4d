import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { writeFileAtomic } from '../kernel/node.ts';
import { ProgenyError } from '../protocol/index.ts';
import type { Snapshot } from './snapshot.ts';
import { uncoveredInWords } from './uncovered-words.ts';

/** A snapshot without what it holds. */
export interface Kept extends Pick<Snapshot, 'id' | 'at' | 'root' | 'why' | 'run'> {
  /** What taking everything back would leave out, in words. */
  readonly uncovered: readonly string[];
}

const zip = promisify(gzip);
const unzip = promisify(gunzip);
const WHOLE = '.json.gz';
const BRIEF = '.brief.json';

/** The files beside the vaults that say which snapshots there are. One folder (16 letters) for each folder kept. */
export class Manifests {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  place(root: string): string {
    return path.join(this.folder, createHash('sha256').update(root).digest('hex').slice(0, 16));
  }

  /** On the disk when it resolves; from then on there is such a snapshot. */
  async write(snapshot: Snapshot): Promise<void> {
    const place = this.place(snapshot.root);
    await writeFileAtomic(path.join(place, snapshot.id + WHOLE), await zip(JSON.stringify(snapshot)));
    await this.#writeBrief(place, briefOf(snapshot));
  }

  /** Throws `not_found`. */
  async get(root: string, id: string): Promise<Snapshot> {
    const whole = await readFile(path.join(this.place(root), id + WHOLE)).catch(() => null);
    if (!whole) throw unknownSnapshot(id);
    return parse(await unzip(whole));
  }

  /** All of one place, the newest first. What cannot be read is left out. */
  async in(place: string): Promise<Kept[]> {
    const found: Kept[] = [];
    for (const id of await this.ids(place)) {
      const brief = await this.#brief(place, id);
      if (brief) found.push(brief);
    }
    return found.sort(newestFirst);
  }

  /** Of all folders, the newest first. */
  async all(): Promise<Kept[]> {
    const found = await Promise.all((await this.places()).map((place) => this.in(place)));
    return found.flat().sort(newestFirst);
  }

  async places(): Promise<string[]> {
    const entries = await readdir(this.folder, { withFileTypes: true }).catch(() => []);
    return entries.filter((each) => each.isDirectory()).map(({ name }) => path.join(this.folder, name));
  }

  async ids(place: string): Promise<string[]> {
    const names = await readdir(place).catch(() => []);
    return names.filter((name) => name.endsWith(WHOLE)).map((name) => name.slice(0, -WHOLE.length));
  }

  async remove(root: string, id: string): Promise<void> {
    for (const end of [WHOLE, BRIEF]) await rm(path.join(this.place(root), id + end), { force: true });
  }

  /** The short form is made anew where it is missing. */
  async #brief(place: string, id: string): Promise<Kept | null> {
    try {
      const text = await readFile(path.join(place, id + BRIEF), 'utf8').catch(() => null);
      if (text !== null) return JSON.parse(text) as Kept;
      const brief = briefOf(parse(await unzip(await readFile(path.join(place, id + WHOLE)))));
      await this.#writeBrief(place, brief);
      return brief;
    } catch {
      return null;
    }
  }

  async #writeBrief(place: string, brief: Kept): Promise<void> {
    await writeFileAtomic(path.join(place, brief.id + BRIEF), JSON.stringify(brief));
  }
}

export function unknownSnapshot(id: string): ProgenyError {
  return new ProgenyError(
    'not_found',
    `There is no snapshot "${id}". \`progeny snapshots list\` shows those that are kept.`,
  );
}

/** Manifests from before runs had names in them belong to none. */
function parse(bytes: Buffer): Snapshot {
  const read = JSON.parse(bytes.toString('utf8')) as Snapshot;
  return { ...read, run: read.run ?? null };
}

function briefOf(snapshot: Snapshot): Kept {
  const { id, at, root, why, run } = snapshot;
  return { id, at, root, why, run, uncovered: uncoveredInWords(snapshot) };
}

const newestFirst = (a: Kept, b: Kept) => b.at - a.at || (a.id < b.id ? 1 : -1);
