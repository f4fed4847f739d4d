import path from 'node:path';
import type { Api } from '../client/index.ts';
import type { ModelState } from '../protocol/index.ts';
import type { Command } from './commands.ts';
import { followJob } from './follow-job.ts';
import { text, UsageError } from './options.ts';

const PARTS = ['model', 'model-sha256', 'tokenizer', 'tokenizer-sha256'] as const;

export const modelCommands: Readonly<Record<string, Command>> = {
  model: {
    usage:
      'model [use DIR | off | fetch --model URL --model-sha256 HEX --tokenizer URL --tokenizer-sha256 HEX]',
    summary: 'The sentence model that recall uses; with no word, how it stands',
    options: Object.fromEntries(PARTS.map((name) => [name, { type: 'string' as const }])),
    starts: true,
    async run(args, output, api) {
      const [verb, folder, ...more] = args.words;
      if (more.length > 0)
        throw new UsageError(`model: expected one folder; received "${more.join(' ')}" beside it`);
      if (verb === 'use') {
        if (!folder) throw new UsageError('model use: expected a folder with model.onnx and tokenizer.json');
        await api.settings.update({ memory: { model: path.resolve(folder) } });
      } else if (verb === 'off') await api.settings.update({ memory: { model: '' } });
      else if (verb === 'fetch') await fetchModel(args, output, api);
      else if (verb !== undefined)
        throw new UsageError(`model: expected use, off or fetch; received "${verb}"`);
      const state = await api.models.state({});
      output.result(state, () => stateText(state));
    },
  },
};

async function fetchModel(
  args: Parameters<Command['run']>[0],
  output: Parameters<Command['run']>[1],
  api: Api,
): Promise<void> {
  const given = PARTS.map((name) => text(args, name));
  const missing = PARTS.filter((_, i) => !given[i]);
  if (missing.length > 0)
    throw new UsageError(
      `model fetch: expected ${missing.map((name) => `--${name}`).join(', ')}; received none`,
    );
  const [model, modelSha, tokenizer, tokenizerSha] = given as string[];
  const { id } = await api.models.fetch({
    model: { url: model!, sha256: modelSha! },
    tokenizer: { url: tokenizer!, sha256: tokenizerSha! },
  });
  await followJob(id, output, api);
}

function stateText({ state, folder, reason, waiting, records }: ModelState): string {
  if (state === 'none')
    return 'There is no sentence model: recall goes by words alone (AMNESIA). `progeny model use DIR` takes one from a folder with model.onnx and tokenizer.json, `progeny model fetch` fetches one.';
  if (state === 'unusable') return `Recall goes by words alone (AMNESIA). ${reason}`;
  const read = records - waiting;
  return `The model in ${folder} is used; ${read} of ${records} records are read.`;
}
