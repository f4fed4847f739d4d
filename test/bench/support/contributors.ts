import { execFileSync } from 'node:child_process';
import type { ToLocal } from '../../../companion/interruption/index.ts';
import type { WorkEvent } from '../../../companion/timeline/index.ts';

export type Commit = WorkEvent & { kind: 'commit' };

/** What one person committed to a repository, in the order of time, and the clock on that person's wall. */
export interface Contributor {
  readonly commits: readonly Commit[];
  readonly local: ToLocal;
}

interface Person {
  readonly commits: Commit[];
  readonly offsets: Map<number, number>;
}

const DAY = 24 * 60 * 60 * 1000;
const HEAD = '\u0001';

/** Everybody who committed here, by the mail address of their commits; merges and robots are left out. The busiest first. */
export function contributorsOf(folder: string): Contributor[] {
  const text = execFileSync(
    'git',
    [
      ...[
        '--no-optional-locks',
        '-c',
        'core.fsmonitor=false',
        'log',
        '--no-merges',
        '--no-renames',
        '--numstat',
      ],
      ...['--no-textconv', '--no-ext-diff', '--date=raw', '-z', `--format=${HEAD}%H\u0002%ae\u0002%ad`],
    ],
    { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 30 },
  );
  const people = new Map<string, Person>();
  for (const part of text.split(HEAD).slice(1)) {
    const [head = '', ...changes] = part.split(/\0\n?/);
    const [commit = '', mail = '', date = ''] = head.split('\u0002');
    const [seconds, zone = '+0000'] = date.trim().split(' ');
    const at = Number(seconds) * 1000;
    const lines = changes.map((line) => line.trim().split('\t')).filter(({ length }) => length === 3);
    const sum = (column: 0 | 1) => lines.reduce((all, line) => all + (Number(line[column]) || 0), 0);
    if (mail.includes('[bot]')) continue;
    const person: Person = people.get(mail.toLowerCase()) ?? { commits: [], offsets: new Map() };
    people.set(mail.toLowerCase(), person);
    const files = lines.map((line) => line[2]!);
    const size = { insertions: sum(0), deletions: sum(1) };
    person.commits.push({
      kind: 'commit',
      at,
      workspace: 'ws',
      commit,
      own: true,
      branch: null,
      files,
      ...size,
    });
    person.offsets.set(at, offsetOf(zone));
  }
  return [...people.values()]
    .map(({ commits, offsets }) => ({
      commits: commits.sort((a, b) => a.at - b.at),
      local: localBy(offsets),
    }))
    .sort((a, b) => b.commits.length - a.commits.length);
}

/** Minutes east of Greenwich of "+0530". */
function offsetOf(zone: string): number {
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5));
  return zone.startsWith('-') ? -minutes : minutes;
}

/** The time zone of a commit is the one that it was made in; other times take Greenwich's. */
function localBy(offsets: ReadonlyMap<number, number>): ToLocal {
  return (at) => {
    const shifted = at + (offsets.get(at) ?? 0) * 60_000;
    return { day: Math.floor(shifted / DAY), minute: Math.floor((((shifted % DAY) + DAY) % DAY) / 60_000) };
  };
}
