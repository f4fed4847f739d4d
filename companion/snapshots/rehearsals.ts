import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ChangeSet, FileEdit, FileState, Rehearsal, Rehearsals } from '../agency/index.ts';
import { type Clock, newId, type Random } from '../kernel/index.ts';
import { ProgenyError } from '../protocol/index.ts';
import {
  type Copied,
  type CopyLimits,
  checkSize,
  copyOut,
  filesOf,
  linkSkipped,
  makeFolders,
} from './copy-out.ts';
import { type Facts, factsOf, unchanged } from './facts.ts';
import { absolute, factsAt, standing, standingAt } from './scan.ts';
import { type RawPath, rawOf, shown } from './snapshot.ts';
import type { Snapshots } from './snapshots.ts';
import type { Vault } from './vault.ts';
import { walkFolders } from './walk.ts';

export interface FolderRehearsalsOptions {
  readonly snapshots: Snapshots;
  /** Where copies lie. Nobody else works there. */
  readonly folder: string;
  readonly clock: Clock;
  readonly random: Random;
  limits(): CopyLimits;
}

/** Copies of folders as they stand, made from snapshots of them. */
export class FolderRehearsals implements Rehearsals {
  readonly #options: FolderRehearsalsOptions;
  readonly #own = new Set<string>();

  constructor(options: FolderRehearsalsOptions) {
    this.#options = options;
  }

  async prepare(
    root: string,
    { paths, signal }: { paths?: readonly string[]; signal: AbortSignal },
  ): Promise<Rehearsal> {
    const { snapshots, folder, clock, random, limits } = this.#options;
    const base = await snapshots.take(root, 'to rehearse on', { signal, hold: true });
    const to = path.join(folder, newId('rehearsal', clock.now(), random));
    this.#own.add(to);
    const end = async () => {
      await removeCopy(to);
      this.#own.delete(to);
      await snapshots.drop(root, base.id);
    };
    try {
      const vault = await snapshots.vault(root);
      const all = await filesOf(vault, base);
      const wanted = paths && new Set(paths.flatMap((file) => withAbove(rawOf(file))));
      const files = wanted ? new Map([...all].filter(([file]) => wanted.has(file))) : all;
      await checkSize(vault, files, limits());
      await mkdir(to, { recursive: true, mode: 0o700 });
      if (!wanted) makeFolders(to, base);
      const links = await copyOut(vault, files, { root, to, signal });
      const skipped = wanted ? [] : linkSkipped(root, to, base);
      const written = await standingAt(to, files.keys(), signal);
      // What was written last could be changed at once, and bear the same times.
      const stamp = [...written.values()].reduce((last, { ctimeMs }) => Math.max(last, ctimeMs), 0);
      const facts = new Map([...written].map(([file, stats]) => [file, factsOf(stats, stamp)]));
      return new Copy({ to, base: base.id, vault, files, links, skipped, facts, end });
    } catch (error) {
      await end();
      throw error;
    }
  }

  /** Takes away what a companion that was killed left. */
  async removeLeftOver(): Promise<void> {
    const { folder } = this.#options;
    for (const name of await readdir(folder).catch(() => [])) {
      const place = path.join(folder, name);
      if (!this.#own.has(place)) await removeCopy(place);
    }
  }
}

interface CopyParts {
  readonly to: string;
  readonly base: string;
  readonly vault: Vault;
  readonly files: ReadonlyMap<RawPath, Copied>;
  /** Where links lead in the copy. */
  readonly links: ReadonlyMap<RawPath, Buffer>;
  readonly skipped: readonly RawPath[];
  /** As it was written. */
  readonly facts: ReadonlyMap<RawPath, Facts>;
  end(): Promise<void>;
}

/** Where the bytes of a digest are to be had. */
type Places = Map<string, { readonly oid: string } | { readonly file: RawPath }>;

class Copy implements Rehearsal {
  readonly folder: string;
  readonly base: string;
  readonly #parts: CopyParts;

  constructor(parts: CopyParts) {
    this.#parts = parts;
    this.folder = parts.to;
    this.base = parts.base;
  }

  /** Bytes after are read from the copy, bytes before from the snapshot: both as long as the rehearsal is there. */
  async changes(signal: AbortSignal): Promise<ChangeSet> {
    const { to, files, skipped } = this.#parts;
    const walk = await walkFolders(to, { skip: new Set(skipped), stamp: 0, signal });
    refuseRepositories(walk.nested);
    const present = new Set(walk.appeared.filter((file) => !skipped.includes(file)));
    const facts = await factsAt(to, present, 0, signal);
    const places: Places = new Map();
    const edits: FileEdit[] = [];
    const touched = [...new Set([...files.keys(), ...present])].filter((file) => {
      const now = facts.get(file);
      return now === undefined || !unchanged(this.#parts.facts.get(file), now);
    });
    const before = await this.#before(touched, places);
    for (const file of touched) {
      signal.throwIfAborted();
      const one = before.get(file) ?? null;
      const other = present.has(file) ? this.#after(file, places) : null;
      if (one?.digest === other?.digest && one?.mode === other?.mode) continue;
      edits.push({ path: utf8(file), before: one, after: other });
    }
    edits.sort((a, b) => (a.path < b.path ? -1 : 1));
    return { edits, load: (digest) => this.#load(digest, places) };
  }

  dispose(): Promise<void> {
    return this.#parts.end();
  }

  async #before(touched: readonly RawPath[], places: Places): Promise<Map<RawPath, FileState>> {
    const { vault, files } = this.#parts;
    const states = new Map<string, { digest: string; bytes: number }>();
    const oids = touched.flatMap((file) => files.get(file)?.oid ?? []);
    await vault.readEach(oids, (oid, bytes) => {
      const digest = digestOf(bytes);
      states.set(oid, { digest, bytes: bytes.length });
      places.set(digest, { oid });
    });
    const found = new Map<RawPath, FileState>();
    for (const file of touched) {
      const entry = files.get(file);
      if (entry) found.set(file, { mode: entry.mode, ...states.get(entry.oid)! });
    }
    return found;
  }

  #after(file: RawPath, places: Places): FileState | null {
    const at = absolute(this.#parts.to, file);
    const stats = standing(at);
    if (!stats) return null;
    const link = this.#parts.links.get(file);
    if (stats.isSymbolicLink() && link?.equals(readlinkSync(at, { encoding: 'buffer' }))) {
      // Nobody changed where it leads.
      const { oid } = this.#parts.files.get(file)!;
      const [digest] = [...places].find(([, place]) => 'oid' in place && place.oid === oid)!;
      return { mode: '120000', digest, bytes: stats.size };
    }
    const bytes = stats.isSymbolicLink() ? readlinkSync(at, { encoding: 'buffer' }) : readFileSync(at);
    const digest = digestOf(bytes);
    if (!places.has(digest)) places.set(digest, { file });
    const mode = stats.isSymbolicLink() ? '120000' : stats.mode & 0o100 ? '100755' : '100644';
    return { mode, digest, bytes: bytes.length };
  }

  async #load(digest: string, places: Places): Promise<Buffer> {
    const place = places.get(digest);
    if (place && 'oid' in place) return await this.#parts.vault.read(place.oid);
    const at = place && absolute(this.#parts.to, place.file);
    const stats = at && standing(at);
    const bytes = stats?.isSymbolicLink()
      ? readlinkSync(at!, { encoding: 'buffer' })
      : stats?.isFile()
        ? readFileSync(at!)
        : null;
    if (bytes && digestOf(bytes) === digest) return bytes;
    throw new ProgenyError(
      'conflict',
      'The copy on which this was rehearsed is another now, or gone. Ask for it again.',
    );
  }
}

/** A path, and what it lies in: where that is a link, the copy has it too, so that nothing is made in its place. */
function withAbove(file: RawPath): RawPath[] {
  const parts = file.split('/');
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
}

const digestOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

function utf8(file: RawPath): string {
  const name = shown(file);
  if (rawOf(name) === file) return name;
  throw new ProgenyError(
    'conflict',
    `The rehearsal changed ${JSON.stringify(name)}, whose name is not UTF-8; such files are not changed by runs. Rename it.`,
  );
}

function refuseRepositories(nested: readonly RawPath[]): void {
  const [first] = nested;
  if (first !== undefined)
    throw new ProgenyError(
      'conflict',
      `The rehearsal made a repository at ${JSON.stringify(shown(first))}; runs make none. Make it yourself, then ask again.`,
    );
}

/** Links go, not what they lead to; a folder that may not be entered is opened first. */
async function removeCopy(at: string): Promise<void> {
  try {
    await rm(at, { recursive: true, force: true });
  } catch {
    const queue: RawPath[] = [''];
    for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
      const place = absolute(at, folder);
      if (!standing(place)?.isDirectory()) continue;
      chmodSync(place, 0o700);
      for (const name of readdirSync(place, { encoding: 'latin1' }))
        queue.push(folder === '' ? name : `${folder}/${name}`);
    }
    await chmod(at, 0o700);
    await rm(at, { recursive: true, force: true });
  }
}
