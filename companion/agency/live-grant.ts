import type { Grant } from '../protocol/index.ts';
import { allowsArgv } from './allowed-argv.ts';
import type { StepNeed } from './types.ts';

/**
 * Whether leave holds at `now`. `endedAt`: when all leave ended at once, because another file took the place of the one
 * that it stands in. Leave from the future is none: then the clock went back, and how old it is cannot be told. Pure.
 */
export function isLive(grant: Grant, now: number, endedAt: number): boolean {
  return (
    grant.revokedAt === null && grant.createdAt > endedAt && grant.createdAt <= now && now < grant.expiresAt
  );
}

/** Whether leave is about what is needed, in this folder and no other. It says nothing of whether it holds. Pure. */
export function covers(grant: Grant, workspace: string, need: StepNeed): boolean {
  if (grant.capability !== need.capability || grant.workspace !== workspace) return false;
  if (grant.argv !== null && !(need.argv !== null && allowsArgv(grant.argv, need.argv))) return false;
  // Leave for commands that names no program is leave for none.
  if (grant.capability === 'command' && grant.argv === null) return false;
  if (grant.paths.length === 0) return true;
  return need.paths.length > 0 && need.paths.every((path) => grant.paths.some((top) => isWithin(path, top)));
}

/** Letter by letter: what another spelling of a name means is not for leave to guess. */
function isWithin(path: string, top: string): boolean {
  return path === top || path.startsWith(`${top}/`);
}
