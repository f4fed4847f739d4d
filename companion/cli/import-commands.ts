import path from 'node:path';
import { count } from '../kernel/index.ts';
import { exportFormat, importFormat } from '../protocol/index.ts';
import type { Command } from './commands.ts';
import { text, UsageError } from './options.ts';
import { followJob } from './session.ts';

export const importCommands: Readonly<Record<string, Command>> = {
  import: {
    usage: 'import PATH [--format FORMAT] [--workspace DIR]',
    summary: `Take up an archive into memory: ${importFormat.options.join(', ')}; found out unless named`,
    options: { format: { type: 'string' } },
    starts: true,
    async run(args, output, api) {
      const place = onePath(args.words, 'import: expected the path of an archive');
      const format = choice(text(args, 'format'), importFormat.options);
      const folder = text(args, 'workspace');
      const workspace = folder && (await api.workspaces.open({ path: path.resolve(folder) })).path;
      const { id } = await api.memories.import({
        path: place,
        ...(format && { format }),
        ...(workspace && { workspace }),
      });
      const job = await followJob(api, id, output.progress);
      if (job?.status === 'failed') throw new Error(job.message);
      output.result(job, () => job?.message ?? 'It has ended.');
    },
  },
  export: {
    usage: 'export FILE [--format jsonl|markdown] [--overwrite]',
    summary: 'Write everything that is remembered to a file that only you can read',
    options: { format: { type: 'string' }, overwrite: { type: 'boolean' } },
    starts: true,
    async run(args, output, api) {
      const file = onePath(args.words, 'export: expected the file to write');
      const byName = /\.(?:md|markdown)$/i.test(file) ? 'markdown' : 'jsonl';
      const format = choice(text(args, 'format'), exportFormat.options) ?? byName;
      const overwrite = args.values.overwrite === true;
      const written = await api.memories.export({ path: file, format, overwrite });
      output.result(written, () => `Wrote ${count(written.records, 'record')} to ${written.path}.`);
    },
  },
};

function onePath(words: readonly string[], expected: string): string {
  if (words.length === 1) return path.resolve(words[0] as string);
  throw new UsageError(
    `${expected}; received ${words.length === 0 ? 'nothing' : count(words.length, 'word')}`,
  );
}

function choice<T extends string>(given: string | undefined, known: readonly T[]): T | undefined {
  if (given === undefined) return undefined;
  const found = known.find((each) => each === given);
  if (found) return found;
  throw new UsageError(`--format: expected ${known.join(', ')}; received "${given}"`);
}
