import type { Disposables, Random } from './kernel/index.ts';
import { type KnowledgeParts, knowledgeOf } from './knowledge-of.ts';
import type { Language } from './language/index.ts';
import { Chat, type ChatAsk, Conversations, type Sight, Thoughts } from './mind/index.ts';
import { ProgenyError } from './protocol/index.ts';
import type { WorkspaceDoors, Workspaces } from './workspaces/index.ts';

export interface AnsweringParts extends Omit<KnowledgeParts, 'workspaces'> {
  readonly random: Random;
  readonly workspaces: Pick<Workspaces, 'list' | 'resolve'>;
  readonly doors: Pick<WorkspaceDoors, 'of' | 'isOpen'>;
  /** All that can write. */
  readonly language: Language;
  /** As `Forgetting.forgetConversation`. */
  forgetConversation(ids: readonly string[]): Promise<void>;
}

/** Questions and answers, composed. */
export interface Answering {
  readonly chat: Chat;
  readonly thoughts: Thoughts;
  /** Forgets a conversation with all that was remembered of it. Throws `not_found`, `read_only`. */
  forget(conversation: string): Promise<void>;
  /** Ends what a crash left unfinished. Throws `read_only`. */
  settle(): void;
  /** What the user's own view may see of a folder, and who may write about it. */
  sight(workspace: string): Promise<Sight>;
  /** What was asked of a folder in a conversation, the oldest first. Throws `not_found`. */
  asked(conversation: string, workspace: string): readonly string[];
}
const MOST_ASKED = 20;

export function composeAnswering(parts: AnsweringParts, owned: Disposables): Answering {
  const { memory, clock } = parts;
  const thoughts = new Thoughts(parts);
  const conversations = new Conversations({
    ...parts,
    thoughts,
    remember: (tx, said) => memory.hear(tx, said),
    hide: (tx, id) => memory.hide(tx, id),
  });
  const chat = owned.add(
    new Chat({
      clock,
      conversations,
      keepsThoughts: () => parts.settings().language.thoughts,
      look: (ask) => look(ask, parts),
    }),
  );
  return {
    chat,
    thoughts,
    settle: () => conversations.settle(),
    sight: (workspace) => look({ workspace, door: 'own' }, parts),
    asked: (conversation, workspace) =>
      conversations
        .turns({ id: conversation, limit: MOST_ASKED })
        .filter((turn) => turn.workspace === workspace)
        .map(({ question }) => question),
    async forget(conversation) {
      await chat.quiesce(new Set(conversations.idsOf(conversation)));
      await parts.forgetConversation(conversations.idsOf(conversation));
    },
  };
}

/**
 * What a question may see: the user's own view sees everything of the folder as long as nothing leaves this machine. The
 * editor's chat, and models elsewhere, see neither what is private nor anything of another folder, and nothing at all
 * of a confidential one. Throws `forbidden`.
 */
export async function look(ask: Pick<ChatAsk, 'workspace' | 'door'>, parts: AnsweringParts): Promise<Sight> {
  const { doors, language } = parts;
  const workspace = ask.workspace === undefined ? null : await parts.workspaces.resolve(ask.workspace);
  const confidential = workspace !== null && doors.of(workspace).confidential;
  if (ask.door === 'editor_chat' && (workspace === null || !doors.isOpen(workspace, 'chat')))
    throw new ProgenyError(
      'forbidden',
      workspace === null
        ? "No folder is given, so the editor's own chat may see nothing. Open a folder and its door to the chat."
        : `The folder "${workspace}" is not open to the editor's own chat. A person opens its door \`chat\` first (\`workspaces.doors\`).`,
    );
  const where = { workspace, onlyLocal: confidential || workspace === null };
  const chosen = language.chosen(where);
  const outside = ask.door === 'editor_chat' || (chosen !== null && !chosen.local);
  return {
    knowledge: knowledgeOf(parts, { workspace, outside }),
    language: chosen && language,
    onlyLocal: where.onlyLocal || !outside,
    outside,
  };
}
