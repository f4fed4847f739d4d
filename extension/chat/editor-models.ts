import * as vscode from 'vscode';
import type { EditorModels } from './generate.ts';

/** The editor's models; null where the editor knows of none. */
export function editorModels(): EditorModels | null {
  if (typeof vscode.lm?.selectChatModels !== 'function') return null;
  return {
    select: () => vscode.lm.selectChatModels(),
    message: (role, content) =>
      role === 'assistant'
        ? vscode.LanguageModelChatMessage.Assistant(content)
        : vscode.LanguageModelChatMessage.User(content),
    cancellation: () => new vscode.CancellationTokenSource(),
  };
}
