import { git } from './git-plumbing.ts';

/** One commit's change of one file. */
export interface Touch {
  readonly at: number;
  readonly author: string;
  /** The snapshot that it was first part of. */
  readonly landed: number;
}

/** A commit more files wide than this is an import or a reformat and counts for none of them. */
const BULK = 1_000;

/** Every change of every file and every commit of every author, once read, asked as of a snapshot. */
export class FileLog {
  private readonly touches = new Map<string, Touch[]>();
  private readonly origins = new Map<string, { from: string; at: number; landed: number }[]>();
  private readonly authors = new Map<string, Touch[]>();
  private readonly all: Touch[] = [];

  static async read(folder: string, head: string, landings: ReadonlyMap<string, number>): Promise<FileLog> {
    const args = [
      'log',
      '--no-merges',
      '--raw',
      '-z',
      '-M',
      '-l200',
      '--no-ext-diff',
      '--format=%x01%H %ct %aE',
    ];
    // A snapshot may lack its largest files; renames are then not looked for.
    const plain = args.map((arg) => (arg === '-M' ? '--no-renames' : arg));
    const output = await git(folder, [...args, head, '--']).catch(() => git(folder, [...plain, head, '--']));
    const log = new FileLog();
    for (const entry of output.toString('utf8').split('\u0001').slice(1)) log.add(entry, landings);
    return log;
  }

  private add(entry: string, landings: ReadonlyMap<string, number>): void {
    const [head = '', ...fields] = entry.split('\0');
    const [sha = '', seconds, author = ''] = head.trim().split(' ');
    const landed = landings.get(sha);
    if (landed === undefined) return;
    const touch: Touch = { at: Number(seconds) * 1000, author: author.toLowerCase(), landed };
    push(this.authors, touch.author, touch);
    this.all.push(touch);
    const changed: string[] = [];
    for (let i = 0; i < fields.length; i++) {
      const status = /^\s*:\d+ \d+ \S+ \S+ ([A-Z])/.exec(fields[i]!)?.[1];
      if (!status) continue;
      const path = fields[++i] ?? '';
      if (status === 'R' || status === 'C') {
        const to = fields[++i] ?? '';
        if (status === 'R') push(this.origins, to, { from: path, at: touch.at, landed });
        changed.push(to);
      } else changed.push(path);
    }
    if (changed.length > BULK) return;
    for (const path of changed) push(this.touches, path, touch);
  }

  /** Changes of a file that had landed by a snapshot, also under the names that it had before. */
  of(path: string, snapshot: number, before = Infinity, depth = 0): Touch[] {
    const own = (this.touches.get(path) ?? []).filter(
      (touch) => touch.landed <= snapshot && touch.at <= before,
    );
    const origin =
      depth > 8
        ? undefined
        : this.origins.get(path)?.find((one) => one.landed <= snapshot && one.at <= before);
    return origin ? [...own, ...this.of(origin.from, snapshot, origin.at - 1, depth + 1)] : own;
  }

  /** Commits to each folder (the files directly in it) between a time and a snapshot. */
  folders(since: number, snapshot: number): Map<string, number> {
    const commits = new Map<string, Set<Touch>>();
    for (const [path, touches] of this.touches) {
      for (const touch of touches) {
        if (touch.landed > snapshot || touch.at <= since) continue;
        const folder = folderOf(path);
        const set = commits.get(folder) ?? new Set();
        set.add(touch);
        commits.set(folder, set);
      }
    }
    return new Map([...commits].map(([folder, set]) => [folder, set.size]));
  }

  by(author: string, snapshot: number): Touch[] {
    return (this.authors.get(author) ?? []).filter((touch) => touch.landed <= snapshot);
  }

  since(at: number, snapshot: number): number {
    return this.all.filter((touch) => touch.landed <= snapshot && touch.at > at).length;
  }
}

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}

export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
