import type { DoorName, Doors } from '../../companion/protocol/index.ts';
import { DOOR_WORDS } from '../../webviews/model/doors.ts';

export interface DoorChoice {
  readonly door: Exclude<DoorName, 'mcp'>;
  readonly label: string;
  /** What follows from opening it. */
  readonly detail: string;
  readonly word: string;
}

/** The doors to the editor and to other machines, with what follows; that of agents has a command of its own. */
export const DOOR_CHOICES: readonly DoorChoice[] = [
  {
    door: 'chat',
    label: 'The editor’s chat: @progeny and its tools',
    detail:
      'Answers and what they rest on enter the editor’s chat, where its model reads them, usually on another machine.',
    word: DOOR_WORDS.chat.word,
  },
  {
    door: 'editorModel',
    label: 'The editor’s models may write answers',
    detail:
      'Each question, and what it is answered from, is sent to the model that the editor has, usually on another machine.',
    word: DOOR_WORDS.editorModel.word,
  },
  {
    door: 'remote',
    label: 'A model on another machine may write answers',
    detail: 'Each question, and what it is answered from, is sent to the endpoint that your settings name.',
    word: DOOR_WORDS.remote.word,
  },
];

/** As a folder begins that the companion does not know yet. */
export const CLOSED_DOORS_HERE: Doors = {
  mcp: false,
  chat: false,
  editorModel: false,
  remote: false,
  confidential: false,
};
