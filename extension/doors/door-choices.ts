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
    detail: 'Answers and their sources enter it; its model reads them, often off this machine.',
    word: DOOR_WORDS.chat.word,
  },
  {
    door: 'editorModel',
    label: 'The editor’s models may write answers',
    detail: 'Questions and what answers them go to those models, often off this machine.',
    word: DOOR_WORDS.editorModel.word,
  },
  {
    door: 'remote',
    label: 'A model on another machine may write answers',
    detail: 'Questions and what answers them go to the endpoint of your settings.',
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
