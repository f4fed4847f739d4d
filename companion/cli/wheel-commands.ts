import type { Api } from '../client/index.ts';
import { count } from '../kernel/index.ts';
import type { Command } from './commands.ts';
import { type Arguments, text, UsageError } from './options.ts';
import type { Output } from './output.ts';
import { workspaceFolder } from './session.ts';
import { diffLines } from './wheel-diff.ts';
import { conflictLines, previewText, recipesText, runsText, runText } from './wheel-text.ts';

type Verb = (words: readonly string[], args: Arguments, output: Output, api: Api) => Promise<void>;

/** It needs answers, and nobody is there to give them. */
const NEEDS_ANSWERS = 4;

const VERBS: Readonly<Record<string, Verb>> = {
  async list(words, args, output, api) {
    if (words.length > 0)
      throw new UsageError(`wheel list: expected nothing more; received "${words.join(' ')}"`);
    const folder = text(args, 'workspace');
    const runs = await api.wheel.list({
      ...(folder !== undefined && { workspace: workspaceFolder(folder) }),
      limit: 50,
    });
    output.result(runs, () => runsText(runs, Date.now()));
  },

  async recipes(words, args, output, api) {
    if (words.length > 0)
      throw new UsageError(`wheel recipes: expected nothing more; received "${words.join(' ')}"`);
    const recipes = await api.wheel.recipes({ workspace: await opened(args, api) });
    output.result(recipes, () => recipesText(recipes));
  },

  async do([recipe, ...rest], args, output, api) {
    if (recipe === undefined || rest.length > 0)
      throw new UsageError('wheel do: expected the name of a recipe; `progeny wheel recipes` lists them');
    if (output.json)
      throw new UsageError(
        'wheel do: a person says yes at the terminal, so it has no --json; `wheel list` has',
      );
    const options = optionsOf(args);
    if (!process.stdin.isTTY || !process.stdout.isTTY) {
      output.note(
        'wheel do: a person says yes at the terminal, and here is none (stdin and stdout must be one). Nothing was proposed. There is no --yes; where work shall begin without a click, give leave: `progeny grants`.',
      );
      process.exitCode = NEEDS_ANSWERS;
      return;
    }
    const run = await api.wheel.propose({ workspace: await opened(args, api), recipe, options });
    const { seeThrough } = await import('./wheel-do.ts');
    process.exitCode = await seeThrough(run, output, api);
  },

  async show([id], args, output, api) {
    const run = await api.wheel.get({ id: idOf(id, 'show') });
    if (args.values.diff !== true) return output.result(run, () => runText(run, Date.now()));
    const preview = await api.wheel.preview({ id: run.id });
    const lines = output.json ? [] : await diffLines(preview, api);
    output.result({ run, preview }, () =>
      [runText(run, Date.now()), '', ...lines, '', previewText(preview)].join('\n'),
    );
  },

  async stop([id], _args, output, api) {
    const run = await api.wheel.stop({ id: idOf(id, 'stop') });
    output.result(run, () => runText(run, Date.now()));
  },

  async undo([id], args, output, api) {
    const files = (args.values.file ?? []) as unknown as string[];
    const run = await api.wheel.undo({ id: idOf(id, 'undo'), ...(files.length > 0 && { files }) });
    output.result(run, () =>
      [
        files.length > 0 ? `Undone in ${count(files.length, 'file')}.` : 'Undone.',
        ...conflictLines(run.conflicts),
      ].join('\n'),
    );
    if (run.conflicts.length > 0) process.exitCode = 1;
  },

  async keep([id], _args, output, api) {
    const run = await api.wheel.keep({ id: idOf(id, 'keep') });
    output.result(run, () => 'Kept. It cannot be undone by one click any more.');
  },
};

export const wheelCommand: Command = {
  usage:
    'wheel [list] | wheel recipes | wheel do RECIPE [--option NAME=VALUE ...] | wheel show RUN [--diff] | wheel stop RUN | wheel undo RUN [--file FILE ...] | wheel keep RUN',
  summary:
    'Delegate work: see all that it would change, say yes or no, undo it. `do` ends with 0 done, 4 nobody at the terminal, 5 not done, 6 done and rolled back',
  options: {
    option: { type: 'string', multiple: true, short: 'o' },
    file: { type: 'string', multiple: true, short: 'f' },
    diff: { type: 'boolean' },
  },
  starts: true,
  async run(args, output, api) {
    const [verb = 'list', ...words] = args.words;
    const known = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
    if (!known) throw new UsageError(`wheel: expected ${Object.keys(VERBS).join(', ')}; received "${verb}"`);
    await known(words, args, output, api);
  },
};

async function opened(args: Arguments, api: Api): Promise<string> {
  return (await api.workspaces.open({ path: workspaceFolder(text(args, 'workspace')) })).path;
}

function idOf(id: string | undefined, verb: string): string {
  if (id !== undefined) return id;
  throw new UsageError(`wheel ${verb}: expected the id of a run; \`progeny wheel\` lists them`);
}

function optionsOf(args: Arguments): Record<string, string> {
  const given = (args.values.option ?? []) as unknown as string[];
  return Object.fromEntries(
    given.map((each) => {
      const at = each.indexOf('=');
      if (at > 0) return [each.slice(0, at), each.slice(at + 1)];
      throw new UsageError(`--option: expected NAME=VALUE; received "${each}"`);
    }),
  );
}
