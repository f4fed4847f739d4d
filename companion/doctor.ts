import type { GitError, GitProgram } from './git/index.ts';
import type { Clock } from './kernel/index.ts';
import { examine, type Violations } from './monitoring/index.ts';
import type { DoctorCheck, Settings } from './protocol/index.ts';
import type { Store } from './store/index.ts';
import type { Workspaces } from './workspaces/index.ts';

export interface Examined {
  store: Store;
  clock: Clock;
  dataDirectory: string;
  program: GitProgram | GitError;
  workspaces: Workspaces;
  settings(): Settings;
  /** What writes answers. */
  language(): DoctorCheck;
  /** What pages were kept from. */
  violations: Violations;
}

type DoctorReport = ReturnType<typeof examine>;

/** Examines runtime, git, store, disk, backups and folders. */
export async function examineAll({
  store,
  clock,
  dataDirectory,
  program,
  workspaces,
  settings,
  language,
  violations,
}: Examined): Promise<DoctorReport> {
  const { checks } = examine({
    nodeVersion: process.version,
    git:
      program instanceof Error
        ? { problem: program.message }
        : { version: `${program.version.major}.${program.version.minor}` },
    dataDirectory,
    readOnly: store.guard.readOnly,
    freeMb: store.guard.freeMb,
    warnFreeMb: settings().store.warnFreeMb,
    damage: await store.findDamage(),
    lastBackupAt: (await store.backups.list())[0]?.at ?? null,
    now: clock.now(),
    workspaces: workspaces.list().map(({ name, notes: found }) => ({ name, notes: found })),
  });
  return { checks: [...checks, language(), violations.check()] };
}
