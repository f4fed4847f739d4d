import type { Api } from '../client/index.ts';
import type { Convergence } from '../protocol/index.ts';
import type { Command } from './commands.ts';
import { appliedText, findingsText, mirrorText, questionsText, SKIPPED, templatesText } from './init-text.ts';
import { type Arguments, text, UsageError } from './options.ts';
import type { Output } from './output.ts';
import { workspaceFolder } from './session.ts';

/** What a script sees where questions are open and nobody is there to answer them. */
const NEEDS_ANSWERS = 4;

export const initCommand: Command = {
  usage:
    'init [--long] [--again] [--skip] [--redo QUESTION] [--answer QUESTION[.PART]=TEXT ...] [--finish] [--template NAME] [--list-templates]',
  summary: 'Tell Progeny how you work: eight questions, each of which can be skipped',
  options: {
    long: { type: 'boolean' },
    again: { type: 'boolean' },
    skip: { type: 'boolean' },
    redo: { type: 'string' },
    answer: { type: 'string', multiple: true },
    finish: { type: 'boolean' },
    template: { type: 'string' },
    'list-templates': { type: 'boolean' },
  },
  starts: true,
  async run(args, output, api) {
    const [stray] = args.words;
    if (stray !== undefined)
      throw new UsageError(`init: expected options alone; received "${stray}". \`progeny init --help\``);
    if (args.values['list-templates']) {
      const templates = await api.setup.templates({});
      return output.result(templates, () => templatesText(templates));
    }
    const template = text(args, 'template');
    if (template !== undefined) return applyOne(template, args, output, api);
    const form = args.values.long ? ({ form: 'long' } as const) : {};
    if (args.values.skip) {
      const skipped = await api.convergence.skip({ all: true, ...form });
      return output.result(skipped, () => SKIPPED);
    }
    const answers = readAnswers(args.values.answer as unknown as string[] | undefined);
    for (const [question, answer] of answers) await api.convergence.answer({ question, answer, ...form });
    if (args.values.finish) {
      const finished = await api.convergence.finish({});
      return output.result(finished, () => mirrorText(finished.convergence));
    }
    const redo = text(args, 'redo');
    const watched = process.stdin.isTTY === true && process.stdout.isTTY === true;
    if (redo !== undefined && (output.json || !watched))
      throw new UsageError(
        `init: --redo asks in a terminal, and there is none; say --answer ${redo}=TEXT instead`,
      );
    if (answers.size > 0 || output.json || !watched)
      return view(output, await api.convergence.get(form), api);
    const { runWizard } = await import('./init-wizard.ts');
    process.exitCode = await runWizard(api, {
      ...form,
      ...(redo !== undefined && { redo }),
      again: args.values.again === true,
    });
  },
};

/** What would be asked and how to answer it, for whoever has no terminal. */
async function view(output: Output, convergence: Convergence, api: Api): Promise<void> {
  const { findings } = await api.setup.detect({});
  const { stage } = convergence;
  output.result({ convergence, setup: findings }, () =>
    stage === 'skipped' ? SKIPPED : `${findingsText(findings)}\n\n${questionsText(convergence)}`,
  );
  if (stage !== 'finished' && stage !== 'skipped') process.exitCode = NEEDS_ANSWERS;
}

async function applyOne(template: string, args: Arguments, output: Output, api: Api): Promise<void> {
  const folder = workspaceFolder(text(args, 'workspace'));
  const applied = await api.setup.apply({ template, workspace: folder });
  output.result(applied, () => appliedText(applied));
}

/** `flow=silence`, `flow.killers=chat; calls`. The first part of a question needs no name. */
function readAnswers(given: readonly string[] = []): Map<string, Record<string, string>> {
  const answers = new Map<string, Record<string, string>>();
  for (const one of given) {
    const match = /^([A-Za-z]+)(?:\.([A-Za-z]+))?=([\s\S]*)$/.exec(one);
    if (!match)
      throw new UsageError(`--answer: expected QUESTION=TEXT or QUESTION.PART=TEXT; received "${one}"`);
    const [, question = '', part = question, answer = ''] = match;
    answers.set(question, { ...answers.get(question), [part]: answer });
  }
  return answers;
}
