import path from 'node:path';
import type { Disk } from '../kernel/node.ts';
import { IGNORE, isMarked } from './marker.ts';
import { FOLDER } from './names.ts';
import type { AttachedWorkspace, WorkingFilesPorts } from './ports.ts';

/** Where the working files of a workspace are. */
export interface Place {
  kind: 'folder' | 'data';
  /** Absolute. */
  folder: string;
  /** Where the copies of what was last written there are kept. */
  base: string;
}

/** How the workspace's own folder stands. */
type Standing =
  | { kind: 'ours' }
  /** Not there, or empty. */
  | { kind: 'absent' }
  /** Never read nor written, and why. */
  | { kind: 'refused'; why: string }
  /** It cannot be told now. */
  | { kind: 'unsure'; why: string };

export type Choice =
  /** `why` says why it is not the workspace's own folder. */
  | { place: Place; isNew: boolean; why: string | null }
  /** Nothing was made yet, or nothing may be touched now (and why). */
  | { place: null; why: string | null };

export interface PlacesOptions {
  disk: Disk;
  dataDirectory: string;
  workspace: AttachedWorkspace;
  /** The line that only this Progeny can write, for this workspace alone (`markerLine`). */
  marker: string;
  isTracked: WorkingFilesPorts['isTracked'];
}

const UNFINISHED = /^\.\.gitignore\..*\.tmp$/;
const NOT_WRITABLE = new Set(['EACCES', 'EPERM', 'EROFS']);

/** The folder in the data directory that belongs to a workspace. Goes when the workspace is forgotten. */
export function dataFolder(dataDirectory: string, workspaceId: string): string {
  if (!/^\w{1,100}$/.test(workspaceId)) throw new Error('A workspace id that cannot name a folder.');
  return path.join(dataDirectory, 'workspaces', workspaceId);
}

/**
 * Decides where working files live: in the workspace's `.progeny/`, or in the data directory where that folder
 * is not ours alone. Ours is a real folder whose `.gitignore` carries the marker, a keyed digest that a
 * repository cannot know, and of which git tracks nothing.
 */
export class Places {
  readonly #options: PlacesOptions;
  readonly inWorkspace: Place;
  readonly inData: Place;

  constructor(options: PlacesOptions) {
    const { dataDirectory, workspace } = options;
    const data = dataFolder(dataDirectory, workspace.id);
    this.#options = options;
    this.inWorkspace = {
      kind: 'folder',
      folder: path.join(workspace.path, FOLDER),
      base: path.join(data, 'base', 'folder'),
    };
    this.inData = { kind: 'data', folder: data, base: path.join(data, 'base', 'data') };
  }

  /** Where the files are, if they were made. */
  async find(): Promise<Choice> {
    const standing = await this.#standing({ evenIfAbsent: false });
    if (standing.kind === 'ours') return { place: this.inWorkspace, isNew: false, why: null };
    if (standing.kind === 'unsure') return { place: null, why: standing.why };
    const why = standing.kind === 'refused' ? standing.why : null;
    return (await this.isMade(this.inData))
      ? { place: this.inData, isNew: false, why }
      : { place: null, why: null };
  }

  /** Where the files are; makes the folder where there is none. No place where the workspace is gone. */
  async make(): Promise<Choice> {
    const standing = await this.#standing({ evenIfAbsent: true });
    if (standing.kind === 'ours') return { place: this.inWorkspace, isNew: false, why: null };
    if (standing.kind === 'unsure') return { place: null, why: standing.why };
    if (standing.kind === 'refused') return this.#makeInData(standing.why);
    try {
      await this.#makeInWorkspace();
      return { place: this.inWorkspace, isNew: true, why: null };
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return { place: null, why: 'the folder is gone' };
      if (NOT_WRITABLE.has(code)) return this.#makeInData(`the folder cannot be written (${code})`);
      throw error;
    }
  }

  async isMade({ base }: Place): Promise<boolean> {
    return (await this.#options.disk.kindOf(base)) === 'folder';
  }

  /** git is asked about a folder that is not there only where it is about to be made. */
  async #standing({ evenIfAbsent }: { evenIfAbsent: boolean }): Promise<Standing> {
    const { workspace, disk, isTracked } = this.#options;
    if (!workspace.trusted) return { kind: 'refused', why: 'the folder is not trusted' };
    const own = await this.#ownStanding();
    if (own.kind === 'refused' || (own.kind === 'absent' && !evenIfAbsent)) return own;
    try {
      if (await isTracked(workspace.path, FOLDER))
        return { kind: 'refused', why: `git tracks files in its \`${FOLDER}\`` };
    } catch (error) {
      return { kind: 'unsure', why: `git could not say whether it tracks \`${FOLDER}\` (${String(error)})` };
    }
    if (own.kind === 'ours' && !(await disk.canWrite(this.inWorkspace.folder)))
      return { kind: 'refused', why: `its \`${FOLDER}\` cannot be written` };
    return own;
  }

  async #ownStanding(): Promise<Standing> {
    const { disk } = this.#options;
    const { folder } = this.inWorkspace;
    const kind = await disk.kindOf(folder);
    if (kind === 'missing') return { kind: 'absent' };
    if (kind === 'link') return { kind: 'refused', why: `its \`${FOLDER}\` is a symbolic link` };
    if (kind !== 'folder') return { kind: 'refused', why: `its \`${FOLDER}\` is not a folder` };
    const ignore = await disk.read(path.join(folder, IGNORE));
    if (ignore.kind === 'file' && isMarked(ignore.bytes.toString('utf8'), this.#options.marker))
      return { kind: 'ours' };
    const names = await disk.list(folder);
    if (names.every((name) => UNFINISHED.test(name))) return { kind: 'absent' };
    return { kind: 'refused', why: `its \`${FOLDER}\` was not made by this Progeny for this folder` };
  }

  async #makeInWorkspace(): Promise<void> {
    const { disk } = this.#options;
    const { folder } = this.inWorkspace;
    // Never makes the workspace itself again: that may be gone.
    if (!(await disk.makeFolder(folder)) && (await disk.kindOf(folder)) !== 'folder')
      throw Object.assign(new Error('Something else took the name.'), { code: 'EPERM' });
    const lines = [
      '# Working files of Progeny: yours to read and edit, on this machine only.',
      '# The next line says that this Progeny made the folder, for this place. Without it nothing here is used.',
      this.#options.marker,
      '*',
    ];
    await disk.write(path.join(folder, IGNORE), `${lines.join('\n')}\n`);
    await disk.makeFolders(this.inWorkspace.base);
  }

  async #makeInData(why: string): Promise<Choice> {
    const isNew = !(await this.isMade(this.inData));
    await this.#options.disk.makeFolders(this.inData.base);
    return { place: this.inData, isNew, why };
  }
}
