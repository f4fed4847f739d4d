import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A TCP port of the loopback interface that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/**
 * A process, everything that descends from it, and every process that inherited `mark` in its environment: a child
 * whose parent has ended descends from nobody.
 */
export function processesOf(pid: number, mark: string): readonly number[] {
  const all = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  const parents = all.map((entry) => [Number(entry), parentOf(entry)] as const);
  const tree = [pid];
  for (const member of tree)
    tree.push(...parents.filter(([, parent]) => parent === member).map(([child]) => child));
  const marked = all.filter((entry) => environmentOf(entry).includes(mark)).map(Number);
  return [...new Set([...tree, ...marked])];
}

/** Asks each process to end, kills what is left after `graceMs`; resolves when all are gone. */
export async function endProcesses(pids: readonly number[], graceMs: number): Promise<void> {
  const deadline = Date.now() + graceMs;
  for (const pid of pids) signal(pid, 'SIGTERM');
  while (pids.some(runs)) {
    if (Date.now() > deadline) for (const pid of pids) signal(pid, 'SIGKILL');
    await delay(50);
  }
}

/** False for one that has ended and that nobody has waited for yet. */
function runs(pid: number): boolean {
  return signal(pid, 0) && statOf(String(pid))[0] !== 'Z';
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

// From /proc, because a small machine may lack `ps`. A process may end, or belong to another user, meanwhile.

const parentOf = (pid: string): number => Number(statOf(pid)[1]);

/** State, parent and the rest of what `proc_pid_stat(5)` lists after the name. */
function statOf(pid: string): readonly string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}
