import { ago, count } from '../kernel/index.ts';
import { type ForgetSelector, type Forgotten, writtenBy } from '../protocol/index.ts';
import type { Command } from './commands.ts';
import { type Arguments, text, UsageError } from './options.ts';
import { paint } from './output.ts';
import { workspaceFolder } from './session.ts';

const SELECTORS = '--id, --query, --tag, --since, --until, --file, --author, --by (person, agent, companion)';

export const forgetCommand: Command = {
  usage:
    'forget [--id ID ...] [--query WORDS] [--tag TAG] [--since DATE] [--until DATE] [--file FILE] [--author NAME] [--by WHO] [--all] [--yes]',
  summary: 'What would be forgotten; with --yes, forget it everywhere',
  options: {
    id: { type: 'string', multiple: true },
    query: { type: 'string' },
    tag: { type: 'string' },
    since: { type: 'string' },
    until: { type: 'string' },
    file: { type: 'string' },
    author: { type: 'string' },
    by: { type: 'string' },
    all: { type: 'boolean' },
    yes: { type: 'boolean' },
  },
  starts: true,
  async run(args, output, api) {
    const select = selectorOf(args);
    if (!args.values.all && !select.ids) {
      const { path } = await api.workspaces.open({ path: workspaceFolder(text(args, 'workspace')) });
      select.workspace = path;
    }
    const dryRun = args.values.yes !== true;
    const result = await api.memories.forget({ select, dryRun });
    output.result(result, () => forgottenText(result, dryRun, Date.now()));
  },
};

function selectorOf(args: Arguments): ForgetSelector {
  if (args.words.length > 0)
    throw new UsageError(`forget: expected options (${SELECTORS}); received "${args.words.join(' ')}"`);
  const select: ForgetSelector = {};
  const ids = args.values.id as unknown as string[] | undefined;
  if (ids) select.ids = ids;
  for (const name of ['query', 'tag', 'file', 'author'] as const) {
    const given = text(args, name);
    if (given !== undefined) select[name] = given;
  }
  for (const name of ['since', 'until'] as const) {
    const given = text(args, name);
    if (given !== undefined) select[name] = timeOf(name, given);
  }
  const by = text(args, 'by');
  if (by !== undefined) {
    const known = writtenBy.safeParse(by);
    if (!known.success)
      throw new UsageError(`--by: expected ${writtenBy.options.join(', ')}; received "${by}"`);
    select.writtenBy = known.data;
  }
  if (Object.keys(select).length === 0)
    throw new UsageError(`forget: expected at least one of ${SELECTORS}; received none`);
  return select;
}

function timeOf(name: string, given: string): number {
  const time = Date.parse(given);
  if (Number.isNaN(time))
    throw new UsageError(`--${name}: expected a date such as 2026-05-31; received "${given}"`);
  return time;
}

function forgottenText(result: Forgotten, dryRun: boolean, now: number): string {
  const { memories, whispers, decisions, derived, runs, preview, backups } = result;
  if (memories + runs === 0) return 'Nothing that is remembered here fits. `--all` looks beyond this folder.';
  const beside = [
    whispers > 0 && count(whispers, 'note'),
    decisions > 0 && count(decisions, 'decision'),
    derived > 0 && count(derived, 'summary', 'summaries'),
    runs > 0 && count(runs, 'run of delegated work', 'runs of delegated work'),
  ].filter(Boolean);
  const what = `${count(memories, 'memory', 'memories')}${beside.length > 0 ? ` (with ${beside.join(', ')})` : ''}`;
  const shown = preview.map(
    ({ id, kind, excerpt, happenedAt }) =>
      `  ${excerpt}\n    ${paint('dim', `${kind} · ${ago(happenedAt, now)} · ${id}`)}`,
  );
  const more = memories + runs - preview.length;
  const until = Math.max(0, ...backups.map((backup) => backup.until ?? 0));
  const kept =
    backups.length === 0
      ? []
      : [
          `${count(backups.length, 'backup')} from before still holds it${until > 0 ? `, until ${new Date(until).toISOString().slice(0, 10)} at most` : ''}; restoring one forgets it again.`,
        ];
  if (!dryRun) return [`Forgot ${what}.`, ...kept].join('\n');
  return [
    `This would forget ${what}:`,
    ...shown,
    ...(more > 0 ? [`  … and ${more} more`] : []),
    ...kept,
    'It cannot be taken back. `--yes` does it.',
  ].join('\n');
}
