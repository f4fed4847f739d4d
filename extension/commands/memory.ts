import * as vscode from 'vscode';
import { questionAbout } from '../memory/question.ts';
import type { CommandContext } from './context.ts';

export async function searchMemory({ searchMemory }: CommandContext): Promise<void> {
  await searchMemory('');
}

/** Asks memory about a text that is given (a hover's link), else about what is selected or under the cursor. */
export async function recallAbout({ searchMemory }: CommandContext, argument: unknown): Promise<void> {
  if (typeof argument === 'string') return await searchMemory(argument);
  const editor = vscode.window.activeTextEditor;
  if (!editor) return await searchMemory('');
  const { document, selection } = editor;
  const word = document.getWordRangeAtPosition(selection.active);
  await searchMemory(
    questionAbout({
      selection: document.getText(selection),
      word: word ? document.getText(word) : null,
      line: document.lineAt(selection.active.line).text,
    }),
  );
}
