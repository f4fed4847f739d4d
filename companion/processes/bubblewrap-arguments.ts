import path from 'node:path';
import { isWithin } from './clean-environment.ts';

/** Something that is put over a place of the disk, as a program sees it. */
export interface Cover {
  /** Absolute, links resolved. */
  readonly at: string;
  readonly isFolder: boolean;
}

export interface Box {
  /** What the program may write, and where it sees it. Absolute, links resolved. */
  readonly root: string;
  readonly at: string;
  /** Where it runs, as it sees it. */
  readonly folder: string;
  readonly network: boolean;
  /** Seen empty, wherever they lie. */
  readonly hidden: readonly Cover[];
  /** Below `at`: seen, but not to be changed. */
  readonly fixed: readonly string[];
  /** Below `at`: what is seen read-only from where it really lies. */
  readonly shared: readonly string[];
  /** Files that are seen though what they lie in is hidden: how names of machines are looked up. */
  readonly shown: readonly string[];
}

/** Where a contained program finds nothing of the system's: sockets of services, other programs' files. */
export const EMPTY = ['/tmp', '/var/tmp', '/run'] as const;
const KERNEL = ['/proc/sys', '/proc/sysrq-trigger'] as const;

/**
 * What bubblewrap is told. Mounts come in this order, each over those before it: everything read-only, empty places,
 * hidden places, the folder itself, and what in the folder is hidden or fixed.
 */
export function bubblewrapArguments(box: Box): string[] {
  const inside = box.hidden.filter(({ at }) => isWithin(box.at, at) && at !== box.at);
  const outside = box.hidden.filter(({ at }) => !isWithin(box.at, at));
  return [
    ...namespaces(box.network),
    ...['--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc'],
    // Whoever is root outside could set the kernel up through these, without any capability.
    ...KERNEL.flatMap((place) => ['--ro-bind-try', place, place]),
    ...EMPTY.flatMap((place) => ['--tmpfs', place]),
    ...box.shown.flatMap((file) => ['--ro-bind-try', file, file]),
    ...outside.flatMap(cover),
    ...['--bind', box.root, box.at],
    ...box.shared.flatMap((place) => ['--ro-bind', path.join(box.at, place), path.join(box.at, place)]),
    ...box.fixed.flatMap((place) => ['--ro-bind', path.join(box.root, place), path.join(box.at, place)]),
    ...inside.flatMap(cover),
    ...['--chdir', box.folder],
  ];
}

/** It dies with the companion, has no terminal, no rights that it could use, and sees no process but its own. */
export function namespaces(network: boolean): string[] {
  return [
    ...['--die-with-parent', '--new-session', '--unshare-user-try', '--unshare-pid', '--unshare-ipc'],
    ...['--unshare-uts', '--unshare-cgroup-try', '--cap-drop', 'ALL'],
    ...(network ? [] : ['--unshare-net']),
  ];
}

function cover({ at, isFolder }: Cover): string[] {
  return isFolder ? ['--tmpfs', at] : ['--ro-bind', '/dev/null', at];
}
