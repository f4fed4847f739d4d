import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** A process as the system lists it. */
export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  /** Process group and session; 0 where the system does not tell. */
  readonly group: number;
  readonly session: number;
  /** When it began, in a unit of the system's own: with the pid it names one process for good. */
  readonly began: string;
  /** It has ended and waits for its parent to notice. */
  readonly ended: boolean;
  readonly threads: number;
}

/** What the system knows of its processes. */
export interface ProcessTable {
  /** `skip`: pids that need not be looked at this time. */
  rows(skip?: (pid: number) => boolean): Promise<readonly ProcessRow[]>;
  /** Whether a process was started with this assignment in its environment (`NAME=` and the beginning of the value). */
  hasInEnvironment(pid: number, assignment: string): boolean;
  /** The hard limit by which a family is known; null where there is none. */
  limitOf(pid: number): number | null;
}

/** The table of this system; null where there is none to be had (Windows). */
export function processTable(platform: NodeJS.Platform = process.platform): ProcessTable | null {
  if (platform === 'linux') return linuxTable('/proc');
  return platform === 'win32' ? null : psTable(listByPs);
}

/** `/proc` of Linux. */
export function linuxTable(at: string): ProcessTable {
  const read = (pid: number, name: string): string => {
    try {
      return readFileSync(`${at}/${pid}/${name}`, 'latin1');
    } catch {
      // It is gone, or not ours to look at.
      return '';
    }
  };
  return {
    rows: async (skip = () => false) =>
      readdirSync(at).flatMap((name) => {
        const pid = Number(name);
        if (!Number.isInteger(pid) || skip(pid)) return [];
        const row = parseStat(read(pid, 'stat'));
        return row ? [row] : [];
      }),
    hasInEnvironment: (pid, assignment) => `\0${read(pid, 'environ')}`.includes(`\0${assignment}`),
    limitOf: (pid) => parseLimit(read(pid, 'limits')),
  };
}

/** A line of `/proc/PID/stat`; the program's name in it may hold anything, spaces and brackets too. */
export function parseStat(line: string): ProcessRow | null {
  const end = line.lastIndexOf(')');
  const pid = Number.parseInt(line, 10);
  const fields = line.slice(end + 2).split(' ');
  if (end < 0 || fields.length < 20 || !Number.isInteger(pid)) return null;
  const [state, parent, group, session] = fields;
  return {
    pid,
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    began: fields[19]!,
    ended: state === 'Z' || state === 'X',
    threads: Number(fields[17]),
  };
}

/** The hard limit of bytes in message queues. Nothing else that people run sets it. */
export function parseLimit(limits: string): number | null {
  const match = /^Max msgqueue size\s+\S+\s+(\d+)/m.exec(limits);
  return match ? Number(match[1]) : null;
}

/** `ps` of macOS and the BSDs. It shows the environment of the user's own processes where the system lets it. */
export function psTable(list: () => Promise<string>): ProcessTable {
  let lines = new Map<number, string>();
  return {
    async rows() {
      const found = (await list()).split('\n').flatMap((line) => {
        const row = parsePs(line);
        return row ? [{ row, line }] : [];
      });
      lines = new Map(found.map(({ row, line }) => [row.pid, line]));
      return found.map(({ row }) => row);
    },
    hasInEnvironment: (pid, assignment) => lines.get(pid)?.includes(` ${assignment}`) ?? false,
    limitOf: () => null,
  };
}

/** A line of `ps -axwwE -o pid=,ppid=,pgid=,stat=,lstart=,command=`. */
export function parsePs(line: string): ProcessRow | null {
  const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s/.exec(line);
  if (!match) return null;
  const [, pid, parent, group, state, began] = match;
  return {
    pid: Number(pid),
    parent: Number(parent),
    group: Number(group),
    session: 0,
    began: began!.replace(/\s+/g, ' '),
    ended: state!.startsWith('Z'),
    threads: 1,
  };
}

function listByPs(): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const options = { env: { LC_ALL: 'C', PATH: '/bin:/usr/bin' }, maxBuffer: 64 * 1024 * 1024 };
  execFile('/bin/ps', ['-axwwE', '-o', 'pid=,ppid=,pgid=,stat=,lstart=,command='], options, (_, output) =>
    resolve(String(output)),
  );
  return promise;
}
