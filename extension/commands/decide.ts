import * as vscode from 'vscode';
import { shorten } from '../text/plain.ts';
import { askSteps } from './ask-steps.ts';
import type { ConnectedContext } from './context.ts';

const steps = [
  { prompt: 'What was the question?', placeHolder: 'Which store do we use?', limit: 500 },
  { prompt: 'What did you decide?', placeHolder: 'SQLite, one file a person', limit: 2000 },
  {
    prompt: 'Why? You will be glad to read it in a year.',
    placeHolder: 'No server to run; a backup is a copy',
    limit: 10_000,
    optional: true,
  },
] as const;

export async function decide({ api, folders, prompts }: ConnectedContext): Promise<void> {
  const folder = folders.current;
  if (!folder) return;
  const answers = await prompts.ask(() => askSteps(`Record a decision in ${folder.name}`, steps));
  if (!answers) return;
  const [question = '', decision = '', why = ''] = answers;
  await api.decisions.add({ workspace: folder.path, question, decision, why });
  vscode.window.setStatusBarMessage(`$(check) Decided: ${shorten(decision, 40)}`, 4000);
}
