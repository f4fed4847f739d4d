import * as vscode from 'vscode';
import type { Disposable } from '../../companion/kernel/index.ts';
import type { Target } from '../../webviews/model/target.ts';
import type { Ghost } from '../ghost.ts';
import { PARTICIPANT } from '../manifest/chat.ts';
import { inMarkdown } from '../text/plain.ts';
import type { Folder } from '../workspace/folders.ts';
import { answerInChat } from './answer-in-chat.ts';
import { closedWords, DOWN, isOpenToChat, NO_FOLDER } from './chat-door.ts';
import { placeHere } from './place-here.ts';
import { signalOf } from './signal-of.ts';

/** `@progeny` in the editor's chat: answers for a folder whose door to it is open, and says how to open one. */
export function createParticipant(ghost: Ghost): readonly Disposable[] {
  // Hosts that speak the editor's language without its chat have no such function.
  if (typeof vscode.chat?.createChatParticipant !== 'function') return [];
  const participant = vscode.chat.createChatParticipant(PARTICIPANT, (request, context, page, token) =>
    answer(ghost, request, context, page, token),
  );
  participant.iconPath = vscode.Uri.joinPath(vscode.Uri.file(ghost.extensionPath), 'media', 'icon.png');
  return [participant];
}

async function answer(
  { link, folders, log }: Ghost,
  request: vscode.ChatRequest,
  context: vscode.ChatContext,
  page: vscode.ChatResponseStream,
  token: vscode.CancellationToken,
): Promise<vscode.ChatResult> {
  const folder = folders.current;
  if (!folder) return say(page, NO_FOLDER);
  if (!link.api) {
    return say(page, DOWN, { command: 'progeny.startCompanion', title: 'Start the Companion' });
  }
  if (!isOpenToChat(link.status, folder.path)) {
    return say(page, closedWords(folder.name), { command: 'progeny.doors', title: 'Open Doors…' });
  }
  using signal = signalOf(token);
  const question = {
    question: request.prompt,
    workspace: folder.path,
    conversation: conversationOf(context, folder),
    place: placeHere(folders, false)?.place,
  };
  try {
    const turn = await answerInChat(
      link.api,
      question,
      page,
      (target) => locate(folder, target),
      signal.signal,
    );
    return turn ? { metadata: { conversation: turn.conversation, folder: folder.path } } : {};
  } catch (error) {
    log.warn({ error: String(error) }, 'a question of the chat was not answered');
    return { errorDetails: { message: error instanceof Error ? error.message : String(error) } };
  }
}

function say(page: vscode.ChatResponseStream, words: string, button?: vscode.Command): vscode.ChatResult {
  page.markdown(inMarkdown(words));
  if (button) page.button(button);
  return {};
}

/** The companion's conversation that this one of the editor's goes on with. */
function conversationOf(context: vscode.ChatContext, folder: Folder): string | undefined {
  for (const turn of context.history.toReversed()) {
    if (!('result' in turn)) continue;
    const { conversation, folder: path } = (turn.result.metadata ?? {}) as Record<string, unknown>;
    if (typeof conversation === 'string' && path === folder.path) return conversation;
  }
  return undefined;
}

function locate(folder: Folder, target: Target): vscode.Location | null {
  if (target.kind !== 'file') return null;
  const line = Math.max(0, (target.line ?? 1) - 1);
  return new vscode.Location(
    vscode.Uri.joinPath(folder.uri, ...target.file.split('/')),
    new vscode.Position(line, 0),
  );
}
