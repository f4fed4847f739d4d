import * as vscode from 'vscode';

export interface Step {
  readonly prompt: string;
  readonly placeHolder: string;
  readonly limit: number;
  readonly optional?: true;
}

/** Asks one line after the other, with a way back; undefined when the user leaves. */
export async function askSteps(title: string, steps: readonly Step[]): Promise<string[] | undefined> {
  const answers: string[] = [];
  for (let at = 0; at < steps.length; ) {
    const step = steps[at] as Step;
    const answer = await ask(title, step, at, steps.length, answers[at] ?? '');
    if (answer === undefined) return undefined;
    if (answer === 'back') {
      at--;
    } else {
      answers[at] = answer.text;
      at++;
    }
  }
  return answers;
}

function ask(
  title: string,
  { prompt, placeHolder, limit, optional }: Step,
  at: number,
  totalSteps: number,
  value: string,
): Promise<{ text: string } | 'back' | undefined> {
  const box = vscode.window.createInputBox();
  Object.assign(box, { title, prompt, placeholder: placeHolder, step: at + 1, totalSteps, value });
  box.ignoreFocusOut = true;
  if (at > 0) box.buttons = [vscode.QuickInputButtons.Back];
  return new Promise<{ text: string } | 'back' | undefined>((resolve) => {
    box.onDidTriggerButton(() => resolve('back'));
    box.onDidHide(() => resolve(undefined));
    box.onDidChangeValue(() => {
      box.validationMessage = undefined;
    });
    box.onDidAccept(() => {
      const text = box.value.trim();
      if (text === '' && !optional) box.validationMessage = 'Please write something here, or press Escape.';
      else if (text.length > limit) box.validationMessage = `${text.length} characters; at most ${limit}.`;
      else resolve({ text });
    });
    box.show();
  }).finally(() => box.dispose());
}
