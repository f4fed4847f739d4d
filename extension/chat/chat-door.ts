import type { Status } from '../../companion/protocol/index.ts';
import { openDoors } from '../../webviews/model/doors.ts';
import { here } from '../pulse/pulse.ts';

/** The command's title, as the palette shows it. */
export const OPEN_DOORS = 'Progeny: Open Doors…';

/** Whether anything of that folder may enter the editor's chat. */
export function isOpenToChat(status: Status | null, folder: string): boolean {
  return here(status, [folder]).some(({ doors }) => openDoors(doors).includes('chat'));
}

/** Why nothing is said in the editor's chat, and what the user can do. */
export function closedWords(folder: string): string {
  return `${folder} is closed to the editor's chat, so nothing of it is said here. What is said here may leave this machine with the chat's model. To open it: "${OPEN_DOORS}". In Progeny's own view, "Progeny: Ask…" answers without that.`;
}

export const NO_FOLDER =
  'Open a folder first: answers come from its threads, its history and what is remembered of it.';
export const DOWN = 'The companion is not running. Start it with "Progeny: Start the Companion".';
