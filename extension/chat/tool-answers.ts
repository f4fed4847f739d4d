import type { Api } from '../../companion/client/index.ts';
import type { ChatTurn, Status } from '../../companion/protocol/index.ts';
import { underAnswer } from '../../webviews/model/chat-turns.ts';
import { targetsOfCitation } from '../../webviews/model/citation.ts';
import { targetTitle } from '../../webviews/model/target.ts';
import { askByChat } from './ask-by-chat.ts';
import { closedWords, DOWN, isOpenToChat, NO_FOLDER } from './chat-door.ts';

export interface ToolContext {
  readonly api: Api | null;
  readonly status: Status | null;
  readonly folders: readonly { readonly path: string; readonly name: string }[];
}

/** What a model's tool is told: the answer for each folder that is open to the chat, or how one is opened. */
export async function toolAnswer(
  { api, status, folders }: ToolContext,
  question: string,
  file: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  if (folders.length === 0) return NO_FOLDER;
  if (!api) return DOWN;
  const open = folders.filter(({ path }) => isOpenToChat(status, path));
  if (open.length === 0) return folders.map(({ name }) => closedWords(name)).join('\n');
  const answers: string[] = [];
  for (const { path, name } of open) {
    const place = file === undefined ? undefined : { file };
    const turn = await askByChat(api, { question, workspace: path, place }, signal);
    if (turn) answers.push(folders.length > 1 ? `${name}:\n${asText(turn)}` : asText(turn));
  }
  return answers.join('\n\n');
}

/** A turn as plain text: the answer, its sources with their places, and who wrote it. */
function asText(turn: ChatTurn): string {
  const sources = turn.citations.map((citation) => {
    const places = targetsOfCitation(citation).map(targetTitle);
    return `[${citation.n}] ${citation.title}${places.length > 0 ? ` (${places.join('; ')})` : ''}`;
  });
  return [turn.answer.trim(), ...sources, ...underAnswer(turn)].filter(Boolean).join('\n');
}
