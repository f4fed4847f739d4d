import type { ImportFormat } from '../protocol/index.ts';
import { isChatGpt, readChatGpt } from './chatgpt.ts';
import { isClaudeCode, readClaudeCode } from './claude-code.ts';
import { isCline, isClineFile, readCline } from './cline.ts';
import { isCopilotChat, readCopilotChat } from './copilot-chat.ts';
import { isMarkdownFile, readMarkdown } from './markdown.ts';
import { isProgeny, readProgeny } from './progeny.ts';
import type { ReadFile } from './source-file.ts';

/** A format whose archives are files; the history of a repository is read otherwise. */
export interface FileFormat {
  /** What an archive is, in words. */
  readonly what: string;
  /** Whether a file in a folder may belong to it, by its path from the folder. */
  takes(name: string): boolean;
  /** Whether a file that begins so is of this format. */
  recognises(head: string, name: string): boolean;
  readonly read: ReadFile;
}

export type FileFormatName = Exclude<ImportFormat, 'git'>;

/** In the order in which they are tried: what is most sure of itself first. */
export const FILE_FORMATS: Readonly<Record<FileFormatName, FileFormat>> = {
  progeny: {
    what: 'an export of Progeny (*.jsonl or *.md)',
    takes: (name) => name.endsWith('.jsonl') || isMarkdownFile(name),
    recognises: isProgeny,
    read: readProgeny,
  },
  'claude-code': {
    what: 'transcripts of Claude Code (*.jsonl)',
    takes: (name) => name.endsWith('.jsonl'),
    recognises: isClaudeCode,
    read: readClaudeCode,
  },
  cline: {
    what: 'tasks of Cline (ui_messages.json, api_conversation_history.json)',
    takes: isClineFile,
    recognises: isCline,
    read: readCline,
  },
  'copilot-chat': {
    what: 'chat sessions of VS Code (chatSessions/*.json or *.jsonl)',
    takes: (name) =>
      /(?:^|[/])(?:chatSessions|emptyWindowChatSessions)[/][^/]+\.jsonl?$/.test(name) ||
      /^[^/]+\.jsonl?$/.test(name),
    recognises: isCopilotChat,
    read: readCopilotChat,
  },
  chatgpt: {
    what: 'an export of ChatGPT (conversations.json)',
    takes: (name) => /(?:^|[/])conversations(?:-\d+)?\.json$/.test(name),
    recognises: isChatGpt,
    read: readChatGpt,
  },
  markdown: {
    what: 'Markdown (*.md)',
    takes: isMarkdownFile,
    recognises: (head) => head.trim() !== '',
    read: readMarkdown,
  },
};
