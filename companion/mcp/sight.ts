import path from 'node:path';
import { ProgenyError } from '../protocol/index.ts';
import type { Principal } from './agent-door.ts';

/** What is said where nothing may be seen: how a person opens the door. */
export function closedDoor({ door, folder }: Principal): ProgenyError {
  const message =
    door === 'stdio'
      ? `The folder "${folder}" is marked confidential, so no agent may see it. A person can end that with \`progeny mcp confidential --off\` there.`
      : 'No workspace is open to agents here. A person opens one with `progeny mcp open .` in its folder, or with the command "Progeny: Open This Workspace to Agents (MCP)" in the editor. Ask them; there is nothing else to try.';
  return new ProgenyError('forbidden', message);
}

/**
 * Which of the visible folders a call is about: the one that holds `asked`, or where none was asked for, all. A folder
 * that may not be seen is answered like one that does not exist. Throws `not_found`, `forbidden`. Pure.
 */
export function choose(
  visible: readonly string[],
  asked: string | undefined,
  principal: Principal,
): string[] {
  if (visible.length === 0) throw closedDoor(principal);
  if (asked === undefined) return [...visible];
  const holding = visible
    .filter((folder) => holds(folder, asked))
    .sort((a, b) => b.length - a.length)
    .slice(0, 1);
  if (holding.length > 0) return holding;
  throw new ProgenyError(
    'not_found',
    `workspace: "${asked.slice(0, 200)}" is not open to agents. Open: ${named(visible)}.`,
  );
}

/** As `choose`, for what belongs to one folder. Throws `bad_input` where several are possible. Pure. */
export function chooseOne(
  visible: readonly string[],
  asked: string | undefined,
  principal: Principal,
): string {
  const chosen = choose(visible, asked, principal);
  if (chosen.length === 1) return chosen[0] as string;
  throw new ProgenyError(
    'bad_input',
    `workspace: expected one of the folders that are open, because there are several: ${named(visible)}.`,
    { fields: [{ path: 'workspace' }] },
  );
}

function holds(folder: string, asked: string): boolean {
  const inside = path.relative(folder, asked);
  return inside === '' || !(inside === '..' || inside.startsWith(`..${path.sep}`) || path.isAbsolute(inside));
}

function named(folders: readonly string[]): string {
  return folders.map((folder) => `"${folder}"`).join(', ');
}
