import type { Api } from '../client/index.ts';
import { ago, count } from '../kernel/index.ts';
import type { Proposal } from '../protocol/index.ts';
import type { Command } from './commands.ts';
import { councilText, headline } from './council-text.ts';
import { type Arguments, text, UsageError } from './options.ts';
import { type Output, paint } from './output.ts';
import { workspaceFolder } from './session.ts';

const USAGE =
  'council ask "QUESTION" --option A --option B [--guild ID] [--correction] | council fate LOOP [--guild ID] [--correction] | council list | council show ID | council decide ID CHOICE [--reason TEXT]';

type Verb = (words: readonly string[], args: Arguments, output: Output, api: Api) => Promise<void>;

const VERBS: Readonly<Record<string, Verb>> = {
  async ask(words, args, output, api) {
    const question = words.join(' ').trim();
    const options = (args.values.option ?? []) as unknown as string[];
    if (question === '' || options.length < 2)
      throw new UsageError(
        `council ask: expected a question and at least two times --option; received ${question === '' ? 'no question' : `"${question}"`} and ${options.length === 0 ? 'no option' : count(options.length, 'option')}`,
      );
    const { path } = await api.workspaces.open({ path: workspaceFolder(text(args, 'workspace')) });
    output.progress('The advisers vote …');
    const asked = await api.council.ask({ question, options, workspace: path, ...panel(args) });
    await show(asked, output, api);
  },

  async fate([loop, ...rest], args, output, api) {
    if (!loop || rest.length > 0)
      throw new UsageError('council fate: expected the id of a loop; `progeny loops` lists them');
    output.progress('The advisers vote …');
    await show(await api.council.fate({ loop, ...panel(args) }), output, api);
  },

  async list(words, args, output, api) {
    if (words.length > 0)
      throw new UsageError(`council list: expected nothing more; received "${words.join(' ')}"`);
    const folder = text(args, 'workspace');
    const all = await api.council.list(folder === undefined ? {} : { workspace: workspaceFolder(folder) });
    const now = Date.now();
    output.result(all, () =>
      all.length === 0
        ? 'Nothing was put before the council yet. `progeny council ask` does it.'
        : all
            .map((each) => `${headline(each)}\n${paint('dim', `     ${ago(each.at, now)} · ${each.id}`)}`)
            .join('\n'),
    );
  },

  async show([id], _args, output, api) {
    if (!id) throw new UsageError('council show: expected an id; `progeny council list` shows them');
    await show(await api.council.get({ id }), output, api);
  },

  async decide([id, ...choice], args, output, api) {
    if (!id || choice.length === 0)
      throw new UsageError(
        'council decide: expected an id and a choice; `progeny council show ID` names them',
      );
    const reason = text(args, 'reason');
    const decided = await api.council.decide({
      id,
      choice: choice.join(' '),
      ...(reason !== undefined && { reason }),
    });
    output.result(decided, () => `Decided: ${headline(decided)}`);
  },
};

export const councilCommand: Command = {
  usage: USAGE,
  summary: 'Let the advisers vote on a question or on the fate of a thread, with their reasons; you decide',
  options: {
    option: { type: 'string', multiple: true, short: 'o' },
    guild: { type: 'string' },
    correction: { type: 'boolean' },
    reason: { type: 'string' },
  },
  starts: true,
  async run(args, output, api) {
    const [verb = 'list', ...words] = args.words;
    const known = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
    if (!known)
      throw new UsageError(`council: expected ${Object.keys(VERBS).join(', ')}; received "${verb}"`);
    await known(words, args, output, api);
  },
};

function panel(args: Arguments): { guild?: string; correction: boolean } {
  const guild = text(args, 'guild');
  return { ...(guild !== undefined && { guild }), correction: args.values.correction === true };
}

async function show(proposal: Proposal, output: Output, api: Api): Promise<void> {
  const advisers = await api.advisers.list({});
  output.progress('');
  output.result(proposal, () => councilText(proposal, advisers));
}
