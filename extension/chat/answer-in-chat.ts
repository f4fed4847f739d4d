import type * as vscode from 'vscode';
import type { Api } from '../../companion/client/index.ts';
import type { ChatTurn, Citation } from '../../companion/protocol/index.ts';
import { underAnswer } from '../../webviews/model/chat-turns.ts';
import { targetsOfCitation } from '../../webviews/model/citation.ts';
import { type Target, targetLabel } from '../../webviews/model/target.ts';
import { inMarkdown, inMarkdownText } from '../text/plain.ts';
import { askByChat, type ChatQuestion } from './ask-by-chat.ts';

/** What of the editor's chat is written to. */
export type ChatPage = Pick<vscode.ChatResponseStream, 'markdown' | 'progress' | 'anchor' | 'reference'>;

/** A place in a file as the editor opens it; null for what lies in no file. */
export type Locate = (target: Target) => vscode.Location | null;

/** Streams an answer into the editor's chat, and below it what it rests on. Null where it was stopped. */
export async function answerInChat(
  api: Api,
  question: ChatQuestion,
  page: ChatPage,
  locate: Locate,
  signal: AbortSignal,
): Promise<ChatTurn | null> {
  const turn = await askByChat(api, question, signal, {
    step: (words) => page.progress(words),
    // Text out of a repository is text: no link, no picture, no command.
    text: (text) => page.markdown(inMarkdownText(text)),
  });
  if (!turn) return null;
  for (const citation of turn.citations) source(citation, page, locate);
  page.markdown(`\n\n*${underAnswer(turn).map(inMarkdown).join(' ')}*`);
  return turn;
}

function source(citation: Citation, page: ChatPage, locate: Locate): void {
  page.markdown(`\n\n\\[${citation.n}\\] ${inMarkdown(citation.title)} `);
  for (const target of targetsOfCitation(citation)) {
    const location = locate(target);
    if (!location) page.markdown(`\`${targetLabel(target).replaceAll('`', '')}\` `);
    else {
      page.anchor(location, targetLabel(target));
      page.reference(location);
    }
  }
}
