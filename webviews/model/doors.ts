import type { DoorName, Doors } from '../../companion/protocol/index.ts';

/** Every door of a folder: what is beyond it, in two words, as a state and as what follows from opening it. */
export const DOOR_WORDS: Record<DoorName, { readonly word: string; readonly open: string }> = {
  mcp: { word: 'agents (MCP)', open: 'Open to agents (MCP)' },
  chat: { word: 'the editor’s chat', open: 'Open to the editor’s chat' },
  editorModel: { word: 'the editor’s models', open: 'Open to the editor’s models' },
  remote: { word: 'models on other machines', open: 'Open to models on other machines' },
};

const NAMES = Object.keys(DOOR_WORDS) as DoorName[];

/** The doors that let something out now: none of a confidential folder does. */
export function openDoors(doors: Doors): DoorName[] {
  return doors.confidential ? [] : NAMES.filter((name) => doors[name]);
}
