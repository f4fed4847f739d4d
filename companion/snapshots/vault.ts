import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { GitProgram } from '../git/index.ts';
import { type GitCall, type GitOutput, runGit } from '../git/node.ts';
import { batchReader } from './batch-reader.ts';
import { bytesOf, type Entry, type RawPath } from './snapshot.ts';

/** Stands above every `.gitattributes` of a work tree, so that files are kept byte by byte: no filter, no line ends. */
const ATTRIBUTES = '* -text -eol -crlf -ident -filter -working-tree-encoding\n';
const SETTINGS: readonly (readonly [string, string])[] = [
  ['core.autocrlf', 'false'],
  ['core.eol', 'lf'],
  ['core.safecrlf', 'false'],
  ['core.fileMode', 'true'],
  ['core.symlinks', 'true'],
  ['core.ignoreCase', 'false'],
  ['core.precomposeUnicode', 'false'],
  ['core.protectHFS', 'false'],
  ['core.protectNTFS', 'false'],
  ['core.preloadIndex', 'true'],
  ['core.untrackedCache', 'true'],
  ['core.looseCompression', '1'],
  ['index.version', '4'],
  ['gc.auto', '0'],
  ['advice.addEmbeddedRepo', 'false'],
];
const LIMIT_MS = 10 * 60_000;

/** A work tree as the vault's git sees it. */
export interface Seen {
  /** Absolute. */
  readonly root: string;
  /** Absolute; each work tree has its own. */
  readonly index: string;
  /** Patterns of what else is ignored there; a file. */
  readonly excludes: string;
}

/**
 * A bare repository of our own that keeps the contents of snapshots. It borrows the objects of the user's repositories
 * and never writes to them.
 */
export class Vault {
  readonly folder: string;
  readonly #program: GitProgram;

  private constructor(program: GitProgram, folder: string) {
    this.#program = program;
    this.folder = folder;
  }

  static async open(program: GitProgram, folder: string): Promise<Vault> {
    const vault = new Vault(program, folder);
    if (!existsSync(path.join(folder, 'info', 'attributes'))) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await runGit(program, {
        folder,
        args: ['init', '--quiet', '--bare', '--template=', '--object-format=sha1', '.'],
      });
      for (const [key, value] of SETTINGS) await vault.git({ args: ['config', key, value] });
      await mkdir(path.join(folder, 'info'), { recursive: true });
      await writeFile(path.join(folder, 'info', 'attributes'), ATTRIBUTES);
    }
    return vault;
  }

  /** Runs git on the vault, and on a work tree where one is given. */
  async git(call: Omit<GitCall, 'folder'>, seen?: Seen): Promise<Buffer> {
    return (await this.run(call, seen)).output;
  }

  /** As `git`, with the exit code. */
  async run(call: Omit<GitCall, 'folder'>, seen?: Seen): Promise<GitOutput> {
    return await runGit(this.#program, {
      timeoutMs: LIMIT_MS,
      maxBytes: 1024 * 1024 * 1024,
      ...call,
      folder: seen?.root ?? this.folder,
      before: [
        `--git-dir=${this.folder}`,
        ...(seen ? [`--work-tree=${seen.root}`, '-c', `core.excludesFile=${seen.excludes}`] : []),
        ...(call.before ?? []),
      ],
      environment: { ...(seen && { GIT_INDEX_FILE: seen.index }), ...call.environment },
    });
  }

  /**
   * From now on what is not in the vault is read from here: what a repository of the user's has is not kept twice. For
   * reading only: while it writes, git touches the times of objects that it finds in a store that it borrows from.
   */
  async borrow(objects: string): Promise<void> {
    const known = await this.#borrowed();
    if (/[\n"]/.test(objects) || known.includes(objects)) return;
    await writeFile(path.join(this.folder, 'borrowed'), `${[...known, objects].join('\n')}\n`);
  }

  async #borrowed(): Promise<string[]> {
    const text = await readFile(path.join(this.folder, 'borrowed'), 'utf8').catch(() => '');
    return text.split('\n').filter(Boolean);
  }

  /** Runs git on what the vault has and what it borrows. */
  async #reading(
    args: readonly string[],
    input?: Buffer,
    onOutput?: (chunk: Buffer) => undefined,
  ): Promise<Buffer> {
    const places = (await this.#borrowed()).map((place) => `"${place.replaceAll('\\', '\\\\')}"`);
    const environment = { GIT_ALTERNATE_OBJECT_DIRECTORIES: places.join(path.delimiter) };
    return await this.git({
      args,
      environment,
      ...(input && { input }),
      ...(onOutput && { onOutput, maxBytes: Number.MAX_SAFE_INTEGER }),
    });
  }

  /** The names that files (absolute) would have as objects. Nothing is kept. */
  async nameFiles(files: readonly RawPath[]): Promise<string[]> {
    return await this.#hash(files, ['hash-object', '--no-filters', '--stdin-paths']);
  }

  /** Which of these are to be had, here or from where the vault borrows. */
  async have(oids: readonly string[]): Promise<Set<string>> {
    if (oids.length === 0) return new Set();
    const args = ['cat-file', '--batch-check=%(objectname) %(objecttype)', '--buffer'];
    const output = await this.#reading(args, Buffer.from(`${oids.join('\n')}\n`));
    const rows = output.toString('latin1').split('\n');
    return new Set(rows.filter((row) => row.endsWith(' blob')).map((row) => row.slice(0, row.indexOf(' '))));
  }

  /** How many bytes each of these has, of those that are to be had. */
  async sizes(oids: readonly string[]): Promise<Map<string, number>> {
    if (oids.length === 0) return new Map();
    const args = ['cat-file', '--batch-check=%(objectname) %(objectsize)', '--buffer'];
    const output = await this.#reading(args, Buffer.from(`${[...new Set(oids)].join('\n')}\n`));
    const rows = output.toString('latin1').trimEnd().split('\n');
    return new Map(
      rows.flatMap((row) => {
        const [oid, size] = row.split(' ') as [string, string];
        return /^\d+$/.test(size) ? [[oid, Number(size)] as const] : [];
      }),
    );
  }

  /** Makes these the vault's own, so that they stay when they go where they were borrowed from. */
  async own(oids: readonly string[]): Promise<void> {
    if (oids.length === 0) return;
    const input = Buffer.from(`${oids.join('\n')}\n`);
    await this.#reading(
      ['pack-objects', '--quiet', path.join(this.folder, 'objects', 'pack', 'pack')],
      input,
    );
  }

  /** Keeps the bytes of files (absolute), whatever lies in the repository of the user. */
  async keepFiles(files: readonly RawPath[]): Promise<string[]> {
    return await this.#hash(files, ['hash-object', '-w', '--no-filters', '--stdin-paths']);
  }

  async #hash(files: readonly RawPath[], args: readonly string[]): Promise<string[]> {
    if (files.length === 0) return [];
    const input = Buffer.concat(files.flatMap((file) => [bytesOf(file), Buffer.from('\n')]));
    return (await this.git({ args, input })).toString('latin1').trimEnd().split('\n');
  }

  /** As `keepFiles`, for a name that holds a line break. */
  async keepOdd(file: Buffer): Promise<string> {
    return await this.keep(readFileSync(file));
  }

  async keep(bytes: Buffer): Promise<string> {
    const output = await this.git({ args: ['hash-object', '-w', '--stdin'], input: bytes });
    return output.toString('latin1').trim();
  }

  /** A tree that holds these files, by number. */
  async bundle(oids: readonly string[]): Promise<string> {
    const rows = oids.map((oid, i) => `100644 blob ${oid}\t${i}\n`);
    const output = await this.git({ args: ['mktree'], input: Buffer.from(rows.join('')) });
    return output.toString('latin1').trim();
  }

  /** The bytes of many objects in one go, each handed on as it comes. */
  async readEach(oids: readonly string[], each: (oid: string, bytes: Buffer) => void): Promise<void> {
    if (oids.length === 0) return;
    const input = Buffer.from(`${[...new Set(oids)].join('\n')}\n`);
    const reader = batchReader(each);
    await this.#reading(['cat-file', '--batch', '--buffer'], input, (chunk) => reader(chunk));
  }

  read(oid: string): Promise<Buffer> {
    return this.#reading(['cat-file', 'blob', oid]);
  }

  /** What differs between two trees, files only. */
  async differences(
    before: string,
    after: string,
  ): Promise<{ path: RawPath; before: Entry | null; after: Entry | null }[]> {
    if (before === after) return [];
    const output = await this.#reading([
      ...['diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-abbrev'],
      before,
      after,
    ]);
    const fields = output.toString('latin1').split('\0');
    const found = [];
    for (let i = 0; i + 1 < fields.length; i += 2) {
      const [modeBefore, modeAfter, oidBefore, oidAfter] = fields[i]!.slice(1).split(' ') as [
        string,
        string,
        string,
        string,
      ];
      const entry = (mode: string, oid: string) => (mode === '000000' ? null : { mode, oid });
      found.push({
        path: fields[i + 1]!,
        before: entry(modeBefore, oidBefore),
        after: entry(modeAfter, oidAfter),
      });
    }
    return found;
  }

  /** The files of a tree. */
  async list(tree: string): Promise<Map<RawPath, Entry>> {
    const output = await this.#reading(['ls-tree', '-r', '-z', '--full-tree', tree]);
    const rows = output.toString('latin1').split('\0').filter(Boolean);
    return new Map(
      rows.map((row) => {
        const [mode, , oid] = row.slice(0, row.indexOf('\t')).split(' ') as [string, string, string];
        return [row.slice(row.indexOf('\t') + 1), { mode, oid }];
      }),
    );
  }
}
