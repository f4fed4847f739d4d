import { ago, count } from '../kernel/index.ts';
import type { Cluster, MemoryTrace } from '../protocol/index.ts';
import type { Command } from './commands.ts';
import { recordText } from './memory-commands.ts';
import { text, UsageError, wholeNumber } from './options.ts';
import { paint } from './output.ts';
import { workspaceFolder } from './session.ts';

export const traceCommands: Readonly<Record<string, Command>> = {
  recent: {
    usage: 'recent [--limit N] [--all] [--workspace DIR]',
    summary: 'What happened last, newest first',
    options: { limit: { type: 'string' }, all: { type: 'boolean' } },
    starts: true,
    async run(args, output, api) {
      const limit = wholeNumber(args, 'limit', { otherwise: 20 });
      const { path } = await api.workspaces.open({ path: workspaceFolder(text(args, 'workspace')) });
      const records = await api.memories.recent({ limit, ...(!args.values.all && { workspace: path }) });
      output.result(records, () =>
        records.length === 0
          ? 'Nothing is remembered here yet. `progeny remember TEXT` or `progeny import PATH` begins.'
          : records.map((record, i) => recordText(record, i + 1, Date.now())).join('\n'),
      );
    },
  },
  trace: {
    usage: 'trace ID',
    summary: 'A memory and how it came to be what it is',
    starts: true,
    async run(args, output, api) {
      const [id] = args.words;
      if (!id)
        throw new UsageError(
          'trace: expected the id of a memory, as `progeny recent` shows it; received none',
        );
      const trace = await api.memories.trace({ id });
      output.result(trace, () => traceText(trace, Date.now()));
    },
  },
  themes: {
    usage: 'themes [--refit]',
    summary: 'Recurring themes of what is remembered and open',
    options: { refit: { type: 'boolean' } },
    starts: true,
    async run(args, output, api) {
      if (args.values.refit) await api.clusters.refit({});
      const clusters = await api.clusters.list({});
      output.result(clusters, () => themesText(clusters, Date.now()));
    },
  },
};

function traceText({ record, merged, salienceNow, embedded }: MemoryTrace, now: number): string {
  const held =
    record.validFrom === null
      ? []
      : [
          `held from ${date(record.validFrom)}${record.validTo === null ? '' : ` until ${date(record.validTo)}`}`,
        ];
  const facts = [
    `recorded ${ago(record.recordedAt, now)} by ${record.writtenBy === 'person' ? 'you' : `the ${record.writtenBy}`}`,
    ...held,
    `salience ${salienceNow.toFixed(1)} of ${record.salience.toFixed(1)}`,
    `recalled ${count(record.accessCount, 'time')}`,
    embedded ? 'read by the model' : 'not read by a model',
  ];
  return [
    record.content,
    paint('dim', facts.join(' · ')),
    ...merged.map(
      (again) => `also  ${again.author ?? 'somebody'}, ${ago(again.happenedAt, now)}: ${again.content}`,
    ),
    ...record.links.map(({ kind, target }) => `${kind}  ${target}`),
  ].join('\n');
}

function themesText(clusters: readonly Cluster[], now: number): string {
  if (clusters.length === 0)
    return 'There are no themes yet: at least three memories or open threads must be about the same.';
  return clusters
    .map(({ name, size, members }) => {
      const shown = members
        .slice(0, 3)
        .map(({ excerpt, at }) => `  ${excerpt} ${paint('dim', ago(at, now))}`);
      return [`${name.join(', ')} ${paint('dim', `(${size})`)}`, ...shown].join('\n');
    })
    .join('\n');
}

function date(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
