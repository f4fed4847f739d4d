import * as vscode from 'vscode';
import type { Disposable } from '../../companion/kernel/index.ts';
import type { Ghost } from '../ghost.ts';
import { TOOLS } from '../manifest/chat.ts';
import { signalOf } from './signal-of.ts';
import { toolAnswer } from './tool-answers.ts';

/** What the editor's models may ask of Progeny. Without an open door they are told how the user opens one. */
export function createTools({ link, folders }: Ghost): readonly Disposable[] {
  if (typeof vscode.lm?.registerTool !== 'function') return [];
  const tool = <I>(
    name: string,
    asked: (input: I) => { question: string; file?: string | undefined },
    doing: string,
  ): Disposable =>
    vscode.lm.registerTool<I>(name, {
      prepareInvocation: () => ({ invocationMessage: doing }),
      async invoke({ input }, token) {
        using signal = signalOf(token);
        const { question, file } = asked(input);
        const context = { api: link.api, status: link.status, folders: folders.all };
        const text = await toolAnswer(context, question, file, signal.signal);
        return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
      },
    });
  return [
    tool<{ question: string }>(
      TOOLS.recall,
      ({ question }) => ({ question }),
      'Asking Progeny what it remembers',
    ),
    tool<{ file?: string }>(
      TOOLS.openLoops,
      ({ file }) =>
        file ? { question: 'What is open in this file?', file } : { question: 'What is open here?' },
      'Asking Progeny what is open',
    ),
  ];
}
